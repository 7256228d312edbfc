#include "core/selection/levels/selectionexplorer.h"

#include <algorithm>

#include "core/selection/levels/choose.h"
#include "core/selection/levels/scorecounts.h"
#include "core/selection/levels/zerorows.h"
#include "core/selection/methodweights.h"

namespace gps {
namespace {

bool letsInTheSame(const SelectionSpec& a, const SelectionSpec& b) {
  return a.excludedBlocks == b.excludedBlocks && a.excludedKinds == b.excludedKinds && a.keepExcludedBiases == b.keepExcludedBiases &&
         a.decoder == b.decoder;
}

bool isSameTable(const SelectionSpec& a, const SelectionSpec& b) {
  return a.level == b.level && (a.level != Level::Layer || a.layerBudget == b.layerBudget);
}

}  // namespace

SelectionExplorer::SelectionExplorer(std::shared_ptr<const ParameterMap> map, Scores scores)
    : m_map(std::move(map)), m_scores(std::move(scores)) {}

const std::shared_ptr<const ScoreCensus>& SelectionExplorer::census() {
  if (!m_census) m_census = std::make_shared<const ScoreCensus>(takeCensus(*m_map, weightsOfMethod(*m_map, DecoderMode::Sparse), m_scores));
  return m_census;
}

std::int64_t SelectionExplorer::zeroRows(const SelectionSpec& spec) {
  const auto& all = census()->ids;
  if (m_zeroRows.empty()) m_zeroRows = countZeroRows(*m_map, all, m_scores);
  std::int64_t sum = 0;
  for (const auto id : selectableIds(*m_map, spec))
    sum += std::int64_t(m_zeroRows[std::size_t(std::lower_bound(all.begin(), all.end(), id) - all.begin())]);
  return sum;
}

const RankTable& SelectionExplorer::rankTable(const SelectionSpec& spec) {
  if (!m_ranks)
    m_ranks = RankTable::build(m_map, m_scores, census(), spec);
  else if (!letsInTheSame(m_ranks->spec(), spec))
    m_ranks = m_ranks->withSpec(spec);
  return *m_ranks;
}

const BudgetTable& SelectionExplorer::budgetTable(const SelectionSpec& spec) {
  auto found = std::find_if(m_budgets.begin(), m_budgets.end(), [&](const BudgetTable& t) { return isSameTable(t.spec(), spec); });
  if (found != m_budgets.end() && letsInTheSame(found->spec(), spec)) return *found;
  auto table = BudgetTable::build(m_map, m_scores, *census(), zeroRows(spec), spec);
  if (found == m_budgets.end()) return m_budgets.emplace_back(std::move(table));
  return *found = std::move(table);
}

bool SelectionExplorer::isInTable(const SelectionSpec& spec) const {
  return spec.share == 0 && spec.keptPerRow >= 1 && spec.keptPerRow <= kTableDepth;
}

const std::vector<SelectionCounts>& SelectionExplorer::table(const SelectionSpec& spec) {
  return spec.level == Level::Neuron ? rankTable(spec).all() : budgetTable(spec).all();
}

SelectionCounts SelectionExplorer::counts(const SelectionSpec& spec) {
  if (isInTable(spec)) return table(spec)[std::size_t(spec.keptPerRow) - 1];
  const auto selection = chooseEntries(m_map, m_scores, spec);
  auto counts = countSelection(*m_map, selection);
  addScores(*m_map, m_scores, selection, counts);
  return counts;
}

Selection SelectionExplorer::select(const SelectionSpec& spec) {
  Selection selection = !isInTable(spec)              ? chooseEntries(m_map, m_scores, spec)
                        : spec.level == Level::Neuron ? rankTable(spec).select(spec.keptPerRow)
                                                      : budgetTable(spec).select(spec.keptPerRow);
  const auto kept = selection.spec.keptPerRow;
  selection.spec = spec;
  selection.spec.keptPerRow = kept;
  return selection;
}

}  // namespace gps
