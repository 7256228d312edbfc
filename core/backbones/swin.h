#pragma once
// Swin Transformer as timm builds it (Liu et al. 2021): windows of 7, every other block shifted by 3.
#include <array>
#include <memory>
#include <vector>

#include "core/backbones/featureencoder.h"
#include "core/nn/conv.h"
#include "core/nn/droppath.h"
#include "core/nn/mlp.h"
#include "core/nn/shiftedattention.h"

namespace gps {

struct SwinConfig {
  std::int64_t imageSize = 224, patch = 4, dim = 128, window = 7, mlpRatio = 4;
  std::array<std::int64_t, 4> depths{2, 2, 18, 2}, heads{4, 8, 16, 32};
};

class SwinBlock {
 public:
  // side: of the map in points; shift: of the windows, 0 where one window holds the whole map;
  // depth: its place, 0 … 1, for drop-path.
  SwinBlock(ParameterRegistry& registry, const Scope& scope, std::int64_t width, std::int64_t heads, const SwinConfig& config,
            std::int64_t side, std::int64_t shift, double depth);
  at::Tensor forward(const at::Tensor& x) const;  // [B, side, side, width]

 private:
  at::Tensor attend(const at::Tensor& x) const;
  std::shared_ptr<NetworkState> m_state;
  DropPathBranch m_drop1, m_drop2;
  std::int64_t m_window, m_shift;
  DeviceTable m_mask;  // [windows, window², window²]; none without shift
  LayerNorm m_norm1;
  ShiftedAttention m_attention;
  LayerNorm m_norm2;
  Mlp m_mlp;
};

// Four neighbours side by side, norm, linear to twice the width.
class SwinMerging {
 public:
  SwinMerging(ParameterRegistry& registry, const Scope& scope, std::int64_t width);
  at::Tensor forward(const at::Tensor& x) const;  // [B, h, w, width] -> [B, h / 2, w / 2, 2 width]

 private:
  LayerNorm m_norm;
  Linear m_reduction;
};

class Swin : public FeatureEncoder {
 public:
  explicit Swin(ParameterRegistry& registry, const SwinConfig& config = {});
  at::Tensor features(const at::Tensor& images) const override;  // mean over the last map
  std::int64_t width() const override { return m_width; }

 private:
  std::shared_ptr<NetworkState> m_state;
  std::int64_t m_width;
  std::unique_ptr<Conv2d> m_patchEmbed;
  std::unique_ptr<LayerNorm> m_patchNorm, m_norm;
  std::array<std::unique_ptr<SwinMerging>, 3> m_merges;  // before stages 1 … 3
  std::array<std::vector<std::unique_ptr<SwinBlock>>, 4> m_stages;
};

}  // namespace gps
