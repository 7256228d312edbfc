#pragma once
// One selection made of several.
#include <string>
#include <vector>

#include "core/nn/parametermap.h"
#include "core/selection/selection.h"
#include "core/selection/sets/agreement.h"

namespace gps {

// The result trains like any selection. Its spec keeps what its parts agree on; where they differ: the level is Net, K the largest, data
// and criterion the first's (no data hash). A block or kind is excluded where all parts exclude it, for an intersection where any does,
// for a difference where the first does. spec.origin says how it was made, "union of a, b". Pictures: those of all parts. Rows without
// gradient are not counted. atLeast: how many parts must have chosen an entry, for SetOperation::Shared. map: that of all parts
// (requireComparable). Throws Error(BadArgument) for fewer than two, and for an atLeast outside 2 … number of parts.
Selection combineSelections(const ParameterMap& map, SetOperation operation, const std::vector<NamedSelection>& parts, int atLeast = 2);

}  // namespace gps
