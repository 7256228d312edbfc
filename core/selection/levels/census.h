#pragma once
// What one look at all scores of some tensors tells, whatever the level and the exclusions: how they spread and what they sum to.
#include <cstdint>
#include <vector>

#include "core/nn/parametermap.h"
#include "core/selection/scores.h"

namespace gps {

struct ScoreCensus {
  std::vector<std::size_t> ids;       // the tensors, in canonical order; the rest is by their index
  std::vector<std::uint32_t> coarse;  // [tensors, kernels::kCoarseBuckets]
  std::vector<double> scales;         // [tensors]: whole units of kernels::fixedScore per 1
  std::vector<double> totals;         // [tensors]: Σ|score|

  double sum(std::size_t tensor, std::uint64_t units) const { return double(units) / scales[tensor]; }
  // The same of fewer tensors; throws Error(Internal) for one that was not looked at.
  ScoreCensus of(const std::vector<std::size_t>& fewer) const;
};

ScoreCensus takeCensus(const ParameterMap& map, const std::vector<std::size_t>& ids, const Scores& scores);

}  // namespace gps
