#pragma once
// A prediction against the truth at every threshold from 0 to 1 in steps of a hundredth: what moves the numbers of a thousand pictures
// with one slider.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "core/values/areacounts.h"
#include "core/values/image.h"
#include "core/values/metrics.h"

namespace gps {

class ThresholdCounts {
 public:
  static constexpr int kSteps = AreaCounts::kSteps;
  // Sizes must agree; exactly what a comparison of each pixel with float(n / 100.0) gives.
  static ThresholdCounts of(const ProbabilityMap& map, const MaskImage& truth) {
    ThresholdCounts counts;
    std::array<std::int64_t, kSteps + 2> all{}, real{};  // by the number of thresholds that a pixel lies above
    for (std::size_t i = 0; i < map.values.size(); ++i) {
      const int above = AreaCounts::thresholdsBelow(map.values[i]);
      const bool is = truth.pixels[i] > 127;
      ++all[std::size_t(above)];
      real[std::size_t(above)] += is;
      counts.m_truth += is;
    }
    counts.m_pixels = std::int64_t(map.values.size());
    std::int64_t marked = 0, hit = 0;
    for (int step = kSteps; step >= 0; --step) {
      marked += all[std::size_t(step) + 1], hit += real[std::size_t(step) + 1];
      counts.m_marked[std::size_t(step)] = marked, counts.m_hit[std::size_t(step)] = hit;
    }
    return counts;
  }

  // At the nearest hundredth.
  PixelCounts at(double threshold) const {
    const auto step = std::size_t(std::clamp(int(std::lround(threshold * kSteps)), 0, kSteps));
    const std::int64_t hit = m_hit[step], marked = m_marked[step];
    return {hit, marked - hit, m_truth - hit, m_pixels - m_truth - (marked - hit)};
  }
  // As they are kept on the disk: pixels above each threshold 0, 0.01 … 1, and those of them that are foreground in the truth.
  using Steps = std::array<std::int64_t, kSteps + 1>;
  static ThresholdCounts from(const Steps& marked, const Steps& hit, std::int64_t truth, std::int64_t pixels) {
    ThresholdCounts counts;
    counts.m_marked = marked, counts.m_hit = hit, counts.m_truth = truth, counts.m_pixels = pixels;
    return counts;
  }
  const Steps& marked() const { return m_marked; }
  const Steps& hit() const { return m_hit; }
  std::int64_t truth() const { return m_truth; }
  std::int64_t pixels() const { return m_pixels; }
  bool operator==(const ThresholdCounts&) const = default;
  double truthShare() const { return m_pixels > 0 ? double(m_truth) / double(m_pixels) : 0; }

 private:
  Steps m_marked{}, m_hit{};
  std::int64_t m_truth = 0, m_pixels = 0;
};

}  // namespace gps
