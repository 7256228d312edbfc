#pragma once
#include "core/nn/linear.h"

namespace gps {

// Attention with a projection of its own for queries, keys and values, as in SAM's mask decoder.
class ProjectedAttention {
 public:
  // width -> inner (all heads together) -> width
  ProjectedAttention(ParameterRegistry& registry, const Scope& scope, std::int64_t width, std::int64_t inner, std::int64_t heads,
                     const std::string& kind);
  // q [B, n, width], k and v [B, m, width] -> [B, n, width]
  at::Tensor forward(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v) const;

 private:
  Linear m_q, m_k, m_v, m_out;
  std::int64_t m_heads;
};

}  // namespace gps
