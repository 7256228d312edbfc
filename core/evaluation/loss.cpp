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

at::Tensor contrastiveLoss(const at::Tensor& features, const at::Tensor& labels, double temperature) {
  // As torch's normalize does: a feature of length zero stays zero.
  const auto unit = features / features.norm(2, {1}, true).clamp_min(1e-12);
  const auto classes = at::cat({labels, labels});
  const auto self = at::eye(unit.size(0), unit.options()).to(at::kBool);
  const auto positive = classes.unsqueeze(0).eq(classes.unsqueeze(1)).logical_and(self.logical_not()).to(unit.scalar_type());
  auto logits = at::matmul(unit, unit.t()) / temperature;
  logits = logits - std::get<0>(logits.max(1, true)).detach();
  const auto denominator = logits.exp().masked_fill(self, 0).sum(1, true).log();
  const auto perAnchor = ((logits - denominator) * positive).sum(1) / positive.sum(1);
  return -perAnchor.mean();
}

}  // namespace gps
