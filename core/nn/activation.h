#pragma once
#include <ATen/ATen.h>

namespace gps {

// Applied by a layer to its own input, so that only the pre-activation is kept for the backward.
enum class Activation { None, Gelu };

inline at::Tensor activate(Activation a, const at::Tensor& x) { return a == Activation::Gelu ? at::gelu(x) : x; }
inline at::Tensor activateBackward(Activation a, const at::Tensor& gradient, const at::Tensor& x) {
  return a == Activation::Gelu ? at::gelu_backward(gradient, x) : gradient;
}

}  // namespace gps
