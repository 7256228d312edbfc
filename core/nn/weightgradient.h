#pragma once
// The gradient of a layer's weight in the way its mode asks for: y = R Wᵀ + b with dY [T, rows] known, where a layer's input is
// described by what was kept of it.
#include "core/nn/activation.h"
#include "core/nn/norm.h"
#include "core/nn/selectiveweight.h"

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

// [T, cols], or with `columns` (int64) those.
at::Tensor makeInput(const LayerInput& input, const at::Tensor& columns);

// Of a plain input: what has to be kept. alsoKept: somebody else keeps x anyway.
LayerInput keepInput(const SelectiveWeight& weight, const at::Tensor& x, bool alsoKept);

// Adds the weight's gradient dYᵀ R where its mode says, and the bias's (where it trains; may be null) to its own. dy: [T, rows].
// rowScale: [rows], multiplies the gradient of selected entries; undefined: 1.
void addGradients(const SelectiveWeight& weight, const Parameter* bias, const at::Tensor& dy, const LayerInput& input,
                  const at::Tensor& rowScale = {});

// The same from a full gradient of the weight, [rows, cols] in any shape.
void addDense(const SelectiveWeight& weight, const at::Tensor& gradient);
// The same from that of the columns in use, [rows, u].
void addUnion(const SelectiveWeight& weight, const at::Tensor& gradient);
// The bias alone; dy: [T, rows].
void addBias(const Parameter* bias, const at::Tensor& dy);

}  // namespace gps::detail
