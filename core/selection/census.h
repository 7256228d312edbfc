#pragma once
// What one look at all scores of some tensors tells, whatever the level: how they spread and what they sum to.
#include <cstdint>
#include <vector>

#include "core/selection/scorescanner.h"

namespace gps {

struct ScoreCensus {
  std::vector<std::uint32_t> coarse;  // [tensors, kCoarseBuckets]
  std::vector<double> scales;         // [tensors]: whole units of fixedScore per 1
  std::vector<std::uint64_t> totals;  // [tensors]: Σ|score| in these units

  double sum(std::size_t tensor, std::uint64_t units) const { return double(units) / scales[tensor]; }
};

ScoreCensus takeCensus(const ScoreScanner& scanner);

}  // namespace gps
