#pragma once
#include "core/nn/biasspread.h"
#include "core/nn/linear.h"

namespace gps {

// Swin's attention inside windows: one learned value per head and offset (dy, dx) of two points, "relative_position_bias_table"
// [(2 window - 1)², heads], row (dy + window - 1) (2 window - 1) + dx + window - 1; and, where windows are shifted over the edge of the
// picture, a mask between points that are no neighbours.
class ShiftedAttention {
 public:
  ShiftedAttention(ParameterRegistry& registry, const Scope& scope, std::int64_t width, std::int64_t heads, std::int64_t window);
  // x [B * windows, window², width] -> same. mask: [windows, window², window²], 0 or -100; undefined: no mask.
  at::Tensor forward(const at::Tensor& x, const at::Tensor& mask) const;

 private:
  static BiasSpread spreadOver(std::int64_t window);
  BiasSpread m_spread;
  Parameter m_table;
  Linear m_qkv, m_proj;
  std::int64_t m_heads;
};

// The mask of a picture of height x width points (multiples of the window) that was rolled by shift up and to the left.
at::Tensor shiftMask(std::int64_t height, std::int64_t width, std::int64_t window, std::int64_t shift);

}  // namespace gps
