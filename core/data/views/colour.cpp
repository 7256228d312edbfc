#include "core/data/views/colour.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace gps {
namespace {

template <typename Change>
void forEachPixel(RgbImage& image, const Change& change) {
  for (std::size_t i = 0; i + 2 < image.pixels.size(); i += 3) {
    auto* p = image.pixels.data() + i;
    const Rgb changed = change(Rgb{p[0], p[1], p[2]});
    p[0] = changed.red;
    p[1] = changed.green;
    p[2] = changed.blue;
  }
}

// Image.blend in fp32: cut, not rounded, to a whole number.
std::uint8_t blended(std::uint8_t from, std::uint8_t to, float factor) {
  const float value = float(from) + factor * float(int(to) - int(from));
  return std::uint8_t(std::clamp(value, 0.0F, 255.0F));
}

Rgb blended(const Rgb& from, const Rgb& to, float factor) {
  return {blended(from.red, to.red, factor), blended(from.green, to.green, factor), blended(from.blue, to.blue, factor)};
}

Rgb greyRgb(std::uint8_t value) { return {value, value, value}; }

std::uint8_t meanGrey(const RgbImage& image) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i + 2 < image.pixels.size(); i += 3) sum += greyOf({image.pixels[i], image.pixels[i + 1], image.pixels[i + 2]});
  return std::uint8_t(double(sum) / double(image.pixels.size() / 3) + 0.5);
}

struct Hsv {
  std::uint8_t hue, saturation, value;
};

// The mixture of fp32 and fp64 is Pillow's: where hue * 255 is a whole number in theory, it decides on which side of it a colour falls.
Hsv toHsv(const Rgb& c) {
  const auto [low, high] = std::minmax({c.red, c.green, c.blue});
  if (low == high) return {0, 0, high};
  const float range = float(high - low);
  const float red = float(high - c.red) / range, green = float(high - c.green) / range, blue = float(high - c.blue) / range;
  float sixths = 0;
  if (c.red == high) {
    sixths = blue - green;
  } else if (c.green == high) {
    sixths = float(2.0 + double(red) - double(blue));
  } else {
    sixths = float(4.0 + double(green) - double(red));
  }
  const auto hue = float(std::fmod(double(sixths) / 6.0 + 1.0, 1.0));
  const float saturation = range / float(high);
  return {std::uint8_t(double(hue) * 255.0), std::uint8_t(double(saturation) * 255.0), high};
}

Rgb toRgb(const Hsv& c) {
  if (c.saturation == 0) return greyRgb(c.value);
  const double sixths = double(c.hue) * 6.0 / 255.0;
  const int sector = int(sixths);
  const float rest = float(sixths - sector), saturation = float(double(c.saturation) / 255.0);
  const auto dimmed = [&](double share) { return std::uint8_t(std::round(double(c.value) * (1.0 - share))); };
  const std::array<std::uint8_t, 4> levels{c.value, dimmed(double(saturation)), dimmed(double(saturation * rest)),
                                           dimmed(double(saturation) * (1.0 - double(rest)))};
  const auto* level = kLevelOfSixth.data() + 3 * sector;
  return {levels[level[0]], levels[level[1]], levels[level[2]]};
}

}  // namespace

Rgb turnHue(const Rgb& colour, std::uint8_t steps) {
  Hsv hsv = toHsv(colour);
  hsv.hue = std::uint8_t(hsv.hue + steps);
  return toRgb(hsv);
}

void changeColour(RgbImage& image, ColourOperation operation, double value) {
  const auto factor = float(value);
  switch (operation) {
    case ColourOperation::Brightness:
      return forEachPixel(image, [&](const Rgb& c) { return blended(Rgb{}, c, factor); });
    case ColourOperation::Contrast: {
      const Rgb mean = greyRgb(meanGrey(image));
      return forEachPixel(image, [&](const Rgb& c) { return blended(mean, c, factor); });
    }
    case ColourOperation::Saturation:
      return forEachPixel(image, [&](const Rgb& c) { return blended(greyRgb(greyOf(c)), c, factor); });
    case ColourOperation::Hue: {
      const auto steps = hueSteps(value);
      return forEachPixel(image, [&](const Rgb& c) { return turnHue(c, steps); });
    }
  }
}

void makeGrey(RgbImage& image) {
  forEachPixel(image, [](const Rgb& c) { return greyRgb(greyOf(c)); });
}

}  // namespace gps
