#pragma once
// A gradient pass that was stopped, as a file: safetensors with the sum so far and what the next batch depends on (random numbers are
// counter-based and need no state).
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/selection/pass/passsnapshots.h"
#include "core/values/runspec.h"

namespace gps {

struct PassState {
  at::Tensor sum;  // [matrixSize], in the arena's type, over the batches below
  int batches = 0, images = 0;
  double lossSum = 0, seconds = 0;
  std::vector<std::uint64_t> pictures;  // fingerprints, in the order of the batches
  std::vector<PassSnapshot> snapshots;
};

// Atomic. Error(Io).
void savePassState(const std::string& path, const SelectionSpec& recipe, const PassState& state);
// like: type and size of the sum, which comes to the CPU. Throws Error(NotFound) without a file, Error(BadFile) for a damaged one, and
// Error(Mismatch), which says what differs, for that of another recipe.
PassState loadPassState(const std::string& path, const SelectionSpec& recipe, const at::Tensor& like);

}  // namespace gps
