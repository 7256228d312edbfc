#pragma once
#include "core/nn/biasspread.h"
#include "core/nn/linear.h"
#include "core/nn/norm.h"

namespace gps {

// One learned value per head and distance (|dy|, |dx|) inside a window, "attention_biases" [heads, distances]. Distances are
// numbered in the order in which a row-major walk over pairs of points first meets them, as in TinyViT.
class AttentionBiasTable {
 public:
  AttentionBiasTable(ParameterRegistry& registry, const Scope& scope, std::int64_t heads, std::int64_t window);
  // [heads, window², window²]; its backward sums in a fixed order.
  at::Tensor bias() const;

 private:
  static BiasSpread spreadOver(std::int64_t window);
  BiasSpread m_spread;
  Parameter m_values;
  std::int64_t m_points;
};

// TinyViT's attention inside windows: norm, qkv with q, k, v of a head side by side, bias table, proj.
class WindowAttention {
 public:
  WindowAttention(ParameterRegistry& registry, const Scope& scope, std::int64_t width, std::int64_t heads, std::int64_t window);
  // [windows, window², width] -> same
  at::Tensor forward(const at::Tensor& x) const;

 private:
  LayerNorm m_norm;
  Linear m_qkv;
  AttentionBiasTable m_bias;
  Linear m_proj;
  std::int64_t m_heads;
};

}  // namespace gps
