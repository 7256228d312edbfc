#pragma once
// Layer and net level: for every K the bar that an entry must reach, and what lies above it, from a few passes over the scores.
#include <cstdint>
#include <memory>
#include <vector>

#include "core/nn/parametermap.h"
#include "core/selection/levels/census.h"
#include "core/selection/levels/tablecounts.h"
#include "core/selection/scores.h"
#include "core/selection/selection.h"
#include "core/values/runspec.h"

namespace gps {

class BudgetTable {
 public:
  static constexpr int kDepth = kTableDepth;

  // Where the scores lie: on all cores or on the device. Reads spec's level (Layer or Net), layer budget, exclusions and decoder mode,
  // not its K: K means the budget of totalBudget and layerBudgets. census: of these scores, of at least the tensors that the spec lets in.
  // zeroRows: of the rows that it lets in, those without a score above zero.
  static BudgetTable build(std::shared_ptr<const ParameterMap> map, const Scores& scores, const ScoreCensus& census, std::int64_t zeroRows,
                           const SelectionSpec& spec);

  const SelectionCounts& counts(int keptPerRow) const { return m_counts[std::size_t(keptPerRow) - 1]; }
  const std::vector<SelectionCounts>& all() const { return m_counts; }  // by K - 1
  Selection select(int keptPerRow) const;
  const SelectionSpec& spec() const { return m_spec; }

 private:
  std::shared_ptr<const ParameterMap> m_map;
  Scores m_scores;
  SelectionSpec m_spec;
  std::vector<std::uint64_t> m_bounds;  // [groups, kMaxBounds], by K - 1
  std::vector<SelectionCounts> m_counts;
  std::int64_t m_rows = 0, m_zeroRows = 0;
};

}  // namespace gps
