#include "core/data/views/transforms.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include "core/values/error.h"

namespace gps {
namespace {

void requireSize(int width, int height) {
  if (width > 0 && height > 0) return;
  throw Error(ErrorCode::BadArgument, "picture size", std::to_string(width) + "x" + std::to_string(height) + " has no pixels");
}

// Target pixel to source position of an ordinary bilinear resize.
struct Position {
  std::size_t low, high;
  float share;  // of high
};
std::vector<Position> bilinearPositions(int from, int to) {
  const float scale = float(from) / float(to);
  std::vector<Position> all(static_cast<std::size_t>(to));
  for (int i = 0; i < to; ++i) {
    const float at = std::max(0.0F, (float(i) + 0.5F) * scale - 0.5F);
    const int low = std::min(int(at), from - 1);
    all[std::size_t(i)] = {std::size_t(low), std::size_t(std::min(low + 1, from - 1)), at - float(low)};
  }
  return all;
}

}  // namespace

PreprocessGeometry preprocessGeometry(const PreprocessSpec& spec, int width, int height) {
  requireSize(width, height);
  if (spec.kind != PreprocessKind::Pad) return {width, height, spec.size, spec.size, spec.size};
  const double scale = double(spec.size) / double(std::max(width, height));
  const auto scaled = [&](int side) { return std::clamp(int(side * scale + 0.5), 1, spec.size); };
  return {width, height, scaled(width), scaled(height), spec.size};
}

RgbImage fitPicture(const RgbImage& image, const PreprocessSpec& spec) {
  if (spec.kind != PreprocessKind::Crop) {
    const auto geometry = preprocessGeometry(spec, image.width, image.height);
    return resizeImage(image, geometry.contentWidth, geometry.contentHeight, spec.interpolation);
  }
  requireSize(image.width, image.height);
  const int shorter = std::max(spec.size, int(std::floor(spec.size / spec.crop)));
  const auto longer = [&](int side, int other) { return int(std::int64_t(shorter) * side / other); };
  const bool isWide = image.width > image.height;
  const RgbImage resized = resizeImage(image, isWide ? longer(image.width, image.height) : shorter,
                                       isWide ? shorter : longer(image.height, image.width), spec.interpolation);
  // Halves go to the even side, as Python rounds.
  const auto start = [&](int side) { return std::size_t(std::nearbyint((side - spec.size) / 2.0)); };
  const std::size_t left = start(resized.width), top = start(resized.height), row = std::size_t(spec.size) * 3;
  RgbImage middle{spec.size, spec.size, std::vector<std::uint8_t>(row * std::size_t(spec.size))};
  for (std::size_t y = 0; y < std::size_t(spec.size); ++y) {
    const auto* from = resized.pixels.data() + ((top + y) * std::size_t(resized.width) + left) * 3;
    std::copy(from, from + row, middle.pixels.data() + y * row);
  }
  return middle;
}

MaskImage resizeMask(const MaskImage& mask, int width, int height) {
  requireSize(width, height);
  requireSize(mask.width, mask.height);
  if (width == mask.width && height == mask.height) return mask;
  const auto source = [](int i, int from, int to) { return std::size_t(std::int64_t(2 * i + 1) * from / (2 * std::int64_t(to))); };
  MaskImage result{width, height, std::vector<std::uint8_t>(std::size_t(width) * std::size_t(height))};
  auto* out = result.pixels.data();
  for (int y = 0; y < height; ++y) {
    const auto* row = mask.pixels.data() + source(y, mask.height, height) * std::size_t(mask.width);
    for (int x = 0; x < width; ++x) *out++ = row[source(x, mask.width, width)];
  }
  return result;
}

std::vector<float> resizePlane(const float* plane, int width, int height, int newWidth, int newHeight) {
  requireSize(width, height);
  requireSize(newWidth, newHeight);
  const auto columns = bilinearPositions(width, newWidth), rows = bilinearPositions(height, newHeight);
  std::vector<float> result(std::size_t(newWidth) * std::size_t(newHeight));
  float* out = result.data();
  for (const auto& y : rows) {
    const float *upper = plane + y.low * std::size_t(width), *lower = plane + y.high * std::size_t(width);
    for (const auto& x : columns) {
      const float a = upper[x.low] + x.share * (upper[x.high] - upper[x.low]);
      const float b = lower[x.low] + x.share * (lower[x.high] - lower[x.low]);
      *out++ = a + y.share * (b - a);
    }
  }
  return result;
}

ChannelScales pictureScales(const RgbImage& resized, Normalisation normalisation) {
  if (normalisation != Normalisation::MinMax) return channelScales(normalisation);
  const auto [low, high] = std::minmax_element(resized.pixels.begin(), resized.pixels.end());
  ChannelScales scales;
  scales.shift.fill(float(*low));
  scales.factor.fill(1.0F / std::max(float(*high) - float(*low), kLeastRange));
  return scales;
}

void writeModelInput(const RgbImage& resized, const PreprocessSpec& spec, bool mirrored, float* output) {
  const std::size_t side = std::size_t(spec.size), plane = side * side;
  const std::size_t width = std::size_t(resized.width), height = std::size_t(resized.height);
  if (resized.empty() || width > side || height > side) {
    throw Error(ErrorCode::BadArgument, "model input", "the picture does not fit into " + std::to_string(spec.size) + " pixels");
  }
  const auto [shift, factor] = pictureScales(resized, spec.normalisation);
  if (width < side || height < side) std::fill(output, output + 3 * plane, 0.0F);
  for (std::size_t y = 0; y < height; ++y) {
    const auto* row = resized.pixels.data() + y * width * 3;
    for (std::size_t c = 0; c < 3; ++c) {
      float* out = output + c * plane + y * side;
      for (std::size_t x = 0; x < width; ++x) {
        out[mirrored ? width - 1 - x : x] = (float(row[3 * x + c]) - shift[c]) * factor[c];
      }
    }
  }
}

void writeModelMask(const MaskImage& resized, const PreprocessSpec& spec, bool mirrored, float* output) {
  const std::size_t side = std::size_t(spec.size), width = std::size_t(resized.width), height = std::size_t(resized.height);
  if (resized.empty() || width > side || height > side) {
    throw Error(ErrorCode::BadArgument, "model mask", "the mask does not fit into " + std::to_string(spec.size) + " pixels");
  }
  if (width < side || height < side) std::fill(output, output + side * side, 0.0F);
  for (std::size_t y = 0; y < height; ++y) {
    const auto* row = resized.pixels.data() + y * width;
    float* out = output + y * side;
    for (std::size_t x = 0; x < width; ++x) out[mirrored ? width - 1 - x : x] = row[x] > 127 ? 1.0F : 0.0F;
  }
}

std::vector<float> modelInput(const RgbImage& image, const PreprocessSpec& spec) {
  std::vector<float> output(3 * std::size_t(spec.size) * std::size_t(spec.size));
  writeModelInput(fitPicture(image, spec), spec, false, output.data());
  return output;
}

std::vector<float> logitsToSource(const float* logits, int logitsSize, const PreprocessGeometry& geometry) {
  const bool isSquashed = geometry.contentWidth == geometry.size && geometry.contentHeight == geometry.size;
  if (isSquashed) return resizePlane(logits, logitsSize, logitsSize, geometry.sourceWidth, geometry.sourceHeight);
  const auto square = resizePlane(logits, logitsSize, logitsSize, geometry.size, geometry.size);
  std::vector<float> content(std::size_t(geometry.contentWidth) * std::size_t(geometry.contentHeight));
  for (std::size_t y = 0; y < std::size_t(geometry.contentHeight); ++y) {
    const float* row = square.data() + y * std::size_t(geometry.size);
    std::copy(row, row + geometry.contentWidth, content.data() + y * std::size_t(geometry.contentWidth));
  }
  return resizePlane(content.data(), geometry.contentWidth, geometry.contentHeight, geometry.sourceWidth, geometry.sourceHeight);
}

ProbabilityMap probabilityOf(const std::vector<float>& logits, int width, int height) {
  if (logits.size() != std::size_t(std::max(width, 0)) * std::size_t(std::max(height, 0))) {
    throw Error(ErrorCode::BadArgument, "logits", "their number does not fit " + std::to_string(width) + "x" + std::to_string(height));
  }
  ProbabilityMap map{width, height, std::vector<float>(logits.size())};
  std::transform(logits.begin(), logits.end(), map.values.begin(), [](float z) { return 1.0F / (1.0F + std::exp(-z)); });
  return map;
}

MaskImage maskOf(const ProbabilityMap& map, double threshold) {
  MaskImage mask{map.width, map.height, std::vector<std::uint8_t>(map.values.size())};
  std::transform(map.values.begin(), map.values.end(), mask.pixels.begin(),
                 [threshold](float p) { return std::uint8_t(double(p) > threshold ? 255 : 0); });
  return mask;
}

}  // namespace gps
