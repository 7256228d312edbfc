#include "core/selection/levels/census.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/kernels/scorescan.h"
#include "core/selection/levels/scorescanner.h"
#include "core/selection/levels/zerorows.h"
#include "core/values/error.h"

namespace gps {

// The largest power of two that keeps every score of these buckets within kFixedBits.
static double scaleOf(const std::uint32_t* buckets) {
  int top = int(kernels::coarseBucket(kernels::kOrderOfInfinity)) - 1;  // the last bucket of numbers that count
  while (top > 0 && buckets[top] == 0) --top;
  const int exponent = ((top + 1) << 20 >> 23) - 126;  // every score lies below 2^exponent
  return std::ldexp(1.0, kernels::kFixedBits - exponent);
}

std::int64_t ScoreCensus::allZeroRows() const { return std::int64_t(std::accumulate(zeroRows.begin(), zeroRows.end(), std::uint64_t(0))); }

ScoreCensus ScoreCensus::of(const std::vector<std::size_t>& fewer) const {
  ScoreCensus part;
  part.ids = fewer;
  for (const auto id : fewer) {
    const auto t = std::lower_bound(ids.begin(), ids.end(), id) - ids.begin();
    if (std::size_t(t) == ids.size() || ids[std::size_t(t)] != id)
      throw Error(ErrorCode::Internal, "selection", "a tensor was not counted");
    const auto buckets = coarse.begin() + t * kernels::kCoarseBuckets;
    part.coarse.insert(part.coarse.end(), buckets, buckets + kernels::kCoarseBuckets);
    part.scales.push_back(scales[std::size_t(t)]);
    part.totals.push_back(totals[std::size_t(t)]);
    part.zeroRows.push_back(zeroRows[std::size_t(t)]);
  }
  return part;
}

ScoreCensus takeCensus(const ParameterMap& map, const std::vector<std::size_t>& ids, const Scores& scores) {
  const ScoreScanner scanner(map, ids, scores, ScoreScanner::Groups::EachTensor);
  ScoreCensus census;
  census.ids = ids;
  census.coarse = scanner.coarse();
  for (std::size_t t = 0; t < ids.size(); ++t) census.scales.push_back(scaleOf(census.coarse.data() + t * kernels::kCoarseBuckets));
  census.totals = scanner.totals(census.scales);
  census.zeroRows = countZeroRows(map, ids, scores);
  return census;
}

}  // namespace gps
