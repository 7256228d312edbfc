#pragma once
// What one training step reads, on the device of the network: everything that differs from step to step and nothing else, so that a
// recorded step can be repeated on another batch.
#include <ATen/core/Tensor.h>

namespace gps {

struct StepInput {
  at::Tensor images;    // [B, 3, S, S], the arena's type
  at::Tensor targets;   // masks [B, 1, S, S] in the arena's type, labels int64 [B], or soft labels fp32 [B, classes]
  at::Tensor dropPath;  // fp32 [branches, B], see droppath.h; undefined: no branch is dropped
  int count = 0;        // B; 0 where a rank has no part of a batch: no tensors then
  int globalCount = 0;  // of all ranks; only steps that several share read it
};

}  // namespace gps
