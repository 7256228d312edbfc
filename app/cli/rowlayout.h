#pragma once
// A delta laid out per neuron, for programs that know a checkpoint's tensors but not our offsets.
#include <string>

#include "core/checkpoints/deltafile.h"

namespace gps::cli {

// safetensors: for every tensor with selected entries `columns.<tensor>` I32 [rows, k] ascending and `values.<tensor>` F32 [rows, k],
// a row with fewer than k entries filled with column -1 and value 0; `whole.<tensor>` F32 for tensors trained entirely.
// Atomic. Throws Error(Io).
void writeRowLayout(const std::string& path, const Delta& delta);

}  // namespace gps::cli
