#pragma once
// Where a selection's entries lie: union of columns, concentration, picks per row.
#include "core/nn/parametermap.h"
#include "core/selection/selection.h"
#include "core/values/selectionstructure.h"

namespace gps {

// The weights that the selection's method may choose from, excluded ones too, and any other that holds a pick. The most picked columns of
// each are kept, at most `topColumns`. On all cores.
SelectionStructure structureOf(const ParameterMap& map, const Selection& selection, int topColumns = 5);

}  // namespace gps
