#include "core/selection/levels/scorecounts.h"

#include <algorithm>
#include <cmath>

namespace gps {

static double magnitudeOf(float score) { return std::isfinite(score) ? std::abs(double(score)) : 0.0; }

void addScores(const ParameterMap& map, const Scores& scores, const Selection& selection, SelectionCounts& counts) {
  const float* values = scores.host();
  double all = 0, chosen = 0;
  constexpr double kNone = -1;
  std::vector<double> lowest(counts.perBlock.size(), kNone);
  auto next = selection.offsets.begin();
  for (const auto id : selectableIds(map, selection.spec)) {
    const auto& e = map.entry(id);
    const auto block = std::find_if(counts.perBlock.begin(), counts.perBlock.end(),
                                    [&](const BlockCount& b) { return b.block == e.block && b.kind == e.kind; });
    double total = 0;
    for (std::int64_t i = 0; i < e.count; ++i) total += magnitudeOf(values[e.offset + i]);
    block->scoreTotal += total;
    all += total;
    next = std::lower_bound(next, selection.offsets.end(), std::uint32_t(e.offset));
    for (; next != selection.offsets.end() && *next < e.offset + e.count; ++next) {
      const auto score = values[*next];
      const auto size = std::isnan(score) ? 0.0 : std::abs(double(score));
      auto& least = lowest[std::size_t(block - counts.perBlock.begin())];
      least = least == kNone ? size : std::min(least, size);
      block->scoreSum += magnitudeOf(score);
      chosen += magnitudeOf(score);
    }
  }
  double least = kNone;
  for (std::size_t b = 0; b < lowest.size(); ++b) {
    if (lowest[b] == kNone) continue;
    counts.perBlock[b].threshold = lowest[b];
    least = least == kNone ? lowest[b] : std::min(least, lowest[b]);
  }
  counts.threshold = std::max(least, 0.0);
  counts.capturedShare = all > 0 ? chosen / all : 0;
}

}  // namespace gps
