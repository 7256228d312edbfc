#include "core/data/views/devicecolour.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "core/data/views/colour.h"
#include "core/data/views/upload.h"

namespace gps {
namespace {

constexpr std::size_t kRounds = 5;  // the four operations of a jitter in each view's own order, then grey

// What one view does in one round. Brightness, contrast, saturation and grey are one blend that differs in what it starts from:
// black, the mean grey or the view's grey. Factor 1 leaves a view as it is.
struct Blend {
  float factor = 1, meanShare = 0, greyShare = 0;
};

Blend blendOf(const ViewPlan& plan, std::size_t round) {
  if (round == kRounds - 1) return plan.isGrey ? Blend{0, 0, 1} : Blend{};
  if (!plan.isJittered) return {};
  const auto operation = plan.jitter.order[round];
  const auto factor = float(valueOf(plan.jitter, operation));
  switch (operation) {
    case ColourOperation::Brightness:
      return {factor, 0, 0};
    case ColourOperation::Contrast:
      return {factor, 1, 0};
    case ColourOperation::Saturation:
      return {factor, 0, 1};
    case ColourOperation::Hue:
      break;
  }
  return {};
}

bool turnsHue(const ViewPlan& plan, std::size_t round) {
  return round < kRounds - 1 && plan.isJittered && plan.jitter.order[round] == ColourOperation::Hue;
}

// All sums are whole numbers below 2^24, so exact in fp32. -> [N, 1, S, S]
at::Tensor greyOf(const at::Tensor& views) {
  auto sum = views.select(1, 0) * 19595.0;
  sum.add_(views.select(1, 1) * 38470.0).add_(views.select(1, 2) * 7471.0).add_(32768.0);
  return sum.mul_(1.0 / 65536).floor_().unsqueeze(1);
}

// blends [3, N, 1, 1, 1]: factor, share of the mean grey, share of the grey.
void blend(const at::Tensor& views, const at::Tensor& blends) {
  const auto grey = greyOf(views);
  const auto mean = grey.sum({2, 3}, /*keepdim=*/true, at::kDouble).div_(double(grey.size(2) * grey.size(3))).add_(0.5).floor_();
  const auto base = grey.mul(blends[2]).add_(mean.to(at::kFloat) * blends[1]);
  views.sub_(base).mul_(blends[0]).add_(base).clamp_(0, 255).floor_();
}

// Divisors are tensors: a division by a number becomes a product with its reciprocal on a GPU, and whole numbers are missed by a bit.
struct HueConstants {
  at::Tensor six, whole, offsets;  // fp64: 6; 255; [3, 1, 1] 0, 2, 4
  at::Tensor levels;               // [7, 3], kLevelOfSixth
};

// As turnHue, step by step in the same types. views [n, 3, S, S], steps [n, 1, 1] fp64.
at::Tensor turned(const at::Tensor& views, const at::Tensor& steps, const HueConstants& constant) {
  const auto high = views.amax(1), range = high - views.amin(1);
  const auto parts = high.unsqueeze(1).sub(views).div_(range.clamp_min(1).unsqueeze(1)).to(at::kDouble);
  const auto differences = parts.roll(1, 1).sub_(parts.roll(-1, 1)).add_(constant.offsets);
  const auto sixthsIn = differences.gather(1, views.argmax(1, /*keepdim=*/true)).squeeze(1).to(at::kFloat).to(at::kDouble);
  const auto hueIn = sixthsIn.div(constant.six).add_(1).fmod_(1).to(at::kFloat).to(at::kDouble).mul_(255).floor_();
  const auto saturation = range.div(high.clamp_min(1)).to(at::kDouble).mul_(255).floor_().div_(constant.whole).to(at::kFloat);

  const auto sixths = hueIn.add(steps).fmod_(256).mul_(6).div_(constant.whole), sector = sixths.floor();
  const auto rest = sixths.sub(sector).to(at::kFloat);
  const auto value = high.to(at::kDouble), strength = saturation.to(at::kDouble);
  const auto dimmed = [&](const at::Tensor& share) { return share.neg().add_(1).mul_(value).add_(0.5).floor_(); };
  const auto levels = at::stack(
      {value, dimmed(strength), dimmed(saturation.mul(rest).to(at::kDouble)), dimmed(rest.to(at::kDouble).neg_().add_(1).mul_(strength))},
      1);
  const auto level = constant.levels.index_select(0, sector.flatten().to(at::kLong));
  const auto shape = sector.sizes();
  return levels.gather(1, level.view({shape[0], shape[1], shape[2], 3}).permute({0, 3, 1, 2})).to(at::kFloat);
}

HueConstants hueConstants(at::Device device, const at::Tensor& levelOfSixth) {
  const auto doubles = at::TensorOptions(at::kDouble).device(device);
  return {at::full({1}, 6.0, doubles), at::full({1}, 255.0, doubles), at::arange(0, 6, 2, doubles).view({3, 1, 1}), levelOfSixth};
}

}  // namespace

void changeColours(const at::Tensor& views, const std::vector<ViewPlan>& plans) {
  const auto count = plans.size();
  std::array<bool, kRounds> blends{};
  std::array<std::int64_t, kRounds> turns{};
  auto factors = at::empty({std::int64_t(kRounds), 3, std::int64_t(count), 1, 1, 1}, at::kFloat);
  // The table of levels, then for each round the views that turn their hue and by how much.
  std::vector<std::int64_t> numbers(kLevelOfSixth.begin(), kLevelOfSixth.end());
  for (std::size_t round = 0; round < kRounds; ++round) {
    float* out = factors[std::int64_t(round)].data_ptr<float>();
    std::vector<std::int64_t> steps;
    for (std::size_t i = 0; i < count; ++i) {
      const auto [factor, meanShare, greyShare] = blendOf(plans[i], round);
      out[i] = factor;
      out[count + i] = meanShare;
      out[2 * count + i] = greyShare;
      blends[round] = blends[round] || factor != 1;
      if (!turnsHue(plans[i], round)) continue;
      numbers.push_back(std::int64_t(i));
      steps.push_back(hueSteps(plans[i].jitter.hue));
    }
    turns[round] = std::int64_t(steps.size());
    numbers.insert(numbers.end(), steps.begin(), steps.end());
  }
  const auto device = views.device();
  const auto blendTensors = uploaded(factors, device), numberTensor = uploaded(at::tensor(numbers, at::kLong), device);
  const auto constant = hueConstants(device, numberTensor.narrow(0, 0, std::int64_t(kLevelOfSixth.size())).view({7, 3}));
  std::int64_t next = std::int64_t(kLevelOfSixth.size());
  for (std::size_t round = 0; round < kRounds; ++round) {
    if (blends[round]) blend(views, blendTensors[std::int64_t(round)]);
    const auto turning = turns[round];
    if (turning == 0) continue;
    const auto index = numberTensor.narrow(0, next, turning), steps = numberTensor.narrow(0, next + turning, turning);
    views.index_copy_(0, index, turned(views.index_select(0, index), steps.to(at::kDouble).view({-1, 1, 1}), constant));
    next += 2 * turning;
  }
}

}  // namespace gps
