#pragma once
#include <ATen/core/Tensor.h>

namespace gps {

// The part of a SAM-family model that the method selects in.
class ImageEncoder {
 public:
  virtual ~ImageEncoder() = default;
  // images [B, 3, S, S], preprocessed -> embedding [B, 256, S / 16 or S / 4 (lite_medsam), same]. Throws Cancelled at a block
  // boundary when a stop was requested.
  virtual at::Tensor forward(const at::Tensor& images) const = 0;
};

}  // namespace gps
