#pragma once
#include <ATen/core/Tensor.h>

namespace gps {

// Attention by batched matrix products, for CUDA in fp32 and tf32, where no fused kernel uses the matrix units: the matrix of all pairs is
// made for some heads at a time, and again in the backward, which is given in one piece and in a fixed order.
bool canAttendByPairs(const at::Tensor& qkv);
// softmax(q kᵀ / sqrt(d) + relative) v: qkv [B, points, 3, heads, d] -> [B, points, heads * d]. byRow, byColumn: [side, side, d], entry (i, j)
// what a query of row (column) i multiplies for keys of row (column) j, frozen, side * side = points; undefined: nothing relative.
at::Tensor attendByPairs(const at::Tensor& qkv, const at::Tensor& byRow = {}, const at::Tensor& byColumn = {});

}  // namespace gps
