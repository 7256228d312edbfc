#pragma once
// How large scores are: log10 |score| in fixed bins, over all entries that could be chosen and over the chosen ones.
#include <array>
#include <cmath>
#include <cstdint>
#include <string>

namespace gps {

struct ScoreCounts {
  static constexpr int kLow = -24, kHigh = 8, kPerDecade = 8;  // decades
  static constexpr int kBins = (kHigh - kLow) * kPerDecade;

  std::array<std::int64_t, kBins> bins{};  // bin i: lowerEdge(i) <= |score| < lowerEdge(i + 1)
  std::int64_t below = 0, above = 0;       // finite, beyond the first and the last bin
  std::int64_t zeros = 0, infinite = 0, nans = 0;

  // The single-precision value at which bin i begins; i = 0 … kBins.
  static float lowerEdge(int i) { return float(std::pow(10.0, kLow + double(i) / kPerDecade)); }
  std::int64_t total() const {
    std::int64_t sum = below + above + zeros + infinite + nans;
    for (const auto n : bins) sum += n;
    return sum;
  }
  void add(const ScoreCounts& other) {
    for (std::size_t i = 0; i < bins.size(); ++i) bins[i] += other.bins[i];
    below += other.below;
    above += other.above;
    zeros += other.zeros;
    infinite += other.infinite;
    nans += other.nans;
  }
};

struct ScoreHistogram {
  std::string block;  // empty: the whole model
  ScoreCounts all, chosen;
};

}  // namespace gps
