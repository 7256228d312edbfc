#pragma once
// SAM's plain ViT image encoder: windows with a few global blocks, decomposed relative positions, neck.
#include <memory>
#include <vector>

#include "core/backbones/imageencoder.h"
#include "core/backbones/neck.h"
#include "core/nn/mlp.h"
#include "core/nn/relativeattention.h"

namespace gps {

struct SamVitConfig {
  std::int64_t imageSize = 1024, patch = 16, dim = 768, depth = 12, heads = 12, window = 14, mlpRatio = 4, outChannels = 256;
  std::vector<std::int64_t> globalBlocks{2, 5, 8, 11};
  std::int64_t side() const { return imageSize / patch; }  // tokens
};

class SamVitBlock {
 public:
  // window 0: attention over the whole grid of `side` tokens.
  SamVitBlock(ParameterRegistry& registry, const Scope& scope, const SamVitConfig& config, std::int64_t window);
  at::Tensor forward(const at::Tensor& x) const;  // [B, h, w, dim]

 private:
  LayerNorm m_norm1;
  RelativeAttention m_attention;
  LayerNorm m_norm2;
  Mlp m_mlp;
  std::int64_t m_window;
};

class SamVit : public ImageEncoder {
 public:
  explicit SamVit(ParameterRegistry& registry, const SamVitConfig& config = {});
  at::Tensor forward(const at::Tensor& images) const override;

 private:
  std::shared_ptr<NetworkState> m_state;
  std::unique_ptr<Conv2d> m_patchEmbed;
  std::unique_ptr<Parameter> m_positions;  // [1, side, side, dim]
  std::vector<std::unique_ptr<SamVitBlock>> m_blocks;
  std::unique_ptr<Neck> m_neck;
};

}  // namespace gps
