#pragma once
// Per row the columns ordered by score, 64 deep: at neuron level a smaller K is a prefix. The K slider reads this and nothing else.
// Order: larger |score| first, then smaller column; NaN last.
#include <cstdint>
#include <memory>
#include <vector>

#include "core/nn/parametermap.h"
#include "core/selection/levels/census.h"
#include "core/selection/levels/tablecounts.h"
#include "core/selection/scores.h"
#include "core/selection/selection.h"
#include "core/values/runspec.h"
#include "core/values/selectioncounts.h"

namespace gps {

class RankTable {
 public:
  static constexpr int kDepth = kTableDepth;

  RankTable();
  ~RankTable();
  RankTable(RankTable&&) noexcept;
  RankTable& operator=(RankTable&&) noexcept;

  // Ranks where the scores lie: on all cores or on the device. Reads spec's exclusions and decoder mode, not its K or level.
  // census: of these scores, of all tensors that the table will ever be asked for.
  static RankTable build(std::shared_ptr<const ParameterMap> map, const Scores& scores, std::shared_ptr<const ScoreCensus> census,
                         const SelectionSpec& spec);
  // The same scores under other exclusions: rows that are ranked already are not ranked again.
  RankTable withSpec(const SelectionSpec& spec) const;

  // K = 1 … kDepth: counts, shares, captured |score|; a lookup.
  const SelectionCounts& counts(int keptPerRow) const { return m_counts[std::size_t(keptPerRow) - 1]; }
  const std::vector<SelectionCounts>& all() const { return m_counts; }  // by K - 1
  // The entries themselves. K beyond a row's length takes the whole row; beyond kDepth use chooseEntries.
  Selection select(int keptPerRow) const;

  const SelectionSpec& spec() const { return m_spec; }

 private:
  struct Part;  // the ranked rows of one tensor
  void countParts();

  std::shared_ptr<const ParameterMap> m_map;
  Scores m_scores;
  std::shared_ptr<const ScoreCensus> m_census;
  SelectionSpec m_spec;
  std::vector<std::shared_ptr<const Part>> m_all, m_parts;  // ranked so far; those that the spec lets in
  std::vector<SelectionCounts> m_counts;
  std::int64_t m_rows = 0, m_zeroRows = 0;
};

}  // namespace gps
