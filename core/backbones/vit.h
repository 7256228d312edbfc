#pragma once
// Vision Transformer as timm builds it (Dosovitskiy et al. 2021), with layer scale for DINOv2.
#include <memory>
#include <vector>

#include "core/backbones/featureencoder.h"
#include "core/nn/conv.h"
#include "core/nn/droppath.h"
#include "core/nn/layerscale.h"
#include "core/nn/mlp.h"
#include "core/nn/selfattention.h"

namespace gps {

struct VitConfig {
  std::int64_t imageSize = 224, patch = 16, dim = 768, depth = 12, heads = 12, mlpRatio = 4;
  bool layerScale = false;
  std::int64_t side() const { return imageSize / patch; }  // tokens
};

class VitBlock {
 public:
  VitBlock(ParameterRegistry& registry, const Scope& scope, const VitConfig& config, std::int64_t number);
  at::Tensor forward(const at::Tensor& x) const;  // [B, tokens, dim]

 private:
  std::shared_ptr<NetworkState> m_state;
  DropPathBranch m_drop1, m_drop2;
  LayerNorm m_norm1;
  SelfAttention m_attention;
  std::unique_ptr<LayerScale> m_scale1;
  LayerNorm m_norm2;
  Mlp m_mlp;
  std::unique_ptr<LayerScale> m_scale2;
};

class Vit : public FeatureEncoder {
 public:
  explicit Vit(ParameterRegistry& registry, const VitConfig& config = {});
  at::Tensor features(const at::Tensor& images) const override;  // the class token
  std::int64_t width() const override { return m_width; }
  // All tokens behind the last norm, [B, 1 + side², dim].
  at::Tensor tokens(const at::Tensor& images) const;

 private:
  at::Tensor trunk(const at::Tensor& images) const;  // tokens before the last norm
  std::shared_ptr<NetworkState> m_state;
  std::int64_t m_width;
  Parameter m_classToken;  // [1, 1, dim]
  Parameter m_positions;   // [1, 1 + side², dim]
  Conv2d m_patchEmbed;
  std::vector<std::unique_ptr<VitBlock>> m_blocks;
  LayerNorm m_norm;
};

}  // namespace gps
