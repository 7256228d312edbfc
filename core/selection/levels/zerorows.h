#pragma once
#include <cstdint>
#include <vector>

#include "core/nn/parametermap.h"
#include "core/selection/scores.h"

namespace gps {

// Of each of these tensors the rows without a score above zero.
std::vector<std::uint64_t> countZeroRows(const ParameterMap& map, const std::vector<std::size_t>& ids, const Scores& scores);

}  // namespace gps
