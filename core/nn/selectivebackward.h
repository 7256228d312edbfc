#pragma once
// What the autograd functions of selective layers share.
#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <optional>

#include "core/nn/selectiveweight.h"

namespace gps::detail {

// Remembered between forward and backward: nothing may write to the arena in between.
void rememberArena(torch::autograd::AutogradContext* ctx, const NetworkState& state);
void checkArena(torch::autograd::AutogradContext* ctx, const NetworkState& state);

// Arguments that may be undefined go to an autograd function as optionals: its bookkeeping refuses undefined tensors.
inline std::optional<at::Tensor> maybe(const at::Tensor& t) { return t.defined() ? std::optional(t) : std::nullopt; }
inline at::Tensor orUndefined(const std::optional<at::Tensor>& t) { return t ? *t : at::Tensor(); }

// A leaf of the layer that trains, to hand to its autograd function so that the backward runs; it gets no gradient by autograd.
inline std::optional<at::Tensor> anchorOf(const SelectiveWeight& weight, const Parameter* bias) {
  if (weight.handle().defined()) return weight.handle();
  return bias != nullptr && bias->isTrainedWhole() ? std::optional(bias->value()) : std::nullopt;
}

}  // namespace gps::detail
