#pragma once
// Where a selection's entries lie: union of columns, concentration, picks per row.
#include "core/nn/parametermap.h"
#include "core/selection/selection.h"
#include "core/values/selectionstructure.h"

namespace gps {

// The weights that the selection's method may choose from, excluded ones too, and any other that holds a pick. The most picked columns of
// each are kept, at most `topColumns`. On all cores.
SelectionStructure structureOf(const ParameterMap& map, const Selection& selection, int topColumns = 5);

// Ids of these weights without any exclusion: the encoder's, and the decoder's with DecoderMode::Sparse.
std::vector<std::size_t> weightsOfMethod(const ParameterMap& map, DecoderMode decoder);

}  // namespace gps
