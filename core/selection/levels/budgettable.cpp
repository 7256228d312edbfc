#include "core/selection/levels/budgettable.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include "core/selection/levels/bounds.h"
#include "core/selection/levels/budget.h"
#include "core/selection/levels/levelgroups.h"
#include "core/values/error.h"

namespace gps {

BudgetTable BudgetTable::build(std::shared_ptr<const ParameterMap> map, const Scores& scores, const ScoreCensus& all, std::int64_t zeroRows,
                               const SelectionSpec& spec) {
  BudgetTable table;
  table.m_map = std::move(map);
  table.m_scores = scores;
  table.m_spec = spec;
  table.m_spec.share = 0;
  const auto ids = selectableIds(*table.m_map, spec);
  const ScoreScanner scanner(*table.m_map, ids, scores, groupsOf(spec.level));
  const auto census = all.of(ids);

  std::vector<std::vector<std::int64_t>> budgets(scanner.groups());
  for (int k = 1; k <= kDepth; ++k) {
    table.m_spec.keptPerRow = k;
    const auto groups = groupBudgets(*table.m_map, ids, table.m_spec);
    for (std::size_t g = 0; g < groups.size(); ++g) budgets[g].push_back(groups[g]);
  }
  table.m_bounds = findBounds(scanner, census.coarse, budgets);
  // The bars of a layer need not fall with K: the largest remainders of one K may lie elsewhere than those of the next.
  auto descending = table.m_bounds;
  for (auto g = descending.begin(); g != descending.end(); g += kernels::kMaxBounds) std::sort(g, g + kDepth, std::greater<>());
  const auto tally = scanner.tally(descending, kDepth, census.scales);

  std::vector<TensorCounts> tensors(ids.size());
  for (std::size_t t = 0; t < ids.size(); ++t) {
    tensors[t].id = ids[t];
    tensors[t].scoreTotal = census.totals[t];
    table.m_rows += table.m_map->entry(ids[t]).rows;
    const auto group = std::ptrdiff_t(scanner.groupOf(t) * kernels::kMaxBounds), row = std::ptrdiff_t(t * kernels::kMaxBounds);
    for (std::ptrdiff_t k = 0; k < kDepth; ++k) {
      const auto bound = table.m_bounds[std::size_t(group + k)];
      const auto first = descending.begin() + group;
      const auto reached = std::upper_bound(first, first + kDepth, bound, std::greater<>()) - first;  // bars down to this one
      const auto sumOf = [&](const std::vector<std::uint64_t>& parts) {
        return std::accumulate(parts.begin() + row, parts.begin() + row + reached, std::uint64_t(0));
      };
      tensors[t].selected[std::size_t(k)] = std::int64_t(sumOf(tally.counts));
      tensors[t].scoreSum[std::size_t(k)] = census.sum(t, sumOf(tally.sums));
      tensors[t].threshold[std::size_t(k)] = double(kernels::scoreOfOrder(kernels::orderOfKey(bound)));
    }
  }
  table.m_zeroRows = zeroRows;
  table.m_counts = tableCounts(*table.m_map, table.m_spec, tensors, table.m_rows, table.m_zeroRows);
  table.m_spec.keptPerRow = spec.keptPerRow;
  return table;
}

Selection BudgetTable::select(int keptPerRow) const {
  if (keptPerRow < 1 || keptPerRow > kDepth)
    throw Error(ErrorCode::BadArgument, "K = " + std::to_string(keptPerRow), "the table reaches from 1 to " + std::to_string(kDepth));
  const ScoreScanner scanner(*m_map, selectableIds(*m_map, m_spec), m_scores, groupsOf(m_spec.level));
  std::vector<std::uint64_t> bounds;
  for (std::size_t g = 0; g < scanner.groups(); ++g) bounds.push_back(m_bounds[g * kernels::kMaxBounds + std::size_t(keptPerRow) - 1]);
  Selection selection;
  selection.spec = m_spec;
  selection.spec.keptPerRow = keptPerRow;
  selection.rows = m_rows;
  selection.zeroRows = m_zeroRows;
  selection.offsets = scanner.reached(bounds);
  return selection;
}

}  // namespace gps
