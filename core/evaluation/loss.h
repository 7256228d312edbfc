#pragma once
#include <ATen/core/Tensor.h>

namespace gps {

// BCE with logits (mean over all pixels) + soft IoU, 1 - Σpt / (Σp + Σt - Σpt) per picture on probabilities, mean over pictures
// (gps-method 3.1). logits, targets [B, 1, S, S], targets 0…1 -> scalar.
at::Tensor segmentationLoss(const at::Tensor& logits, const at::Tensor& targets);

// Supervised contrastive loss (Khosla et al. 2020; gps-method 1.2, 1.3). features [2B, D]: the first views of all pictures, then the
// second ones, any length; labels int64 [B]. Every view is an anchor; positives are all others of its class, its own second view among
// them; the mean over anchors. -> scalar.
constexpr double kContrastiveTemperature = 0.07;
at::Tensor contrastiveLoss(const at::Tensor& features, const at::Tensor& labels, double temperature = kContrastiveTemperature);

}  // namespace gps
