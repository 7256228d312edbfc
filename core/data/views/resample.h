#pragma once
#include <cstdint>
#include <vector>

#include "core/values/image.h"
#include "core/values/names.h"

namespace gps {

// The picture at another size, bit for bit as Pillow's Image.resize: antialiased (the filter is widened when shrinking), first across,
// then down, rounded to 8 bit after each. Bicubic with a = -0.5. Throws Error(BadArgument) for a side of no pixels.
RgbImage resizeImage(const RgbImage& image, int width, int height, Interpolation interpolation = Interpolation::Bilinear);

// The arithmetic of one side of it: a target pixel is the sum of weight * source pixel from `first` on, rounded by (sum + half) >> bits
// and cut to 0 … 255.
constexpr int kResampleBits = 22;  // behind the point: 8 for the pixel and 2 of room above stay in 32
struct ResampleTaps {
  int first = 0;
  std::vector<std::int32_t> weights;  // in units of 2^-kResampleBits
};
// [to]; with from = to each pixel is itself.
std::vector<ResampleTaps> resampleTaps(int from, int to, Interpolation interpolation);

}  // namespace gps
