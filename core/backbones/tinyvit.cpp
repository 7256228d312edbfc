#include "core/backbones/tinyvit.h"

#include "core/nn/recompute.h"
#include "core/nn/windows.h"

namespace gps {

namespace {

ConvShape pointwise(std::int64_t in, std::int64_t out) { return {in, out}; }
ConvShape depthwise(std::int64_t width, std::int64_t stride = 1) { return {width, width, 3, stride, 1, width}; }

Scope encoderScope(const std::string& prefix, const std::string& block) {
  Scope scope;
  scope.prefix = "image_encoder." + prefix;
  scope.block = block;
  return scope;
}

}  // namespace

MbConv::MbConv(ParameterRegistry& registry, const Scope& scope, std::int64_t width, std::int64_t hidden)
    : m_conv1(registry, scope, "conv1.", pointwise(width, hidden), "conv", Conv2d::Tail::BatchNorm),
      m_conv2(registry, scope, "conv2.", depthwise(hidden), "dwconv", Conv2d::Tail::BatchNorm),
      m_conv3(registry, scope, "conv3.", pointwise(hidden, width), "conv", Conv2d::Tail::BatchNorm) {}

at::Tensor MbConv::forward(const at::Tensor& x) const {
  return at::gelu(m_conv3.forward(m_conv2.forward(m_conv1.forward(x), Activation::Gelu), Activation::Gelu) + x);
}

PatchMerging::PatchMerging(ParameterRegistry& registry, const Scope& scope, std::int64_t in, std::int64_t out, std::int64_t stride)
    : m_conv1(registry, scope, "conv1.", pointwise(in, out), "downsample", Conv2d::Tail::BatchNorm),
      m_conv2(registry, scope, "conv2.", depthwise(out, stride), "downsample", Conv2d::Tail::BatchNorm),
      m_conv3(registry, scope, "conv3.", pointwise(out, out), "downsample", Conv2d::Tail::BatchNorm) {}

at::Tensor PatchMerging::forward(const at::Tensor& x) const {
  return m_conv3.forward(m_conv2.forward(m_conv1.forward(x), Activation::Gelu), Activation::Gelu);
}

TinyVitBlock::TinyVitBlock(ParameterRegistry& registry, const Scope& scope, std::int64_t width, std::int64_t heads, std::int64_t window,
                           std::int64_t mlpHidden)
    : m_attention(registry, scope.at("attn."), width, heads, window),
      m_localConv(registry, scope, "local_conv.", depthwise(width), "dwconv", Conv2d::Tail::BatchNorm),
      m_mlpNorm(registry, scope, "mlp.norm.", width, 1e-5),
      m_mlp(registry, scope, "mlp.fc1.", "mlp.fc2.", width, mlpHidden),
      m_window(window) {}

at::Tensor TinyVitBlock::forward(const at::Tensor& x) const {
  const auto tokens = x.permute({0, 2, 3, 1});  // the norm stands behind the padding, so padded tokens are its bias
  const auto attended = joinWindowsOnto(tokens, m_attention.forward(partitionWindows(tokens, m_window)), m_window);
  const auto mixed = m_localConv.forward(attended.permute({0, 3, 1, 2})).permute({0, 2, 3, 1});
  const auto [changed, from] = m_mlp.forwardNormed(m_mlpNorm, mixed);
  return (from + changed).permute({0, 3, 1, 2});
}

TinyVit::TinyVit(ParameterRegistry& registry, const TinyVitConfig& config) : m_state(registry.state()) {
  const auto stem = encoderScope("patch_embed.seq.", "patch_embed");
  const auto stemShape = [&](std::int64_t in, std::int64_t out) {
    return config.stridedStem ? ConvShape{in, out, 3, 2, 1} : pointwise(in, out);
  };
  m_stem1 = std::make_unique<Conv2d>(registry, stem, "0.", stemShape(3, config.dims[0] / 2), "patch", Conv2d::Tail::BatchNorm);
  m_stem2 = std::make_unique<Conv2d>(registry, stem, "2.", stemShape(config.dims[0] / 2, config.dims[0]), "patch", Conv2d::Tail::BatchNorm);
  for (std::size_t stage = 0; stage < 4; ++stage) {
    const auto number = std::to_string(stage), prefix = "layers." + number + ".";
    const auto width = config.dims[stage];
    for (std::int64_t i = 0; i < config.depths[stage]; ++i) {
      const auto scope = encoderScope(prefix + "blocks." + std::to_string(i) + ".", number + "." + std::to_string(i));
      if (stage == 0)
        m_convBlocks.push_back(std::make_unique<MbConv>(registry, scope, width, width * config.expansion));
      else
        m_blocks[stage - 1].push_back(
            std::make_unique<TinyVitBlock>(registry, scope, width, config.heads[stage], config.windows[stage], width * config.mlpRatio));
    }
    if (stage < 3)
      m_merges[stage] = std::make_unique<PatchMerging>(registry, encoderScope(prefix + "downsample.", "downsample." + number), width,
                                                       config.dims[stage + 1], config.mergeStrides[stage]);
  }
  m_neck = std::make_unique<Neck>(registry, encoderScope("", ""), config.dims[3], config.outChannels, ParameterRole::NormBias);
}

at::Tensor TinyVit::forward(const at::Tensor& images) const {
  // Blocks see pictures as tokens: with the channels side by side they are both.
  const auto pictures = images.is_cuda() ? images.contiguous(at::MemoryFormat::ChannelsLast) : images;
  auto x = m_stem2->forward(m_stem1->forward(pictures), Activation::Gelu);
  for (const auto& block : m_convBlocks) x = recomputed(m_state, x, [&](const at::Tensor& t) { return block->forward(t); });
  for (std::size_t stage = 1; stage < 4; ++stage) {
    x = m_merges[stage - 1]->forward(x);
    for (const auto& block : m_blocks[stage - 1]) x = recomputed(m_state, x, [&](const at::Tensor& t) { return block->forward(t); });
  }
  return m_neck->forward(x);
}

}  // namespace gps
