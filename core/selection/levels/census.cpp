#include "core/selection/levels/census.h"

#include <algorithm>

#include "core/kernels/scorescan.h"
#include "core/selection/levels/scorescanner.h"
#include "core/values/error.h"

namespace gps {

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
  }
  return part;
}

ScoreCensus takeCensus(const ParameterMap& map, const std::vector<std::size_t>& ids, const Scores& scores) {
  auto look = ScoreScanner(map, ids, scores, ScoreScanner::Groups::EachTensor).look();
  return {ids, std::move(look.coarse), std::move(look.scales), std::move(look.totals)};
}

}  // namespace gps
