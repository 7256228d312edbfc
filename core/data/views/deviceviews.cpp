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
#include "core/data/views/pixelupload.h"
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

// Rows [top, bottom) of a picture.
struct RowBand {
  int top = 0, bottom = 0;
};

struct PixelPool {
  at::Tensor pixels;  // [P, 3] uint8 on the device
  std::vector<CropJob> jobs;
};

// Of each picture the rows of all of its crops, as they lie in memory.
PixelPool neededPixels(const std::vector<Pixels>& pictures, const std::vector<ViewPlan>& plans, at::Device device) {
  const auto count = pictures.size();
  std::vector<RowBand> bands(count);
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const auto& crop = plans[i].crop;
    requireInside(crop, pictures[i % count].width, pictures[i % count].height);
    auto& band = bands[i % count];
    const RowBand own{crop.top, crop.top + crop.height};
    band = i < count ? own : RowBand{std::min(band.top, own.top), std::max(band.bottom, own.bottom)};
  }
  std::vector<std::int64_t> firstPixels;
  std::vector<PixelPiece> pieces;
  std::int64_t pixels = 0;
  for (std::size_t b = 0; b < count; ++b) {
    const auto& [top, bottom] = bands[b];
    const auto row = pictures[b].rowBytes();
    firstPixels.push_back(pixels);
    pieces.push_back({&pictures[b], std::size_t(top) * row, std::size_t(bottom - top) * row});
    pixels += std::int64_t(bottom - top) * pictures[b].width;
  }
  if (pixels > std::numeric_limits<std::int32_t>::max())
    throw Error(ErrorCode::BadArgument, "--batch", "its pictures have more than 2^31 pixels", "Use a smaller --batch");
  PixelPool pool{uploadedPieces(pieces, device).view({pixels, 3}), {}};
  for (std::size_t i = 0; i < plans.size(); ++i) {
    auto crop = plans[i].crop;
    crop.top -= bands[i % count].top;
    pool.jobs.push_back({firstPixels[i % count], pictures[i % count].width, crop, plans[i].interpolation});
  }
  return pool;
}

}  // namespace

at::Tensor renderViewOnDevice(const at::Tensor& source, const ViewPlan& plan, int size) {
  const int height = int(source.size(0)), width = int(source.size(1));
  requireInside(plan.crop, width, height);
  return finished(resizeCrops(source.reshape({-1, 3}), {{0, width, plan.crop, plan.interpolation}}, size), {plan}).squeeze(0);
}

at::Tensor deviceBatch(const std::vector<Pixels>& pictures, const std::vector<ViewPlan>& plans, const PreprocessSpec& spec,
                       at::Device device, at::ScalarType type) {
  const auto count = pictures.size();
  if (count == 0 || plans.empty() || plans.size() % count != 0)
    throw Error(ErrorCode::BadArgument, "views",
                std::to_string(plans.size()) + " views are no whole number for each of " + std::to_string(count) + " pictures");
  const auto pool = neededPixels(pictures, plans, device);
  const auto views = finished(resizeCrops(pool.pixels, pool.jobs, spec.size), plans);
  normalise(views, spec.normalisation);
  return views.to(type);
}

}  // namespace gps
