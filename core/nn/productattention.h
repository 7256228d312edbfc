#pragma once
#include <ATen/core/Tensor.h>

namespace gps {

// Attention by batched matrix products, for CUDA where no fused kernel serves: tf32, of which they make no use, and relative positions.
// The matrix of all pairs is made for some heads at a time, and again in the backward, which gives its gradient in one piece; sums have a
// fixed order. Logits and their gradient are fp32 in any type.
bool canAttendByPairs(const at::Tensor& qkv);
// softmax(q kᵀ / sqrt(d) + relative) v: qkv [B, points, 3, heads, d] -> [B, points, heads * d]. byRow, byColumn: [side, side, d], entry (i,
// j) what a query of row (column) i multiplies for keys of row (column) j, frozen, side * side = points; undefined: nothing relative.
at::Tensor attendByPairs(const at::Tensor& qkv, const at::Tensor& byRow = {}, const at::Tensor& byColumn = {});

}  // namespace gps
