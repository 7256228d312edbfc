#pragma once
// Mixup (Zhang et al. 2018) and CutMix (Yun et al. 2019) over a whole batch as timm's Mixup does it: each sample is mixed with the one at
// the mirrored place of the batch, by one lambda; and the loss on the mixed labels. gps-method 2.4.
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>

#include "core/values/counterrandom.h"

namespace gps {

struct MixPlan {
  bool isCutmix = false;
  double lambda = 1;                   // share of the sample itself, 0 … 1; 1: nothing is mixed
  int y0 = 0, y1 = 0, x0 = 0, x1 = 0;  // CutMix: the box [y0, y1) x [x0, x1) comes from the partner
  bool operator==(const MixPlan&) const = default;
};

// Alphas of the symmetric Beta distributions, 0 … 10; 0: that way is off. With both on, each with probability 1/2; with both off nothing is
// mixed. size: side of the square pictures. Throws Error(BadArgument) for values out of range.
MixPlan drawMix(double mixupAlpha, double cutmixAlpha, int size, CounterRandom& random);
// The CutMix box of a drawn lambda round a centre, clipped to the picture; lambda becomes what the box leaves.
MixPlan cutmixPlan(double lambda, int size, int centreY, int centreX);

// images [B, C, S, S], not changed; a new tensor unless nothing is mixed.
at::Tensor mixImages(const at::Tensor& images, const MixPlan& plan);

// labels int64 [B] -> fp32 [B, classes] on the device of the labels, each row of sum 1. smoothing s 0 … 1: s/classes everywhere, 1 - s more
// at the label; then mixed as the images were.
at::Tensor softTargets(const at::Tensor& labels, std::int64_t classes, double smoothing, const std::optional<MixPlan>& plan);

// Cross-entropy against soft targets: logits [B, C], targets [B, C] -> scalar, mean over the batch of -sum(t * log softmax), in fp32, or in
// fp64 where the logits are.
at::Tensor softCrossEntropy(const at::Tensor& logits, const at::Tensor& targets);

}  // namespace gps
