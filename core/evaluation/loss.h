#pragma once
#include <ATen/core/Tensor.h>

namespace gps {

// BCE with logits (mean over all pixels) + soft IoU, 1 - Σpt / (Σp + Σt - Σpt) per picture on probabilities, mean over pictures
// (gps-method 3.1). logits, targets [B, 1, S, S], targets 0…1 -> scalar.
at::Tensor segmentationLoss(const at::Tensor& logits, const at::Tensor& targets);

}  // namespace gps
