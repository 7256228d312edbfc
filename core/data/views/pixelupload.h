#pragma once
// Bytes of pictures on their way to a torch device.
#include <ATen/core/Tensor.h>

#include <cstddef>
#include <vector>

#include "core/data/pixels.h"

namespace gps {

// Part of a picture's bytes.
struct PixelPiece {
  const Pixels* picture = nullptr;  // outlives the call
  std::size_t first = 0, bytes = 0;
};

// The pieces one behind the other: uint8 [sum of bytes] on `device`. To a GPU the call queues copies on the current stream and does not
// wait for them: straight from page-locked memory, which is not used again before they are done; from other memory by way of a page-locked
// copy.
at::Tensor uploadedPieces(const std::vector<PixelPiece>& pieces, at::Device device);

}  // namespace gps
