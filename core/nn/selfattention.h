#pragma once
#include "core/nn/linear.h"

namespace gps {

// ViT's attention of all tokens to all: qkv with all q rows first, then all k, all v, head-major inside each; proj.
class SelfAttention {
 public:
  SelfAttention(ParameterRegistry& registry, const Scope& scope, std::int64_t width, std::int64_t heads);
  // [B, tokens, width] -> attention of norm(x), same shape, and x; see Linear::forwardNormed
  Linear::Branch forwardNormed(const LayerNorm& norm, const at::Tensor& x) const;

 private:
  Linear m_qkv, m_proj;
  std::int64_t m_heads;
};

}  // namespace gps
