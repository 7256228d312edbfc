#pragma once
// Pieces of one weight matrix's scores for the screen.
#include <span>

#include "core/nn/parametermap.h"
#include "core/values/layertile.h"

namespace gps {

// scores: [matrixSize], on the host. offsets: the selection's, ascending. On all cores; milliseconds for a matrix of ViT-B.
LayerTile tileOf(const ParameterEntry& entry, const float* scores, std::span<const std::uint32_t> offsets, TileWindow window);
ScoreRange rangeOf(const ParameterEntry& entry, const float* scores);
// [columns]: rows that picked each.
std::vector<std::int64_t> picksPerColumn(const ParameterEntry& entry, std::span<const std::uint32_t> offsets);

}  // namespace gps
