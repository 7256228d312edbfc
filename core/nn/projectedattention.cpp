#include "core/nn/projectedattention.h"

#include <algorithm>
#include <cmath>

namespace gps {

ProjectedAttention::ProjectedAttention(ParameterRegistry& registry, const Scope& scope, std::int64_t width, std::int64_t inner,
                                       std::int64_t heads, const std::string& kind)
    : m_q(registry, scope, "q_proj.", width, inner, kind),
      m_k(registry, scope, "k_proj.", width, inner, kind),
      m_v(registry, scope, "v_proj.", width, inner, kind),
      m_out(registry, scope, "out_proj.", inner, width, kind),
      m_heads(heads) {}

at::Tensor ProjectedAttention::forward(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v) const {
  const auto heads = [&](const at::Tensor& x) { return x.view({x.size(0), x.size(1), m_heads, -1}).transpose(1, 2); };
  const auto queries = heads(m_q.forward(q)), keys = heads(m_k.forward(k)), values = heads(m_v.forward(v));
  at::Tensor attended;
  // Between a picture and a handful of tokens the probabilities are small, and fused kernels have nothing to gain on a GPU.
  if (q.is_cuda() && std::min(q.size(1), k.size(1)) <= 64) {
    const auto scale = 1.0 / std::sqrt(double(queries.size(3)));
    attended = at::matmul(at::softmax(at::matmul(queries * scale, keys.transpose(2, 3)), 3), values);
  } else {
    attended = at::scaled_dot_product_attention(queries, keys, values);
  }
  return m_out.forward(attended.transpose(1, 2).flatten(2));
}

}  // namespace gps
