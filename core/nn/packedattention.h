#pragma once
#include <ATen/core/Tensor.h>

namespace gps {

// softmax(q kᵀ / sqrt(d)) v of every head, from one tensor that holds q, k and v: qkv [B, tokens, 3, heads, d] -> [B, tokens, heads * d].
// On CUDA by fused kernels that keep qkv, the result and one number a row, and write the gradient of qkv in one piece; the result is kept
// there in any case, so that a layer behind it need not keep it again.
at::Tensor attendPacked(const at::Tensor& qkv);

}  // namespace gps
