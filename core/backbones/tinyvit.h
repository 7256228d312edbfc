#pragma once
// TinyViT with SAM's neck: the image encoder of MobileSAM and LiteMedSAM.
#include <array>
#include <memory>
#include <vector>

#include "core/backbones/imageencoder.h"
#include "core/backbones/neck.h"
#include "core/nn/mlp.h"
#include "core/nn/windowattention.h"

namespace gps {

struct TinyVitConfig {
  std::array<std::int64_t, 4> dims{64, 128, 160, 320}, depths{2, 2, 6, 2}, heads{2, 4, 5, 10}, windows{7, 7, 14, 7};
  bool stridedStem = false;                           // two 3x3 stride 2 (mobile_sam), else two 1x1 stride 1 (lite_medsam)
  std::array<std::int64_t, 3> mergeStrides{2, 2, 1};  // the last merge keeps the resolution: its output is 320 wide
  std::int64_t expansion = 4, mlpRatio = 4, outChannels = 256;
  // Input pixels per side of one embedding pixel.
  std::int64_t reduction() const { return (stridedStem ? 4 : 1) * mergeStrides[0] * mergeStrides[1] * mergeStrides[2]; }
};

// 1x1 to width * expansion, 3x3 depthwise, 1x1 back, shortcut; GELU between and after.
class MbConv {
 public:
  MbConv(ParameterRegistry& registry, const Scope& scope, std::int64_t width, std::int64_t hidden);
  at::Tensor forward(const at::Tensor& x) const;  // [B, width, h, w]

 private:
  Conv2d m_conv1, m_conv2, m_conv3;
};

// Between two stages: 1x1 to the next width, 3x3 depthwise with the stride, 1x1.
class PatchMerging {
 public:
  PatchMerging(ParameterRegistry& registry, const Scope& scope, std::int64_t in, std::int64_t out, std::int64_t stride);
  at::Tensor forward(const at::Tensor& x) const;  // [B, in, h, w] -> [B, out, h / stride, w / stride]

 private:
  Conv2d m_conv1, m_conv2, m_conv3;
};

// Window attention, 3x3 depthwise convolution, MLP.
class TinyVitBlock {
 public:
  TinyVitBlock(ParameterRegistry& registry, const Scope& scope, std::int64_t width, std::int64_t heads, std::int64_t window,
               std::int64_t mlpHidden);
  at::Tensor forward(const at::Tensor& x) const;  // [B, width, h, w]

 private:
  WindowAttention m_attention;
  Conv2d m_localConv;
  LayerNorm m_mlpNorm;
  Mlp m_mlp;
  std::int64_t m_window;
};

class TinyVit : public ImageEncoder {
 public:
  explicit TinyVit(ParameterRegistry& registry, const TinyVitConfig& config = {});
  at::Tensor forward(const at::Tensor& images) const override;

 private:
  std::shared_ptr<NetworkState> m_state;
  std::unique_ptr<Conv2d> m_stem1, m_stem2;
  std::vector<std::unique_ptr<MbConv>> m_convBlocks;                   // stage 0
  std::array<std::vector<std::unique_ptr<TinyVitBlock>>, 3> m_blocks;  // stages 1 … 3
  std::array<std::unique_ptr<PatchMerging>, 3> m_merges;               // after stages 0 … 2
  std::unique_ptr<Neck> m_neck;
};

}  // namespace gps
