#pragma once
#include "core/nn/parametermap.h"
#include "core/selection/scores.h"
#include "core/selection/selection.h"
#include "core/values/selectioncounts.h"

namespace gps {

// Fills what counts (of countSelection) leaves open: sums of |score|, captured share, thresholds. One plain look at every score, on the
// host; the tables know the same without.
void addScores(const ParameterMap& map, const Scores& scores, const Selection& selection, SelectionCounts& counts);

}  // namespace gps
