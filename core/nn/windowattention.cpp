#include "core/nn/windowattention.h"

#include <ATen/ATen.h>

#include <cmath>
#include <map>

#include "core/nn/biasedattention.h"
#include "core/nn/cudaattention.h"

namespace gps {

BiasSpread AttentionBiasTable::spreadOver(std::int64_t window) {
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> numbers;
  std::vector<std::int64_t> distanceOf;
  const auto points = window * window;
  for (std::int64_t a = 0; a < points; ++a)
    for (std::int64_t b = 0; b < points; ++b) {
      const auto key = std::pair(std::abs(a / window - b / window), std::abs(a % window - b % window));
      distanceOf.push_back(numbers.emplace(key, std::int64_t(numbers.size())).first->second);
    }
  return {distanceOf, std::int64_t(numbers.size())};
}

AttentionBiasTable::AttentionBiasTable(ParameterRegistry& registry, const Scope& scope, std::int64_t heads, std::int64_t window)
    : m_spread(spreadOver(window)),
      m_values(registry, scope, "attention_biases", {heads, m_spread.relations()}, ParameterRole::BiasTable),
      m_points(window * window) {}

at::Tensor AttentionBiasTable::bias() const { return m_spread.spread(m_values.value()).view({-1, m_points, m_points}); }

WindowAttention::WindowAttention(ParameterRegistry& registry, const Scope& scope, std::int64_t width, std::int64_t heads,
                                 std::int64_t window)
    : m_norm(registry, scope, "norm.", width, 1e-5),
      m_qkv(registry, scope, "qkv.", width, 3 * width, "qkv"),
      m_bias(registry, scope, heads, window),
      m_proj(registry, scope, "proj.", width, width, "proj"),
      m_heads(heads) {}

at::Tensor WindowAttention::forward(const at::Tensor& x) const {
  const auto windows = x.size(0), points = x.size(1), width = x.size(2);
  const auto together = m_qkv.forward(m_norm.forward(x));
  if (canAttendByProducts(together, m_heads)) return m_proj.forward(attendByProducts(together, m_bias.bias(), m_heads));
  const auto qkv = together.view({windows, points, m_heads, 3, width / m_heads}).permute({3, 0, 2, 1, 4}).unbind(0);
  const auto bias = m_bias.bias().unsqueeze(0);
  const auto attended = attendWithBias(qkv[0], qkv[1], qkv[2], bias);
  return m_proj.forward(attended.transpose(1, 2).reshape({windows, points, width}));
}

}  // namespace gps
