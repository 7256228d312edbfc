#include "core/data/views/deviceviews.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

#include "core/data/views/devicecolour.h"
#include "core/data/views/deviceresample.h"
#include "core/data/views/normalisation.h"
#include "core/data/views/upload.h"
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

CropBox unionOf(const CropBox& a, const CropBox& b) {
  const int left = std::min(a.left, b.left), top = std::min(a.top, b.top);
  return {left, top, std::max(a.left + a.width, b.left + b.width) - left, std::max(a.top + a.height, b.top + b.height) - top};
}

void copyBox(const RgbImage& picture, const CropBox& box, std::uint8_t* out) {
  const std::size_t row = std::size_t(box.width) * 3;
  for (std::size_t y = 0; y < std::size_t(box.height); ++y) {
    const auto* from = picture.pixels.data() + ((std::size_t(box.top) + y) * std::size_t(picture.width) + std::size_t(box.left)) * 3;
    std::copy(from, from + row, out + y * row);
  }
}

struct PixelPool {
  at::Tensor pixels;  // [P, 3] uint8 on the CPU
  std::vector<CropJob> jobs;
};

// Of each picture the smallest box that holds all of its crops; with large pictures copying on the host takes longest.
PixelPool neededPixels(const std::vector<std::shared_ptr<const RgbImage>>& pictures, const std::vector<ViewPlan>& plans, bool isPinned) {
  const auto count = pictures.size();
  std::vector<CropBox> boxes(count);
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const auto& crop = plans[i].crop;
    requireInside(crop, pictures[i % count]->width, pictures[i % count]->height);
    boxes[i % count] = i < count ? crop : unionOf(boxes[i % count], crop);
  }
  std::vector<std::int64_t> firstPixels;
  std::int64_t pixels = 0;
  for (const auto& box : boxes) {
    firstPixels.push_back(pixels);
    pixels += std::int64_t(box.width) * box.height;
  }
  if (pixels > std::numeric_limits<std::int32_t>::max())
    throw Error(ErrorCode::BadArgument, "--batch", "its pictures have more than 2^31 pixels", "Use a smaller --batch");
  PixelPool pool{at::empty({pixels, 3}, at::TensorOptions(at::kByte).pinned_memory(isPinned)), {}};
  for (std::size_t b = 0; b < count; ++b) copyBox(*pictures[b], boxes[b], pool.pixels.data_ptr<std::uint8_t>() + 3 * firstPixels[b]);
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const auto& box = boxes[i % count];
    auto crop = plans[i].crop;
    crop.left -= box.left;
    crop.top -= box.top;
    pool.jobs.push_back({firstPixels[i % count], box.width, crop, plans[i].interpolation});
  }
  return pool;
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
  const auto pool = neededPixels(pictures, plans, device.is_cuda());
  const auto views = finished(resizeCrops(uploaded(pool.pixels, device), pool.jobs, spec.size), plans);
  normalise(views, spec.normalisation);
  return views.to(type);
}

}  // namespace gps
