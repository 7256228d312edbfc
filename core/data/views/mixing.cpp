#include "core/data/views/mixing.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "core/values/error.h"

namespace gps {
namespace {

constexpr double kSwitchChance = 0.5;
constexpr double kMostAlpha = 10;

// Beta(a, a) by Jöhnk (1964): a pair of powers of uniform numbers is kept where their sum is at most 1. In logarithms, because with a
// small alpha both powers underflow.
double drawBeta(double alpha, CounterRandom& random) {
  while (true) {
    const double x = std::log(1 - random.uniform()) / alpha, y = std::log(1 - random.uniform()) / alpha;
    const double high = std::max(x, y), logSum = high + std::log(std::exp(x - high) + std::exp(y - high));
    if (logSum <= 0) return std::exp(x - logSum);
  }
}

void requireAlpha(const char* option, double value) {
  if (value >= 0 && value <= kMostAlpha) return;
  throw Error(ErrorCode::BadArgument, option, std::to_string(value) + " is not in 0 … 10");
}

}  // namespace

MixPlan cutmixPlan(double lambda, int size, int centreY, int centreX) {
  const int side = int(size * std::sqrt(1 - lambda));
  const auto low = [&](int centre) { return std::clamp(centre - side / 2, 0, size); };
  const auto high = [&](int centre) { return std::clamp(centre + (side + 1) / 2, 0, size); };
  MixPlan plan{true, 1, low(centreY), high(centreY), low(centreX), high(centreX)};
  plan.lambda = 1 - double(plan.y1 - plan.y0) * double(plan.x1 - plan.x0) / (double(size) * double(size));
  return plan;
}

MixPlan drawMix(double mixupAlpha, double cutmixAlpha, int size, CounterRandom& random) {
  requireAlpha("--mixup", mixupAlpha);
  requireAlpha("--cutmix", cutmixAlpha);
  if (size <= 0) throw Error(ErrorCode::BadArgument, "picture size", std::to_string(size) + " pixels");
  if (mixupAlpha == 0 && cutmixAlpha == 0) return {};
  const bool isCutmix = cutmixAlpha > 0 && (mixupAlpha == 0 || random.chance(kSwitchChance));
  if (!isCutmix) return {false, drawBeta(mixupAlpha, random)};
  const double lambda = drawBeta(cutmixAlpha, random);
  const int centreY = int(random.below(std::uint64_t(size))), centreX = int(random.below(std::uint64_t(size)));
  return cutmixPlan(lambda, size, centreY, centreX);
}

at::Tensor mixImages(const at::Tensor& images, const MixPlan& plan) {
  if (plan.lambda == 1) return images;
  const auto partner = images.flip(0);
  if (!plan.isCutmix) return images * plan.lambda + partner * (1 - plan.lambda);
  const auto box = [&](const at::Tensor& t) { return t.slice(2, plan.y0, plan.y1).slice(3, plan.x0, plan.x1); };
  auto mixed = images.clone();
  box(mixed).copy_(box(partner));
  return mixed;
}

at::Tensor softTargets(const at::Tensor& labels, std::int64_t classes, double smoothing, const std::optional<MixPlan>& plan) {
  if (labels.dim() != 1 || labels.scalar_type() != at::kLong)
    throw Error(ErrorCode::Internal, "labels", "are not a row of 64-bit integers");
  const double off = smoothing / double(classes), on = 1 - smoothing + off;
  auto targets = at::full({labels.size(0), classes}, off, labels.options().dtype(at::kFloat));
  targets.scatter_(1, labels.unsqueeze(1), on);
  if (!plan || plan->lambda == 1) return targets;
  return targets * plan->lambda + targets.flip(0) * (1 - plan->lambda);
}

at::Tensor softCrossEntropy(const at::Tensor& logits, const at::Tensor& targets) {
  const auto type = logits.scalar_type() == at::kDouble ? at::kDouble : at::kFloat;
  return -(targets * at::log_softmax(logits, -1, type)).sum(-1).mean();
}

}  // namespace gps
