#include "core/backbones/samvit.h"

#include <algorithm>

#include "core/nn/recompute.h"
#include "core/nn/windows.h"

namespace gps {

static Scope samScope(const std::string& prefix, const std::string& block) {
  Scope scope;
  scope.prefix = "image_encoder." + prefix;
  scope.block = block;
  return scope;
}

SamVitBlock::SamVitBlock(ParameterRegistry& registry, const Scope& scope, const SamVitConfig& c, std::int64_t window)
    : m_norm1(registry, scope, "norm1.", c.dim, 1e-6),
      m_attention(registry, scope.at("attn."), c.dim, c.heads, window > 0 ? window : c.side()),
      m_norm2(registry, scope, "norm2.", c.dim, 1e-6),
      m_mlp(registry, scope, "mlp.lin1.", "mlp.lin2.", c.dim, c.dim * c.mlpRatio),
      m_window(window) {}

at::Tensor SamVitBlock::forward(const at::Tensor& x) const {
  const auto height = x.size(1), width = x.size(2);
  const auto normed = m_norm1.forward(x);
  const auto attended = m_window > 0 ? joinWindows(m_attention.forward(partitionWindows(normed, m_window)), m_window, height, width)
                                     : m_attention.forward(normed.flatten(1, 2)).reshape(x.sizes());
  const auto y = x + attended;
  const auto [mixed, from] = m_mlp.forwardNormed(m_norm2, y);
  return from + mixed;
}

SamVit::SamVit(ParameterRegistry& registry, const SamVitConfig& c) : m_state(registry.state()) {
  m_patchEmbed = std::make_unique<Conv2d>(registry, samScope("patch_embed.", "patch_embed"), "proj.", ConvShape{3, c.dim, c.patch, c.patch},
                                          "patch", Conv2d::Tail::Bias);
  m_positions = std::make_unique<Parameter>(registry, samScope("", "patch_embed"), "pos_embed",
                                            std::vector<std::int64_t>{1, c.side(), c.side(), c.dim}, ParameterRole::Embedding);
  for (std::int64_t i = 0; i < c.depth; ++i) {
    const bool isGlobal = std::find(c.globalBlocks.begin(), c.globalBlocks.end(), i) != c.globalBlocks.end();
    const auto number = std::to_string(i);
    m_blocks.push_back(std::make_unique<SamVitBlock>(registry, samScope("blocks." + number + ".", number), c, isGlobal ? 0 : c.window));
  }
  m_neck = std::make_unique<Neck>(registry, samScope("", ""), c.dim, c.outChannels, ParameterRole::NeckNormBias);
}

at::Tensor SamVit::forward(const at::Tensor& images) const {
  auto x = m_state->toStream(m_patchEmbed->forward(images).permute({0, 2, 3, 1}) + m_positions->value());
  for (const auto& block : m_blocks) x = recomputed(m_state, x, [&](const at::Tensor& t) { return block->forward(t); });
  return m_neck->forward(x.permute({0, 3, 1, 2}));
}

}  // namespace gps
