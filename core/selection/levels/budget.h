#pragma once
// How many entries each level takes, so that levels can be compared at exactly the same number (gps-method 1.7).
#include <cstdint>
#include <vector>

#include "core/nn/parametermap.h"
#include "core/values/runspec.h"

namespace gps {

// ids: the selectable tensors (selectableIds). All throw Error(BadArgument) for K < 1 or a share outside 0…1.

// K: spec.keptPerRow; with a share, the K >= 1 whose rows come nearest to it (the smaller of two).
int keptPerRowOf(const ParameterMap& map, const std::vector<std::size_t>& ids, const SelectionSpec& spec);
// Entries that K per row takes of one tensor: rows · min(K, columns).
std::int64_t entriesOfRows(const ParameterEntry& entry, std::int64_t keptPerRow);
// All of them together: Σ rows · min(K, columns), or the nearest whole number to the share of all selectable entries.
std::int64_t totalBudget(const ParameterMap& map, const std::vector<std::size_t>& ids, const SelectionSpec& spec);
// One a tensor, in the order of ids; they add up to totalBudget. Share: total · n / Σn, the parts left over by rounding down going to
// the largest remainders (of equal ones to the first). Rows: rows · min(K, columns); with a share that of the K nearest to it, so the
// total is that K's.
std::vector<std::int64_t> layerBudgets(const ParameterMap& map, const std::vector<std::size_t>& ids, const SelectionSpec& spec);

}  // namespace gps
