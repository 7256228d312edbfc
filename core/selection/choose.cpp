#include "core/selection/choose.h"

#include <algorithm>
#include <functional>

#include "core/selection/budget.h"
#include "core/selection/rankorder.h"
#include "core/selection/ranktable.h"

namespace gps {
namespace {

// The first `budget` of all entries of `ids` in the order of scores.
void takeTop(const ParameterMap& map, const float* scores, const std::vector<std::size_t>& ids, std::int64_t budget,
             std::vector<std::uint32_t>& offsets) {
  std::vector<std::uint64_t> keys;
  for (const auto id : ids) {
    const auto& e = map.entry(id);
    for (std::int64_t i = 0; i < e.count; ++i) keys.push_back(rankKey(scores[e.offset + i], std::uint32_t(e.offset + i)));
  }
  const auto middle = keys.begin() + budget;
  if (middle != keys.end()) std::nth_element(keys.begin(), middle, keys.end(), std::greater<>());
  const auto first = offsets.size();
  for (auto k = keys.begin(); k != middle; ++k) offsets.push_back(columnOfKey(*k));
  std::sort(offsets.begin() + std::ptrdiff_t(first), offsets.end());
}

}  // namespace

Selection chooseEntries(const std::shared_ptr<const ParameterMap>& map, const Scores& scores, const SelectionSpec& asked) {
  const auto ids = selectableIds(*map, asked);
  SelectionSpec spec = asked;
  spec.keptPerRow = keptPerRowOf(*map, ids, asked);
  auto selection = selectTopPerRow(map, scores.host(), spec);
  selection.spec = spec;
  if (spec.level == Level::Neuron) return selection;
  selection.offsets.clear();
  if (spec.level == Level::Net) {
    takeTop(*map, scores.host(), ids, totalBudget(*map, ids, asked), selection.offsets);
  } else {
    const auto budgets = layerBudgets(*map, ids, asked);
    for (std::size_t i = 0; i < ids.size(); ++i) takeTop(*map, scores.host(), {ids[i]}, budgets[i], selection.offsets);
  }
  return selection;
}

}  // namespace gps
