#pragma once
// The gradient of a layer's weight in the way its mode asks for: y = R Wᵀ + b with dY [T, rows] known, where a layer's input is
// described by what was kept of it.
#include "core/nn/activation.h"
#include "core/nn/norm.h"
#include "core/nn/parameter.h"

namespace gps::detail {

// R [T, cols], and how to make it of what was kept: as it stands, behind an activation, or behind a norm.
struct LayerInput {
  at::Tensor kept;  // [..., cols], or of a plain input the union columns only
  Activation before = Activation::None;
  const LayerNorm* norm = nullptr;  // instead of an activation
  NormStatistics statistics;
  at::ScalarType type = at::ScalarType::Undefined;  // of R, where a norm makes it
  bool isCompact = false;
};

// Of a plain input: what has to be kept. alsoKept: somebody else keeps x anyway.
LayerInput keepInput(const SelectiveWeight& weight, const at::Tensor& x, bool alsoKept);

// Adds the weight's gradient where its mode says, and the bias's (where it trains; may be null) to its own.
void addGradients(const SelectiveWeight& weight, const Parameter* bias, const at::Tensor& dy, const LayerInput& input);

}  // namespace gps::detail
