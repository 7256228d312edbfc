#include "core/data/deviceviews.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

#include "core/data/devicecolour.h"
#include "core/data/deviceresample.h"
#include "core/data/normalisation.h"
#include "core/data/upload.h"
#include "core/values/error.h"

namespace gps {
namespace {

// Mirrors and colours. views [N, 3, S, S].
at::Tensor finished(const at::Tensor& resized, const std::vector<ViewPlan>& plans) {
  at::Tensor views = resized;
  if (std::any_of(plans.begin(), plans.end(), [](const ViewPlan& p) { return p.isMirrored; })) {
    const auto mirrored = at::empty({std::int64_t(plans.size()), 1, 1, 1}, at::kBool);
    for (std::size_t i = 0; i < plans.size(); ++i) mirrored.data_ptr<bool>()[i] = plans[i].isMirrored;
    views = at::where(uploaded(mirrored, views.device()), views.flip(3), views);
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

}  // namespace

at::Tensor renderViewOnDevice(const at::Tensor& source, const ViewPlan& plan, int size) {
  const int height = int(source.size(0)), width = int(source.size(1));
  requireInside(plan.crop, width, height);
  return finished(resizeCrops(source.reshape({-1, 3}), {{0, width, plan.crop, plan.interpolation}}, size), {plan}).squeeze(0);
}

at::Tensor deviceBatch(const std::vector<std::shared_ptr<const RgbImage>>& pictures, const std::vector<ViewPlan>& plans,
                       const PreprocessSpec& spec, at::Device device, at::ScalarType type) {
  const auto count = pictures.size();
  if (count == 0 || plans.empty() || plans.size() % count != 0)
    throw Error(ErrorCode::BadArgument, "views",
                std::to_string(plans.size()) + " views are no whole number for each of " + std::to_string(count) + " pictures");
  std::vector<std::int64_t> firstPixels;
  std::int64_t pixels = 0;
  for (const auto& picture : pictures) {
    firstPixels.push_back(pixels);
    pixels += std::int64_t(picture->pixels.size() / 3);
  }
  if (pixels > std::numeric_limits<std::int32_t>::max())
    throw Error(ErrorCode::BadArgument, "--batch", "its pictures have more than 2^31 pixels", "Use a smaller --batch");
  std::vector<CropJob> jobs;
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const auto& picture = *pictures[i % count];
    requireInside(plans[i].crop, picture.width, picture.height);
    jobs.push_back({firstPixels[i % count], picture.width, plans[i].crop, plans[i].interpolation});
  }
  const auto pool = at::empty({pixels, 3}, at::TensorOptions(at::kByte).pinned_memory(device.is_cuda()));
  for (std::size_t b = 0; b < count; ++b)
    std::copy(pictures[b]->pixels.begin(), pictures[b]->pixels.end(), pool.data_ptr<std::uint8_t>() + 3 * firstPixels[b]);
  const auto views = finished(resizeCrops(uploaded(pool, device), jobs, spec.size), plans);
  normalise(views, spec.normalisation);
  return views.to(type);
}

}  // namespace gps
