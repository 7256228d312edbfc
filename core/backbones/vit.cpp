#include "core/backbones/vit.h"

#include <ATen/ATen.h>

#include "core/nn/recompute.h"

namespace gps {

namespace {

std::unique_ptr<LayerScale> scaleIf(bool wanted, ParameterRegistry& registry, const Scope& scope, const std::string& name,
                                    std::int64_t width) {
  return wanted ? std::make_unique<LayerScale>(registry, scope, name, width) : nullptr;
}

}  // namespace

VitBlock::VitBlock(ParameterRegistry& registry, const Scope& scope, const VitConfig& c, std::int64_t number)
    : m_state(registry.state()),
      m_drop1(addDropPathBranch(*m_state, c.depth > 1 ? double(number) / double(c.depth - 1) : 0)),
      m_drop2(addDropPathBranch(*m_state, m_drop1.depth)),
      m_norm1(registry, scope, "norm1.", c.dim, 1e-6),
      m_attention(registry, scope.at("attn."), c.dim, c.heads),
      m_scale1(scaleIf(c.layerScale, registry, scope, "ls1.gamma", c.dim)),
      m_norm2(registry, scope, "norm2.", c.dim, 1e-6),
      m_mlp(registry, scope, "mlp.fc1.", "mlp.fc2.", c.dim, c.dim * c.mlpRatio),
      m_scale2(scaleIf(c.layerScale, registry, scope, "ls2.gamma", c.dim)) {}

at::Tensor VitBlock::forward(const at::Tensor& x) const {
  const auto scaled = [](const std::unique_ptr<LayerScale>& scale, const at::Tensor& t) { return scale ? scale->forward(t) : t; };
  const auto [attended, from1] = m_attention.forwardNormed(m_norm1, x);
  const auto y = from1 + dropPath(*m_state, m_drop1, scaled(m_scale1, attended));
  const auto [mixed, from2] = m_mlp.forwardNormed(m_norm2, y);
  return from2 + dropPath(*m_state, m_drop2, scaled(m_scale2, mixed));
}

Vit::Vit(ParameterRegistry& registry, const VitConfig& c)
    : m_state(registry.state()),
      m_width(c.dim),
      m_classToken(registry, Scope{"", "patch_embed"}, "cls_token", {1, 1, c.dim}, ParameterRole::Embedding),
      m_positions(registry, Scope{"", "patch_embed"}, "pos_embed", {1, 1 + c.side() * c.side(), c.dim}, ParameterRole::Embedding),
      m_patchEmbed(registry, Scope{"patch_embed.", "patch_embed"}, "proj.", ConvShape{3, c.dim, c.patch, c.patch}, "patch",
                   Conv2d::Tail::Bias),
      m_blocks([&] {
        std::vector<std::unique_ptr<VitBlock>> blocks;
        for (std::int64_t i = 0; i < c.depth; ++i) {
          const auto number = std::to_string(i);
          blocks.push_back(std::make_unique<VitBlock>(registry, Scope{"blocks." + number + ".", number}, c, i));
        }
        return blocks;
      }()),
      m_norm(registry, Scope{"", "norm"}, "norm.", c.dim, 1e-6) {}

at::Tensor Vit::trunk(const at::Tensor& images) const {
  const auto patches = m_patchEmbed.forward(images).flatten(2).transpose(1, 2);
  const auto embedded = at::cat({m_classToken.value().expand({images.size(0), -1, -1}), patches}, 1) + m_positions.value();
  auto x = m_state->toStream(embedded);
  for (const auto& block : m_blocks) x = recomputed(m_state, x, [&](const at::Tensor& t) { return block->forward(t); });
  return x;
}

at::Tensor Vit::tokens(const at::Tensor& images) const { return m_norm.forward(trunk(images)); }

at::Tensor Vit::features(const at::Tensor& images) const { return m_norm.forward(trunk(images).select(1, 0)); }

}  // namespace gps
