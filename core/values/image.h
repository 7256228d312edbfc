#pragma once
// Pictures as they cross the program: 8-bit, row-major, no padding between rows.
#include <cstdint>
#include <string>
#include <vector>

namespace gps {

// RGB, interleaved; size = height * width * 3. EXIF orientation has been applied.
struct RgbImage {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
  bool empty() const { return pixels.empty(); }
  bool operator==(const RgbImage&) const = default;
};

// 0 or 255 (binarised > 127); size = height * width.
struct MaskImage {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
  bool empty() const { return pixels.empty(); }
  bool operator==(const MaskImage&) const = default;
};

// Probability 0…1 of the foreground; size = height * width, at the size of the source picture.
struct ProbabilityMap {
  int width = 0, height = 0;
  std::vector<float> values;
  bool empty() const { return values.empty(); }
  bool operator==(const ProbabilityMap&) const = default;
};

}  // namespace gps
