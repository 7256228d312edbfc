#pragma once
// SAM's mask decoder: tokens and picture attend to each other twice, then every mask token paints its mask.
#include <memory>
#include <vector>

#include "core/nn/conv.h"
#include "core/nn/mlp.h"
#include "core/nn/projectedattention.h"

namespace gps {

struct MaskDecoderConfig {
  std::int64_t dim = 256, heads = 8, depth = 2, mlpHidden = 2048, iouHidden = 256;
};

// Tokens attend to themselves and to the picture, pass an MLP, and the picture attends to them.
class TwoWayBlock {
 public:
  TwoWayBlock(ParameterRegistry& registry, const Scope& scope, const MaskDecoderConfig& config, bool isFirst);
  // tokens [B, n, dim], picture [B, h * w, dim]; positions of the same shapes are added to queries and keys.
  void forward(at::Tensor& tokens, at::Tensor& picture, const at::Tensor& tokenPositions, const at::Tensor& picturePositions) const;

 private:
  ProjectedAttention m_self;
  LayerNorm m_norm1;
  ProjectedAttention m_tokenToPicture;
  LayerNorm m_norm2;
  Mlp m_mlp;
  LayerNorm m_norm3;
  ProjectedAttention m_pictureToToken;
  LayerNorm m_norm4;
  bool m_isFirst;
};

// Three linear layers with ReLU between.
class ThreeLayerMlp {
 public:
  ThreeLayerMlp(ParameterRegistry& registry, const Scope& scope, std::int64_t in, std::int64_t hidden, std::int64_t out);
  at::Tensor forward(const at::Tensor& x) const;

 private:
  Linear m_first, m_second, m_third;
};

class MaskDecoder {
 public:
  struct Output {
    at::Tensor logits;  // [B, 1 or 3, 4h, 4w]
    at::Tensor iou;     // [B, 1 or 3], predicted quality; undefined if not asked for
  };
  enum class Masks { Single, Three };  // mask token 0, or tokens 1 … 3

  explicit MaskDecoder(ParameterRegistry& registry, const MaskDecoderConfig& config = {});
  const MaskDecoderConfig& config() const { return m_config; }
  // embedding [B, dim, h, w]; positions [1, dim, h, w]; sparse [B or 1, n, dim]; dense [1, dim, 1, 1] or [B, dim, h, w].
  Output forward(const at::Tensor& embedding, const at::Tensor& positions, const at::Tensor& sparse, const at::Tensor& dense, Masks masks,
                 bool withIou) const;

 private:
  static constexpr int kMaskTokens = 4;
  MaskDecoderConfig m_config;
  Parameter m_iouToken, m_maskTokens;
  std::vector<std::unique_ptr<TwoWayBlock>> m_blocks;
  std::unique_ptr<ProjectedAttention> m_finalAttention;
  std::unique_ptr<LayerNorm> m_finalNorm;
  std::unique_ptr<ConvTranspose2d> m_upscale0;
  std::unique_ptr<LayerNorm> m_upscaleNorm;
  std::unique_ptr<ConvTranspose2d> m_upscale3;
  std::vector<std::unique_ptr<ThreeLayerMlp>> m_hypernetworks;
  std::unique_ptr<ThreeLayerMlp> m_iouHead;
};

}  // namespace gps
