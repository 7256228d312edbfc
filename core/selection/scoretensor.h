#pragma once
// The tensor side of Scores.
#include <ATen/core/Tensor.h>

#include "core/selection/scores.h"

namespace gps {

struct ScoreStorage {
  at::Tensor values;        // fp32 [matrixSize], contiguous
  mutable at::Tensor host;  // the same on the CPU; undefined until asked for
};

Scores scoresOf(const at::Tensor& values);  // keeps the tensor (converted to fp32 when it is not)
inline const at::Tensor& tensorOf(const Scores& scores) { return scores.storage().values; }

}  // namespace gps
