#pragma once
// Changes of colour with the bits of Pillow (ImageEnhance, convert) as torchvision's PIL functions call them.
#include <array>
#include <cstdint>

#include "core/data/views/augment.h"
#include "core/values/image.h"

namespace gps {

struct Rgb {
  std::uint8_t red = 0, green = 0, blue = 0;
  bool operator==(const Rgb&) const = default;
};

// Luma of ITU-R 601 in fixed point.
constexpr std::uint8_t greyOf(const Rgb& c) {
  return std::uint8_t((19595 * std::uint32_t(c.red) + 38470 * std::uint32_t(c.green) + 7471 * std::uint32_t(c.blue) + 0x8000) >> 16);
}

// Part of the circle -0.5 … 0.5 to steps of Pillow's 8-bit hue, 0 … 255; a turn back is a turn forth of the rest.
constexpr std::uint8_t hueSteps(double hue) { return std::uint8_t(int(hue * 255)); }

// Which of the levels value, low, falling, rising R, G and B have in each sixth of the hues' circle; the seventh is the circle's end.
constexpr std::array<std::uint8_t, 21> kLevelOfSixth{0, 3, 1, 2, 0, 1, 1, 0, 3, 1, 2, 0, 3, 1, 0, 0, 1, 2, 0, 3, 1};

// Through 8-bit HSV and back; not the identity for 0 steps.
Rgb turnHue(const Rgb& colour, std::uint8_t steps);

// Brightness, contrast, saturation: factor 0 is black, the mean grey, grey; 1 leaves the picture; above 1 goes on and clips.
// Hue: a part of the circle.
void changeColour(RgbImage& image, ColourOperation operation, double value);
void makeGrey(RgbImage& image);

// The value of one operation in a jitter.
constexpr double valueOf(const ColourJitter& jitter, ColourOperation operation) {
  switch (operation) {
    case ColourOperation::Brightness:
      return jitter.brightness;
    case ColourOperation::Contrast:
      return jitter.contrast;
    case ColourOperation::Saturation:
      return jitter.saturation;
    case ColourOperation::Hue:
      break;
  }
  return jitter.hue;
}

}  // namespace gps
