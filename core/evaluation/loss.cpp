#include "core/evaluation/loss.h"

#include <ATen/ATen.h>

namespace gps {

at::Tensor segmentationLoss(const at::Tensor& logits, const at::Tensor& targets) {
  const auto bce = at::binary_cross_entropy_with_logits(logits, targets);
  const auto p = at::sigmoid(logits).flatten(1), t = targets.flatten(1);
  const auto both = (p * t).sum(1);
  const auto either = p.sum(1) + t.sum(1) - both;
  // An empty truth with no probability at all would divide 0 by 0.
  return bce + (1 - both / either.clamp_min(1e-12)).mean();
}

}  // namespace gps
