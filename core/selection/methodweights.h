#pragma once
#include <cstddef>
#include <vector>

#include "core/nn/parametermap.h"
#include "core/values/names.h"

namespace gps {

// Ids of the weights that a selection may choose from when nothing is excluded, in canonical order: the encoder's, and with
// DecoderMode::Sparse the decoder's that an output depends on.
std::vector<std::size_t> weightsOfMethod(const ParameterMap& map, DecoderMode decoder);

}  // namespace gps
