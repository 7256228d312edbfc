#pragma once
#include <cstdint>
#include <vector>

namespace gps {

// 1 where a pixel belongs; row-major.
struct PixelSet {
  int width = 0, height = 0;
  std::vector<std::uint8_t> on;  // [height, width]
};

constexpr std::int64_t kNoDistance = -1;

// Squared Euclidean distance of every pixel to the nearest one of the set, exact; kNoDistance everywhere for an empty set. Two passes of
// integer arithmetic, linear in the pixels (Meijster, Roerdink, Hesselink 2000). Sides up to 30,000 pixels.
std::vector<std::int64_t> squaredDistances(const PixelSet& set);  // [height, width]

}  // namespace gps
