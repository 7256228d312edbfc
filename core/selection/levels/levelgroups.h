#pragma once
// What competes with each other at Layer and Net level, and for how many places.
#include <vector>

#include "core/selection/levels/budget.h"
#include "core/selection/levels/scorescanner.h"

namespace gps {

inline ScoreScanner::Groups groupsOf(Level level) {
  return level == Level::Net ? ScoreScanner::Groups::AllTogether : ScoreScanner::Groups::EachTensor;
}

// One a group of the scanner.
inline std::vector<std::int64_t> groupBudgets(const ParameterMap& map, const std::vector<std::size_t>& ids, const SelectionSpec& spec) {
  return spec.level == Level::Net ? std::vector<std::int64_t>{totalBudget(map, ids, spec)} : layerBudgets(map, ids, spec);
}

}  // namespace gps
