#include "core/data/deviceviews.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/data/devicecolour.h"
#include "core/data/normalisation.h"
#include "core/values/error.h"

namespace gps {
namespace {

// Halves go up, as in the fixed-point arithmetic of the 8-bit resize.
const at::Tensor& roundTo8Bit(const at::Tensor& values) { return values.add_(0.5).floor_().clamp_(0, 255); }

// Both kernels antialias as Pillow does: the filter is widened when shrinking; bicubic has a = -0.5.
void resizeTo(const at::Tensor& target, const at::Tensor& from, Interpolation interpolation) {
  at::Tensor out = target;
  const auto size = target.sizes().slice(2);
  if (interpolation == Interpolation::Bicubic) {
    at::_upsample_bicubic2d_aa_out(out, from, size, /*align_corners=*/false);
  } else {
    at::_upsample_bilinear2d_aa_out(out, from, size, /*align_corners=*/false);
  }
}

// First across, then down, with whole numbers in between, as the 8-bit resize. source [H, W, 3] uint8; target [1, 3, S, S] fp32 gets
// values that are still to be rounded.
void cropAndResize(const at::Tensor& source, const ViewPlan& plan, const at::Tensor& target) {
  const auto& box = plan.crop;
  requireInside(box, int(source.size(1)), int(source.size(0)));
  const auto size = target.size(3);
  const auto crop = source.narrow(0, box.top, box.height).narrow(1, box.left, box.width).permute({2, 0, 1}).unsqueeze(0);
  auto values = crop.to(at::kFloat, /*non_blocking=*/false, /*copy=*/true, at::MemoryFormat::Contiguous);
  if (box.width != size) {
    const auto across = at::empty({1, 3, box.height, size}, values.options());
    resizeTo(across, values, plan.interpolation);
    values = roundTo8Bit(across);
  }
  if (box.height == size) {
    target.copy_(values);
  } else {
    resizeTo(target, values, plan.interpolation);
  }
}

// Rounds, mirrors and colours what cropAndResize left. views [N, 3, S, S].
at::Tensor finished(const at::Tensor& resized, const std::vector<ViewPlan>& plans) {
  at::Tensor views = roundTo8Bit(resized);
  if (std::any_of(plans.begin(), plans.end(), [](const ViewPlan& p) { return p.isMirrored; })) {
    auto mirrored = at::empty({std::int64_t(plans.size()), 1, 1, 1}, at::kBool);
    for (std::size_t i = 0; i < plans.size(); ++i) mirrored.data_ptr<bool>()[i] = plans[i].isMirrored;
    if (views.is_cuda()) mirrored = mirrored.pin_memory().to(views.device(), /*non_blocking=*/true);
    views = at::where(mirrored, views.flip(3), views);
  }
  if (std::any_of(plans.begin(), plans.end(), [](const ViewPlan& p) { return p.isJittered || p.isGrey; })) changeColours(views, plans);
  return views;
}

// In place.
void normalise(const at::Tensor& views, Normalisation normalisation) {
  if (normalisation == Normalisation::MinMax) {
    const auto low = views.amin({1, 2, 3}, /*keepdim=*/true), range = views.amax({1, 2, 3}, /*keepdim=*/true) - low;
    views.sub_(low).mul_(range.clamp_min_(kLeastRange).reciprocal_());
    return;
  }
  const auto [shift, factor] = channelScales(normalisation);
  for (std::size_t c = 0; c < 3; ++c) views.select(1, std::int64_t(c)).sub_(double(shift[c])).mul_(double(factor[c]));
}

at::Tensor uploaded(const RgbImage& picture, at::Device device) {
  const auto view = at::from_blob(const_cast<std::uint8_t*>(picture.pixels.data()), {picture.height, picture.width, 3}, at::kByte);
  return device.is_cuda() ? view.pin_memory().to(device, /*non_blocking=*/true) : view;
}

}  // namespace

at::Tensor renderViewOnDevice(const at::Tensor& source, const ViewPlan& plan, int size) {
  const auto view = at::empty({1, 3, size, size}, source.options().dtype(at::kFloat));
  cropAndResize(source, plan, view);
  return finished(view, {plan}).squeeze(0);
}

at::Tensor deviceBatch(const std::vector<std::shared_ptr<const RgbImage>>& pictures, const std::vector<ViewPlan>& plans,
                       const PreprocessSpec& spec, at::Device device, at::ScalarType type) {
  const auto count = pictures.size();
  if (count == 0 || plans.empty() || plans.size() % count != 0)
    throw Error(ErrorCode::BadArgument, "views",
                std::to_string(plans.size()) + " views are no whole number for each of " + std::to_string(count) + " pictures");
  const auto resized = at::empty({std::int64_t(plans.size()), 3, spec.size, spec.size}, at::TensorOptions(at::kFloat).device(device));
  for (std::size_t b = 0; b < count; ++b) {
    const auto source = uploaded(*pictures[b], device);
    for (std::size_t i = b; i < plans.size(); i += count) cropAndResize(source, plans[i], resized.narrow(0, std::int64_t(i), 1));
  }
  const auto views = finished(resized, plans);
  normalise(views, spec.normalisation);
  return views.to(type);
}

}  // namespace gps
