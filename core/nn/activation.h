#pragma once
#include <ATen/ATen.h>

namespace gps {

// Applied by a layer to its own input, so that only the pre-activation is kept for the backward.
enum class Activation { None, Gelu, Relu };

inline at::Tensor activate(Activation a, const at::Tensor& x) {
  switch (a) {
    case Activation::None:
      return x;
    case Activation::Gelu:
      return at::gelu(x);
    case Activation::Relu:
      return at::relu(x);
  }
  return x;
}
inline at::Tensor activateBackward(Activation a, const at::Tensor& gradient, const at::Tensor& x) {
  switch (a) {
    case Activation::None:
      return gradient;
    case Activation::Gelu:
      return at::gelu_backward(gradient, x);
    case Activation::Relu:
      return at::threshold_backward(gradient, x, 0);
  }
  return gradient;
}

}  // namespace gps
