#include "core/nn/shiftedattention.h"

#include <ATen/ATen.h>

#include <array>

#include "core/nn/biasedattention.h"
#include "core/nn/windows.h"

namespace gps {

BiasSpread ShiftedAttention::spreadOver(std::int64_t window) {
  std::vector<std::int64_t> offsetOf;
  const auto points = window * window, side = 2 * window - 1;
  for (std::int64_t a = 0; a < points; ++a)
    for (std::int64_t b = 0; b < points; ++b)
      offsetOf.push_back((a / window - b / window + window - 1) * side + a % window - b % window + window - 1);
  return {offsetOf, side * side};
}

ShiftedAttention::ShiftedAttention(ParameterRegistry& registry, const Scope& scope, std::int64_t width, std::int64_t heads,
                                   std::int64_t window)
    : m_spread(spreadOver(window)),
      m_table(registry, scope, "relative_position_bias_table", {m_spread.relations(), heads}, ParameterRole::BiasTable),
      m_qkv(registry, scope, "qkv.", width, 3 * width, "qkv"),
      m_proj(registry, scope, "proj.", width, width, "proj"),
      m_heads(heads) {}

at::Tensor ShiftedAttention::forward(const at::Tensor& x, const at::Tensor& mask) const {
  const auto windows = x.size(0), points = x.size(1), width = x.size(2);
  const auto qkv = m_qkv.forward(x).view({windows, points, 3, m_heads, width / m_heads}).permute({2, 0, 3, 1, 4}).unbind(0);
  auto bias = m_spread.spread(m_table.value().t()).view({1, m_heads, points, points});
  if (mask.defined()) bias = (bias + mask.unsqueeze(1)).unsqueeze(0).expand({windows / mask.size(0), -1, -1, -1, -1}).flatten(0, 1);
  const auto attended = attendWithBias(qkv[0], qkv[1], qkv[2], bias);
  return m_proj.forward(attended.transpose(1, 2).reshape({windows, points, width}));
}

at::Tensor shiftMask(std::int64_t height, std::int64_t width, std::int64_t window, std::int64_t shift) {
  // Rolling brings the far edge beside the near one: three bands a direction, points of different bands do not see each other.
  const auto bands = [&](std::int64_t size) {
    auto band = at::zeros({size}, at::kFloat);
    band.narrow(0, size - window, window - shift).fill_(1);
    band.narrow(0, size - shift, shift).fill_(2);
    return band;
  };
  const auto region = (bands(height).view({-1, 1}) * 3 + bands(width).view({1, -1})).view({1, height, width, 1});
  const auto windows = partitionWindows(region, window).squeeze(2);
  const auto differs = windows.unsqueeze(1) != windows.unsqueeze(2);
  return differs.to(at::kFloat) * -100.0;
}

}  // namespace gps
