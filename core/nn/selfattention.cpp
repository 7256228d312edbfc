#include "core/nn/selfattention.h"

#include <ATen/ATen.h>

namespace gps {

SelfAttention::SelfAttention(ParameterRegistry& registry, const Scope& scope, std::int64_t width, std::int64_t heads)
    : m_qkv(registry, scope, "qkv.", width, 3 * width, "qkv"), m_proj(registry, scope, "proj.", width, width, "proj"), m_heads(heads) {}

at::Tensor SelfAttention::forward(const at::Tensor& x) const {
  const auto batch = x.size(0), tokens = x.size(1), width = x.size(2);
  const auto qkv = m_qkv.forward(x).view({batch, tokens, 3, m_heads, width / m_heads}).permute({2, 0, 3, 1, 4});
  const auto attended = at::scaled_dot_product_attention(qkv[0], qkv[1], qkv[2]);
  return m_proj.forward(attended.transpose(1, 2).reshape({batch, tokens, width}));
}

}  // namespace gps
