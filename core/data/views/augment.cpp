#include "core/data/views/augment.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "core/data/views/colour.h"
#include "core/data/views/resample.h"
#include "core/values/error.h"

namespace gps {
namespace {

constexpr double kLeastArea = 0.08, kLeastAspect = 3.0 / 4.0, kMostAspect = 4.0 / 3.0;
constexpr int kAttempts = 10;
constexpr double kJitterChance = 0.8, kGreyChance = 0.2;
constexpr double kJitterStrength = 0.4, kHueStrength = 0.1;

// As Python rounds.
int rounded(double value) { return int(std::nearbyint(value)); }

std::optional<CropBox> tryCrop(int width, int height, CounterRandom& random) {
  const double area = random.uniform(kLeastArea, 1) * double(width) * double(height);
  const double aspect = std::exp(random.uniform(std::log(kLeastAspect), std::log(kMostAspect)));
  const int w = rounded(std::sqrt(area * aspect)), h = rounded(std::sqrt(area / aspect));
  if (w <= 0 || h <= 0 || w > width || h > height) return std::nullopt;
  const int top = int(random.below(std::uint64_t(height - h + 1))), left = int(random.below(std::uint64_t(width - w + 1)));
  return CropBox{left, top, w, h};
}

// The middle of the picture, as much of it as the aspects allow.
CropBox middleCrop(int width, int height) {
  const double aspect = double(width) / double(height);
  CropBox box{0, 0, width, height};
  if (aspect < kLeastAspect) box.height = rounded(width / kLeastAspect);
  if (aspect > kMostAspect) box.width = rounded(height * kMostAspect);
  box.left = (width - box.width) / 2;
  box.top = (height - box.height) / 2;
  return box;
}

CropBox drawCrop(int width, int height, CounterRandom& random) {
  for (int attempt = 0; attempt < kAttempts; ++attempt)
    if (const auto box = tryCrop(width, height, random)) return *box;
  return middleCrop(width, height);
}

ColourJitter drawJitter(CounterRandom& random) {
  ColourJitter jitter;
  for (std::size_t i = jitter.order.size(); i > 1; --i) std::swap(jitter.order[i - 1], jitter.order[random.below(i)]);
  for (double* factor : {&jitter.brightness, &jitter.contrast, &jitter.saturation})
    *factor = random.uniform(1 - kJitterStrength, 1 + kJitterStrength);
  jitter.hue = random.uniform(-kHueStrength, kHueStrength);
  return jitter;
}

RgbImage cropped(const RgbImage& source, const CropBox& box) {
  const std::size_t row = std::size_t(box.width) * 3;
  RgbImage result{box.width, box.height, std::vector<std::uint8_t>(row * std::size_t(box.height))};
  for (std::size_t y = 0; y < std::size_t(box.height); ++y) {
    const auto* from = source.pixels.data() + ((std::size_t(box.top) + y) * std::size_t(source.width) + std::size_t(box.left)) * 3;
    std::copy(from, from + row, result.pixels.data() + y * row);
  }
  return result;
}

void mirror(RgbImage& image) {
  const auto width = std::size_t(image.width);
  for (std::size_t y = 0; y < std::size_t(image.height); ++y) {
    auto* row = image.pixels.data() + y * width * 3;
    for (std::size_t x = 0; x < width / 2; ++x) std::swap_ranges(row + 3 * x, row + 3 * x + 3, row + 3 * (width - 1 - x));
  }
}

}  // namespace

ViewPlan drawView(ViewKind kind, int sourceWidth, int sourceHeight, bool randomInterpolation, CounterRandom& random) {
  if (sourceWidth <= 0 || sourceHeight <= 0)
    throw Error(ErrorCode::BadArgument, "picture size",
                std::to_string(sourceWidth) + "x" + std::to_string(sourceHeight) + " has no pixels");
  ViewPlan plan;
  plan.crop = {0, 0, sourceWidth, sourceHeight};
  if (kind == ViewKind::Plain) return plan;
  if (kind != ViewKind::Flip) {
    plan.crop = drawCrop(sourceWidth, sourceHeight, random);
    if (randomInterpolation && random.chance(0.5)) plan.interpolation = Interpolation::Bilinear;
  }
  plan.isMirrored = random.chance(0.5);
  if (kind != ViewKind::Contrastive) return plan;
  plan.isJittered = random.chance(kJitterChance);
  if (plan.isJittered) plan.jitter = drawJitter(random);
  plan.isGrey = random.chance(kGreyChance);
  return plan;
}

void requireInside(const CropBox& box, int width, int height) {
  if (box.left >= 0 && box.top >= 0 && box.width > 0 && box.height > 0 && box.width <= width - box.left && box.height <= height - box.top)
    return;
  const auto text = [](int w, int h) { return std::to_string(w) + "x" + std::to_string(h); };
  throw Error(ErrorCode::BadArgument, "crop",
              text(box.width, box.height) + " at " + std::to_string(box.left) + ", " + std::to_string(box.top) +
                  " is not inside a picture of " + text(width, height));
}

RgbImage renderView(const RgbImage& source, const ViewPlan& plan, int size) {
  requireInside(plan.crop, source.width, source.height);
  RgbImage view = resizeImage(cropped(source, plan.crop), size, size, plan.interpolation);
  if (plan.isMirrored) mirror(view);
  if (plan.isJittered)
    for (const auto operation : plan.jitter.order) changeColour(view, operation, valueOf(plan.jitter, operation));
  if (plan.isGrey) makeGrey(view);
  return view;
}

}  // namespace gps
