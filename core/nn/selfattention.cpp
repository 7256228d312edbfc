#include "core/nn/selfattention.h"

#include <ATen/ATen.h>

#include "core/nn/packedattention.h"

namespace gps {

SelfAttention::SelfAttention(ParameterRegistry& registry, const Scope& scope, std::int64_t width, std::int64_t heads)
    : m_qkv(registry, scope, "qkv.", width, 3 * width, "qkv"), m_proj(registry, scope, "proj.", width, width, "proj"), m_heads(heads) {}

Linear::Branch SelfAttention::forwardNormed(const LayerNorm& norm, const at::Tensor& x) const {
  const auto batch = x.size(0), tokens = x.size(1), width = x.size(2);
  const auto [qkv, shortcut] = m_qkv.forwardNormed(norm, x);
  return {m_proj.forwardShared(attendPacked(qkv.view({batch, tokens, 3, m_heads, width / m_heads}))), shortcut};
}

}  // namespace gps
