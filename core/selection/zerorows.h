#pragma once
#include <cstdint>
#include <vector>

#include "core/nn/parametermap.h"
#include "core/selection/scores.h"

namespace gps {

// Rows of these tensors without a score above zero.
std::int64_t countZeroRows(const ParameterMap& map, const std::vector<std::size_t>& ids, const Scores& scores);

}  // namespace gps
