#pragma once
// ConvNeXt as timm builds it (Liu et al. 2022).
#include <array>
#include <memory>
#include <vector>

#include "core/backbones/featureencoder.h"
#include "core/nn/conv.h"
#include "core/nn/droppath.h"
#include "core/nn/layerscale.h"
#include "core/nn/mlp.h"

namespace gps {

struct ConvNextConfig {
  std::array<std::int64_t, 4> depths{3, 3, 27, 3}, dims{128, 256, 512, 1024};
  std::int64_t mlpRatio = 4;
};

// 7x7 depthwise convolution, norm, MLP, layer scale, shortcut.
class ConvNextBlock {
 public:
  ConvNextBlock(ParameterRegistry& registry, const Scope& scope, std::int64_t width, std::int64_t mlpRatio, double depth);
  at::Tensor forward(const at::Tensor& x) const;  // [B, width, h, w]

 private:
  std::shared_ptr<NetworkState> m_state;
  DropPathBranch m_drop;
  LayerScale m_scale;
  Conv2d m_depthwise;
  LayerNorm m_norm;
  Mlp m_mlp;
};

class ConvNext : public FeatureEncoder {
 public:
  explicit ConvNext(ParameterRegistry& registry, const ConvNextConfig& config = {});
  at::Tensor features(const at::Tensor& images) const override;  // mean over the last map, then head.norm
  std::int64_t width() const override { return m_width; }

 private:
  struct Downsampling {
    Downsampling(ParameterRegistry& registry, const Scope& scope, std::int64_t in, std::int64_t out);
    LayerNorm norm;
    Conv2d conv;
  };
  std::shared_ptr<NetworkState> m_state;
  std::int64_t m_width;
  std::unique_ptr<Conv2d> m_stem;
  std::unique_ptr<LayerNorm> m_stemNorm, m_headNorm;
  std::array<std::unique_ptr<Downsampling>, 3> m_downsamplings;  // before stages 1 … 3
  std::array<std::vector<std::unique_ptr<ConvNextBlock>>, 4> m_stages;
};

}  // namespace gps
