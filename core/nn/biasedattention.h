#pragma once
#include <ATen/ATen.h>

#include <cmath>

namespace gps {

// softmax(q kT / sqrt(d) + bias) v. q, k, v [B, heads, points, d]; bias broadcasts to [B, heads, points, points].
inline at::Tensor attendWithBias(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& biasOfAnyType) {
  const auto bias = biasOfAnyType.to(q.scalar_type());
  // On the CPU no fused kernel gives the gradient of the bias.
  if (!q.is_cpu() || !bias.requires_grad()) return at::scaled_dot_product_attention(q, k, v, bias);
  const auto logits = at::matmul(q * (1.0 / std::sqrt(double(q.size(3)))), k.transpose(2, 3)) + bias;
  return at::matmul(at::softmax(logits, 3), v);
}

}  // namespace gps
