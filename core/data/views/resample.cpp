#include "core/data/views/resample.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "core/values/error.h"

namespace gps {
namespace {

double triangle(double x) { return std::max(0.0, 1 - std::abs(x)); }

double cubic(double x) {
  constexpr double a = -0.5;
  x = std::abs(x);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
}

std::uint8_t rounded(std::int32_t sum) { return std::uint8_t(std::clamp(sum >> kResampleBits, 0, 255)); }

RgbImage resizeAcross(const RgbImage& image, int width, Interpolation interpolation) {
  const auto across = resampleTaps(image.width, width, interpolation);
  const std::size_t rowIn = std::size_t(image.width) * 3;
  RgbImage result{width, image.height, std::vector<std::uint8_t>(std::size_t(width) * std::size_t(image.height) * 3)};
  auto* out = result.pixels.data();
  for (std::size_t y = 0; y < std::size_t(image.height); ++y) {
    const auto* row = image.pixels.data() + y * rowIn;
    for (const auto& taps : across) {
      const auto* pixel = row + 3 * std::size_t(taps.first);
      std::int32_t red = 1 << (kResampleBits - 1), green = red, blue = red;
      for (const auto weight : taps.weights) {
        red += weight * pixel[0];
        green += weight * pixel[1];
        blue += weight * pixel[2];
        pixel += 3;
      }
      *out++ = rounded(red);
      *out++ = rounded(green);
      *out++ = rounded(blue);
    }
  }
  return result;
}

RgbImage resizeDown(const RgbImage& image, int height, Interpolation interpolation) {
  const auto down = resampleTaps(image.height, height, interpolation);
  const std::size_t row = std::size_t(image.width) * 3;
  RgbImage result{image.width, height, std::vector<std::uint8_t>(row * std::size_t(height))};
  std::vector<std::int32_t> sums(row);
  for (std::size_t y = 0; y < std::size_t(height); ++y) {
    const auto& taps = down[y];
    std::fill(sums.begin(), sums.end(), 1 << (kResampleBits - 1));
    for (std::size_t t = 0; t < taps.weights.size(); ++t) {
      const auto* from = image.pixels.data() + (std::size_t(taps.first) + t) * row;
      for (std::size_t i = 0; i < row; ++i) sums[i] += taps.weights[t] * from[i];
    }
    for (std::size_t i = 0; i < row; ++i) result.pixels[y * row + i] = rounded(sums[i]);
  }
  return result;
}

}  // namespace

std::vector<ResampleTaps> resampleTaps(int from, int to, Interpolation interpolation) {
  const bool isCubic = interpolation == Interpolation::Bicubic;
  const double scale = double(from) / double(to), stretch = std::max(scale, 1.0), reach = (isCubic ? 2 : 1) * stretch;
  std::vector<ResampleTaps> all(static_cast<std::size_t>(to));
  std::vector<double> weights;
  for (int i = 0; i < to; ++i) {
    const double centre = (i + 0.5) * scale;
    const int first = std::max(int(centre - reach + 0.5), 0), last = std::min(int(centre + reach + 0.5), from);
    weights.clear();
    double sum = 0;
    for (int x = first; x < last; ++x) {
      const double at = (x - centre + 0.5) / stretch;
      weights.push_back(isCubic ? cubic(at) : triangle(at));
      sum += weights.back();
    }
    auto& taps = all[std::size_t(i)];
    taps.first = first;
    taps.weights.resize(weights.size());
    std::transform(weights.begin(), weights.end(), taps.weights.begin(),
                   [&](double weight) { return std::int32_t(std::lround(weight / sum * (1 << kResampleBits))); });
  }
  return all;
}

RgbImage resizeImage(const RgbImage& image, int width, int height, Interpolation interpolation) {
  if (width <= 0 || height <= 0 || image.width <= 0 || image.height <= 0)
    throw Error(ErrorCode::BadArgument, "picture size", std::to_string(width) + "x" + std::to_string(height) + " has no pixels");
  if (width == image.width && height == image.height) return image;
  if (height == image.height) return resizeAcross(image, width, interpolation);
  return resizeDown(width == image.width ? image : resizeAcross(image, width, interpolation), height, interpolation);
}

}  // namespace gps
