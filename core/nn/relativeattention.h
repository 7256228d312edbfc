#pragma once
#include "core/nn/devicetable.h"
#include "core/nn/linear.h"

namespace gps {

// SAM's attention over a square grid of tokens with decomposed relative positions,
//   logits[i, j] = s q_i·k_j + q_i·Rh[y_i - y_j] + q_i·Rw[x_i - x_j],
// without ever forming that matrix: with q' = [s q, relH(q), relW(q)] and k' = [k, onehot(y), onehot(x)] it is q'·k'.
class RelativeAttention {
 public:
  // side: of the grid, in tokens. Registers qkv, rel_pos_h and rel_pos_w [2 side - 1, width / heads], proj.
  RelativeAttention(ParameterRegistry& registry, const Scope& scope, std::int64_t width, std::int64_t heads, std::int64_t side);
  // [B, side², width] -> same
  at::Tensor forward(const at::Tensor& x) const;

 private:
  Linear m_qkv;
  Parameter m_relativeH, m_relativeW;
  Linear m_proj;
  std::int64_t m_heads, m_side;
  at::Tensor rowsOf(const Parameter& table, at::ScalarType type) const;  // [side, side, d], of query and key
  DeviceTable m_places;                                                  // [side², 2 side]: onehot(y), onehot(x)
  DeviceTable m_distances;
};

}  // namespace gps
