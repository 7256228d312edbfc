#pragma once
// Per row the columns ordered by score, 64 deep: at neuron level a smaller K is a prefix. The K slider reads this and nothing else.
// Order: larger |score| first, then smaller column; NaN last.
#include <cstdint>
#include <memory>
#include <vector>

#include "core/nn/parametermap.h"
#include "core/selection/gradientfield.h"
#include "core/selection/selection.h"
#include "core/values/runspec.h"
#include "core/values/selectioncounts.h"

namespace gps {

class RankTable {
 public:
  static constexpr int kDepth = 64;

  // scores: [matrixSize]. Reads spec's exclusions and decoder mode, not its K. Runs on all cores.
  static RankTable build(std::shared_ptr<const ParameterMap> map, const float* scores, const SelectionSpec& spec);

  // K = 1 … kDepth: counts, shares and captured |score|; microseconds.
  const SelectionCounts& counts(int keptPerRow) const { return m_counts[std::size_t(keptPerRow) - 1]; }
  // The entries themselves. K beyond a row's length takes the whole row; beyond kDepth use selectTopPerRow.
  Selection select(int keptPerRow) const;

  std::int64_t rows() const { return m_rows; }
  std::int64_t zeroRows() const { return m_zeroRows; }
  const SelectionSpec& spec() const { return m_spec; }

 private:
  struct Part {
    std::size_t id = 0;                  // of the matrix entry
    int depth = 0;                       // min(kDepth, cols)
    std::vector<std::uint32_t> columns;  // [rows, depth]
  };
  std::shared_ptr<const ParameterMap> m_map;
  SelectionSpec m_spec;
  std::vector<Part> m_parts;
  std::vector<SelectionCounts> m_counts;
  std::int64_t m_rows = 0, m_zeroRows = 0;
};

// Any K >= 1, without a table; the plain reference of the rule.
Selection selectTopPerRow(const std::shared_ptr<const ParameterMap>& map, const float* scores, const SelectionSpec& spec);

}  // namespace gps
