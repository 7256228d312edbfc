#pragma once
// What writeModelInput and writeModelMask make of fitted pictures, for a batch on a torch device; bit for bit the same.
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "core/data/pixels.h"
#include "core/data/views/normalisation.h"

namespace gps {

// pictures [B] of three channels, mirrored [B] 0 or 1, scales [B] -> [B, 3, size, size] of `type` (rounded from fp32). On a GPU the call
// queues some eight kernels, whatever B is, and does not wait. Throws Error(BadArgument) for a picture that does not fit or counts that
// differ.
at::Tensor fittedImages(const std::vector<Pixels>& pictures, const std::vector<std::uint8_t>& mirrored,
                        const std::vector<ChannelScales>& scales, int size, at::Device device, at::ScalarType type);
// masks [B] of one channel -> [B, 1, size, size], 0 or 1.
at::Tensor fittedMasks(const std::vector<Pixels>& masks, const std::vector<std::uint8_t>& mirrored, int size, at::Device device,
                       at::ScalarType type);

}  // namespace gps
