#pragma once
#include <vector>

#include "core/nn/parametermap.h"
#include "core/selection/selection.h"
#include "core/values/scorehistogram.h"

namespace gps {

// Of the whole first, then of each block in the model's order. scores: [matrixSize], on the host. Covers what selection.spec may choose
// from (selectableIds, which throws). On all cores.
std::vector<ScoreHistogram> scoreHistograms(const ParameterMap& map, const float* scores, const Selection& selection);

}  // namespace gps
