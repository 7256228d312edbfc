#pragma once
#include <ATen/core/Tensor.h>

namespace gps {

// softmax(q kᵀ / sqrt(d)) v of every head, from one tensor that holds q, k and v: qkv [B, tokens, 3, heads, d] -> [B, tokens, heads * d].
// On CUDA the gradient of qkv comes in one piece.
at::Tensor attendPacked(const at::Tensor& qkv);

}  // namespace gps
