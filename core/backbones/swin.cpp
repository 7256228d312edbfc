#include "core/backbones/swin.h"

#include <ATen/ATen.h>

#include <numeric>

#include "core/nn/recompute.h"
#include "core/nn/windows.h"

namespace gps {

namespace {

std::int64_t upToMultiple(std::int64_t side, std::int64_t window) { return (side + window - 1) / window * window; }

}  // namespace

SwinBlock::SwinBlock(ParameterRegistry& registry, const Scope& scope, std::int64_t width, std::int64_t heads, const SwinConfig& c,
                     std::int64_t side, std::int64_t shift, double depth)
    : m_state(registry.state()),
      m_drop1(addDropPathBranch(*m_state, depth)),
      m_drop2(addDropPathBranch(*m_state, depth)),
      m_window(c.window),
      m_shift(shift),
      m_norm1(registry, scope, "norm1.", width, 1e-5),
      m_attention(registry, scope.at("attn."), width, heads, c.window),
      m_norm2(registry, scope, "norm2.", width, 1e-5),
      m_mlp(registry, scope, "mlp.fc1.", "mlp.fc2.", width, width * c.mlpRatio) {
  const auto padded = upToMultiple(side, c.window);
  if (shift > 0) m_mask = DeviceTable(shiftMask(padded, padded, c.window, shift));
}

at::Tensor SwinBlock::attend(const at::Tensor& x) const {
  const auto height = x.size(1), width = x.size(2);
  if (m_shift == 0) return joinWindows(m_attention.forward(partitionWindows(x, m_window), {}), m_window, height, width);
  const auto rolled = x.roll({-m_shift, -m_shift}, {1, 2});
  const auto attended = m_attention.forward(partitionWindows(rolled, m_window), m_mask.on(x));
  return joinWindows(attended, m_window, height, width).roll({m_shift, m_shift}, {1, 2});
}

at::Tensor SwinBlock::forward(const at::Tensor& x) const {
  const auto y = x + dropPath(*m_state, m_drop1, attend(m_norm1.forward(x)));
  const auto [mixed, from] = m_mlp.forwardNormed(m_norm2, y);
  return from + dropPath(*m_state, m_drop2, mixed);
}

SwinMerging::SwinMerging(ParameterRegistry& registry, const Scope& scope, std::int64_t width)
    : m_norm(registry, scope, "norm.", 4 * width, 1e-5),
      m_reduction(registry, scope, "reduction.", 4 * width, 2 * width, "downsample", false) {}

at::Tensor SwinMerging::forward(const at::Tensor& x) const {
  const auto batch = x.size(0), height = x.size(1) / 2, width = x.size(2) / 2;
  // Order of the neighbours (row, column): (0, 0), (1, 0), (0, 1), (1, 1).
  const auto together = x.view({batch, height, 2, width, 2, x.size(3)}).permute({0, 1, 3, 4, 2, 5}).reshape({batch, height, width, -1});
  return m_reduction.forward(m_norm.forward(together));
}

Swin::Swin(ParameterRegistry& registry, const SwinConfig& c) : m_state(registry.state()), m_width(c.dim * 8) {
  m_patchEmbed = std::make_unique<Conv2d>(registry, Scope{"patch_embed.", "patch_embed"}, "proj.", ConvShape{3, c.dim, c.patch, c.patch},
                                          "patch", Conv2d::Tail::Bias);
  m_patchNorm = std::make_unique<LayerNorm>(registry, Scope{"patch_embed.", "patch_embed"}, "norm.", c.dim, 1e-5);
  const auto blocks = std::accumulate(c.depths.begin(), c.depths.end(), std::int64_t{0});
  std::int64_t number = 0, width = c.dim, side = c.imageSize / c.patch;
  for (std::size_t stage = 0; stage < 4; ++stage) {
    const auto name = std::to_string(stage), prefix = "layers." + name + ".";
    if (stage > 0) {
      const auto before = "downsample." + std::to_string(stage - 1);
      m_merges[stage - 1] = std::make_unique<SwinMerging>(registry, Scope{prefix + "downsample.", before}, width);
      width *= 2;
      side /= 2;
    }
    for (std::int64_t i = 0; i < c.depths[stage]; ++i, ++number) {
      const auto scope = Scope{prefix + "blocks." + std::to_string(i) + ".", name + "." + std::to_string(i)};
      const bool isShifted = i % 2 == 1 && side > c.window;
      const double depth = blocks > 1 ? double(number) / double(blocks - 1) : 0;
      m_stages[stage].push_back(
          std::make_unique<SwinBlock>(registry, scope, width, c.heads[stage], c, side, isShifted ? c.window / 2 : 0, depth));
    }
  }
  m_norm = std::make_unique<LayerNorm>(registry, Scope{"", "norm"}, "norm.", m_width, 1e-5);
}

at::Tensor Swin::features(const at::Tensor& images) const {
  auto x = m_patchNorm->forward(m_patchEmbed->forward(images).permute({0, 2, 3, 1}));
  for (std::size_t stage = 0; stage < 4; ++stage) {
    if (stage > 0) x = m_merges[stage - 1]->forward(x);
    for (const auto& block : m_stages[stage]) x = recomputed(m_state, x, [&](const at::Tensor& t) { return block->forward(t); });
  }
  return m_norm->forward(x).mean({1, 2});
}

}  // namespace gps
