#include "core/backbones/convnext.h"

#include <ATen/ATen.h>

#include <numeric>

#include "core/nn/recompute.h"

namespace gps {

ConvNextBlock::ConvNextBlock(ParameterRegistry& registry, const Scope& scope, std::int64_t width, std::int64_t mlpRatio, double depth)
    : m_state(registry.state()),
      m_drop(addDropPathBranch(*m_state, depth)),
      m_scale(registry, scope, "gamma", width),
      m_depthwise(registry, scope, "conv_dw.", ConvShape{width, width, 7, 1, 3, width}, "dwconv", Conv2d::Tail::Bias),
      m_norm(registry, scope, "norm.", width, 1e-6),
      m_mlp(registry, scope, "mlp.fc1.", "mlp.fc2.", width, width * mlpRatio) {}

at::Tensor ConvNextBlock::forward(const at::Tensor& x) const {
  const auto mixed = m_depthwise.forward(x).permute({0, 2, 3, 1});
  const auto branch = m_scale.forward(m_mlp.forwardNormed(m_norm, mixed).y);
  return x + dropPath(*m_state, m_drop, branch).permute({0, 3, 1, 2});
}

ConvNext::Downsampling::Downsampling(ParameterRegistry& registry, const Scope& scope, std::int64_t in, std::int64_t out)
    : norm(registry, scope, "0.", in, 1e-6), conv(registry, scope, "1.", ConvShape{in, out, 2, 2}, "downsample", Conv2d::Tail::Bias) {}

ConvNext::ConvNext(ParameterRegistry& registry, const ConvNextConfig& c) : m_state(registry.state()), m_width(c.dims[3]) {
  m_stem =
      std::make_unique<Conv2d>(registry, Scope{"stem.", "patch_embed"}, "0.", ConvShape{3, c.dims[0], 4, 4}, "stem", Conv2d::Tail::Bias);
  m_stemNorm = std::make_unique<LayerNorm>(registry, Scope{"stem.", "patch_embed"}, "1.", c.dims[0], 1e-6);
  const auto blocks = std::accumulate(c.depths.begin(), c.depths.end(), std::int64_t{0});
  std::int64_t number = 0;
  for (std::size_t stage = 0; stage < 4; ++stage) {
    const auto name = std::to_string(stage), prefix = "stages." + name + ".";
    if (stage > 0) {
      const auto before = "downsample." + std::to_string(stage - 1);
      m_downsamplings[stage - 1] =
          std::make_unique<Downsampling>(registry, Scope{prefix + "downsample.", before}, c.dims[stage - 1], c.dims[stage]);
    }
    for (std::int64_t i = 0; i < c.depths[stage]; ++i, ++number) {
      const auto scope = Scope{prefix + "blocks." + std::to_string(i) + ".", name + "." + std::to_string(i)};
      const double depth = blocks > 1 ? double(number) / double(blocks - 1) : 0;
      m_stages[stage].push_back(std::make_unique<ConvNextBlock>(registry, scope, c.dims[stage], c.mlpRatio, depth));
    }
  }
  m_headNorm = std::make_unique<LayerNorm>(registry, Scope{"head.", "norm"}, "norm.", m_width, 1e-6);
}

at::Tensor ConvNext::features(const at::Tensor& images) const {
  auto x = m_stemNorm->forwardChannelsFirst(m_stem->forward(images));
  for (std::size_t stage = 0; stage < 4; ++stage) {
    if (stage > 0) {
      const auto& d = *m_downsamplings[stage - 1];
      x = d.conv.forward(d.norm.forwardChannelsFirst(x));
    }
    for (const auto& block : m_stages[stage]) x = recomputed(m_state, x, [&](const at::Tensor& t) { return block->forward(t); });
  }
  return m_headNorm->forward(x.mean({2, 3}));
}

}  // namespace gps
