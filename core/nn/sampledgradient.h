#pragma once
// The sampled product of core/kernels on torch's tensors.
#include "core/nn/weightgradient.h"

namespace gps::detail {

// Whether the kernels take these types, and the device the layer's plan.
bool canSample(const SelectiveWeight& weight, const at::Tensor& dy, const LayerInput& input);
// Adds the gradient of the entries to gradient [n], and the sum of dy to bias [rows] where it is defined.
void addSampled(const SelectiveWeight& weight, const at::Tensor& dy, const LayerInput& input, const at::Tensor& gradient,
                const at::Tensor& bias);

}  // namespace gps::detail
