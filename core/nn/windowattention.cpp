#include "core/nn/windowattention.h"

#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/nn/cudaattention.h"

namespace gps {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Spread [heads, distances] over pairs; the backward gathers the pairs of each distance and sums them, where torch's own
// would add atomically on a GPU.
struct SpreadFunction : torch::autograd::Function<SpreadFunction> {
  static at::Tensor forward(AutogradContext* ctx, const at::Tensor& values, const at::Tensor& distanceOf, const at::Tensor& pairsOf) {
    ctx->save_for_backward({pairsOf});
    ctx->saved_data["distances"] = values.size(1);
    return values.index_select(1, distanceOf);
  }
  static variable_list backward(AutogradContext* ctx, variable_list outputs) {
    const auto pairsOf = ctx->get_saved_variables()[0];
    const auto distances = ctx->saved_data["distances"].toInt();
    const auto padded = at::constant_pad_nd(outputs[0], {0, 1}, 0);
    return {padded.index_select(1, pairsOf).view({padded.size(0), distances, -1}).sum(2), {}, {}};
  }
};

}  // namespace

AttentionBiasTable::Tables AttentionBiasTable::makeTables(std::int64_t window) {
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> numbers;
  std::vector<std::int64_t> distanceOf;
  std::vector<std::vector<std::int64_t>> pairs;
  const auto points = window * window;
  for (std::int64_t a = 0; a < points; ++a)
    for (std::int64_t b = 0; b < points; ++b) {
      const auto key = std::pair(std::abs(a / window - b / window), std::abs(a % window - b % window));
      const auto number = numbers.emplace(key, std::int64_t(numbers.size())).first->second;
      if (number == std::int64_t(pairs.size())) pairs.emplace_back();
      pairs[std::size_t(number)].push_back(std::int64_t(distanceOf.size()));
      distanceOf.push_back(number);
    }
  std::size_t most = 0;
  for (const auto& p : pairs) most = std::max(most, p.size());
  std::vector<std::int64_t> pairsOf;
  for (auto& p : pairs) {
    p.resize(most, std::int64_t(distanceOf.size()));
    pairsOf.insert(pairsOf.end(), p.begin(), p.end());
  }
  return {DeviceTable(at::tensor(distanceOf, at::kLong)), DeviceTable(at::tensor(pairsOf, at::kLong)), std::int64_t(pairs.size())};
}

AttentionBiasTable::AttentionBiasTable(ParameterRegistry& registry, const Scope& scope, std::int64_t heads, std::int64_t window)
    : m_tables(makeTables(window)),
      m_values(registry, scope, "attention_biases", {heads, m_tables.distances}, ParameterRole::BiasTable),
      m_points(window * window) {}

at::Tensor AttentionBiasTable::bias() const {
  const auto& values = m_values.value();
  return SpreadFunction::apply(values, m_tables.distanceOf.on(values), m_tables.pairsOf.on(values)).view({-1, m_points, m_points});
}

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
  const auto qkv = together.view({windows, points, m_heads, 3, width / m_heads}).permute({3, 0, 2, 1, 4});
  const auto bias = m_bias.bias().unsqueeze(0);
  at::Tensor attended;
  if (x.is_cpu() && bias.requires_grad()) {  // no fused kernel there gives the gradient of the bias
    const auto logits = at::matmul(qkv[0] * (1.0 / std::sqrt(double(qkv.size(4)))), qkv[1].transpose(2, 3)) + bias;
    attended = at::matmul(at::softmax(logits, 3), qkv[2]);
  } else {
    attended = at::scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], bias);
  }
  return m_proj.forward(attended.transpose(1, 2).reshape({windows, points, width}));
}

}  // namespace gps
