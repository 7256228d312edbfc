#pragma once
// How much of a picture lies above every threshold from 0 to 1 in steps of a hundredth: what moves the areas of a thousand frames with one
// slider. 408 bytes.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "core/values/image.h"

namespace gps {

class AreaCounts {
 public:
  static constexpr int kSteps = 100;
  // The number of thresholds 0, 0.01 … 1 that a probability lies above, 0 … 101; exactly what comparing it with each float(n / 100.0)
  // gives.
  static int thresholdsBelow(float p) {
    int above = p > 0 ? int(std::min(p, 1.0F) * kSteps) : 0;  // NaN lies above none
    while (above > 0 && !(p > limit(above - 1))) --above;
    while (above <= kSteps && p > limit(above)) ++above;
    return above;
  }
  static AreaCounts of(const ProbabilityMap& map) {
    std::array<std::uint32_t, kSteps + 2> first{};
    for (const float p : map.values) ++first[std::size_t(thresholdsBelow(p))];
    AreaCounts counts;
    counts.m_pixels = std::uint32_t(map.values.size());
    std::uint32_t sum = 0;
    for (std::size_t step = kSteps + 1; step-- > 0;) counts.m_above[step] = sum += first[step + 1];
    return counts;
  }

  // Pixels above the nearest hundredth.
  std::int64_t at(double threshold) const { return m_above[std::size_t(std::clamp(int(std::lround(threshold * kSteps)), 0, kSteps))]; }
  std::int64_t pixels() const { return m_pixels; }
  double shareAt(double threshold) const { return m_pixels > 0 ? double(at(threshold)) / double(m_pixels) : 0; }
  const std::array<std::uint32_t, kSteps + 1>& all() const { return m_above; }

 private:
  static float limit(int step) { return float(step / double(kSteps)); }
  std::array<std::uint32_t, kSteps + 1> m_above{};
  std::uint32_t m_pixels = 0;
};

}  // namespace gps
