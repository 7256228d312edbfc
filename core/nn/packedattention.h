#pragma once
#include <ATen/core/Tensor.h>

namespace gps {

// softmax(q kᵀ / sqrt(d)) v of every head, from one tensor that holds q, k and v: qkv [B, tokens, 3, heads, d] -> [B, tokens, heads * d].
// On CUDA qkv and, in bf16 and fp16, the result and one number a row are kept, and the gradient of qkv comes in one piece. A layer behind
// it may count on the result being kept.
at::Tensor attendPacked(const at::Tensor& qkv);

}  // namespace gps
