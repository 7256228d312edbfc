#pragma once
// Every question about one set of scores: whatever level, budget and exclusions. Tables are made when first asked for and kept, so that
// another K is a lookup.
#include <memory>
#include <optional>

#include "core/selection/levels/budgettable.h"
#include "core/selection/levels/ranktable.h"
#include "core/selection/scores.h"
#include "core/selection/selection.h"

namespace gps {

class SelectionExplorer {
 public:
  SelectionExplorer(std::shared_ptr<const ParameterMap> map, Scores scores);

  // All K of the table, 1 … 64, for spec's level and exclusions; index K - 1.
  const std::vector<SelectionCounts>& table(const SelectionSpec& spec);
  // For any K or share.
  SelectionCounts counts(const SelectionSpec& spec);
  Selection select(const SelectionSpec& spec);

  const std::shared_ptr<const ParameterMap>& map() const { return m_map; }
  const Scores& scores() const { return m_scores; }

 private:
  const RankTable& rankTable(const SelectionSpec& spec);
  const BudgetTable& budgetTable(const SelectionSpec& spec);
  bool isInTable(const SelectionSpec& spec) const;
  const std::shared_ptr<const ScoreCensus>& census();
  std::int64_t zeroRows(const SelectionSpec& spec);

  std::shared_ptr<const ParameterMap> m_map;
  Scores m_scores;
  std::shared_ptr<const ScoreCensus> m_census;
  std::vector<std::uint64_t> m_zeroRows;  // of every tensor of the census; empty until asked for
  std::optional<RankTable> m_ranks;
  std::vector<BudgetTable> m_budgets;  // the last asked of each level and layer budget
};

}  // namespace gps
