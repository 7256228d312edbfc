#pragma once
#include <ATen/core/Tensor.h>

namespace gps {

// The part of a classification model that the method selects in.
class FeatureEncoder {
 public:
  virtual ~FeatureEncoder() = default;
  // images [B, 3, S, S], preprocessed -> [B, width], pooled, behind the last norm, before the head. Throws Cancelled at a layer when a
  // stop was requested.
  virtual at::Tensor features(const at::Tensor& images) const = 0;
  virtual std::int64_t width() const = 0;
};

}  // namespace gps
