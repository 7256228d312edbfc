#pragma once
// resizeImage on a torch device for many crops at once, bit for bit: the same whole numbers, added in 32 bits. (ATen's antialiased
// upsampling computes in fp32; it breaks ties another way, and a later change of hue makes up to 10/255 of such a difference.)
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "core/data/views/augment.h"

namespace gps {

struct CropJob {
  std::int64_t firstPixel = 0;  // of the picture, in the pool
  int pictureWidth = 0;
  CropBox crop{};  // inside the picture
  Interpolation interpolation = Interpolation::Bicubic;
};

// pixels [P, 3] uint8: the pictures row by row, one behind the other; P < 2^31. -> [N, 3, size, size] fp32 on the same device, whole
// numbers 0 … 255. The number of kernels follows from the largest reduction: some 100 for pictures of 500 pixels and a size of 224.
at::Tensor resizeCrops(const at::Tensor& pixels, const std::vector<CropJob>& jobs, int size);

}  // namespace gps
