#pragma once
#include <ATen/core/Tensor.h>

namespace gps {

// Attention inside windows by batched matrix products, for CUDA: faster than fused attention where windows are small. The backward
// computes the probabilities again. Sums have a fixed order.
bool canAttendByProducts(const at::Tensor& qkv, std::int64_t heads);
// qkv [windows, points, heads * 3 * d], q, k, v of a head side by side; bias [heads, points, points] -> [windows, points, heads * d]
at::Tensor attendByProducts(const at::Tensor& qkv, const at::Tensor& bias, std::int64_t heads);

}  // namespace gps
