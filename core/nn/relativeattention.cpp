#include "core/nn/relativeattention.h"

#include <cmath>

#include "core/nn/productattention.h"

namespace gps {

namespace {

DeviceTable onehotPlaces(std::int64_t side) {
  const auto eye = at::eye(side, at::kFloat);
  const auto y = eye.unsqueeze(1).expand({side, side, side}), x = eye.unsqueeze(0).expand({side, side, side});
  return DeviceTable(at::cat({y, x}, 2).reshape({side * side, 2 * side}));
}

// [2 side - 1, d] -> [side, d, side]: entry (i, :, j) is the row of distance i - j. A walk over windows of the reversed
// table, so that its backward needs no scatter.
at::Tensor rowsByDistance(const at::Tensor& table, std::int64_t side) { return table.flip(0).unfold(0, side, 1).flip(0); }

// [side * side]: the table's row for a query at i and a key at j.
DeviceTable distances(std::int64_t side) {
  const auto place = at::arange(side, at::kLong);
  return DeviceTable((place.unsqueeze(1) - place.unsqueeze(0) + (side - 1)).flatten());
}

}  // namespace

RelativeAttention::RelativeAttention(ParameterRegistry& registry, const Scope& scope, std::int64_t width, std::int64_t heads,
                                     std::int64_t side)
    : m_qkv(registry, scope, "qkv.", width, 3 * width, "qkv"),
      m_relativeH(registry, scope, "rel_pos_h", {2 * side - 1, width / heads}, ParameterRole::Embedding),
      m_relativeW(registry, scope, "rel_pos_w", {2 * side - 1, width / heads}, ParameterRole::Embedding),
      m_proj(registry, scope, "proj.", width, width, "proj"),
      m_heads(heads),
      m_side(side),
      m_places(onehotPlaces(side)),
      m_distances(distances(side)) {}

at::Tensor RelativeAttention::rowsOf(const Parameter& table, at::ScalarType type) const {
  const auto values = table.value().to(type);
  return values.index_select(0, m_distances.on(values)).view({m_side, m_side, values.size(1)});
}

at::Tensor RelativeAttention::forward(const at::Tensor& x) const {
  const auto batch = x.size(0), points = x.size(1), width = x.size(2), d = width / m_heads, side = m_side, all = batch * m_heads;
  const auto together = m_qkv.forward(x).view({batch, points, 3, m_heads, d});
  const bool isFrozen = !m_relativeH.isTrainedWhole() && !m_relativeW.isTrainedWhole();
  if (isFrozen && canAttendByPairs(together))
    return m_proj.forward(
        attendByPairs(together, rowsOf(m_relativeH, together.scalar_type()), rowsOf(m_relativeW, together.scalar_type())));
  const auto qkv = together.permute({2, 0, 3, 1, 4}).unbind(0);
  const auto q = qkv[0].reshape({all, side, side, d});
  // By rows of the grid (by columns): one matrix product per row (column).
  const auto relative = [&](const at::Tensor& byPlace, const Parameter& table) {
    return at::matmul(byPlace.reshape({side, all * side, d}), rowsByDistance(table.value().to(q.scalar_type()), side))
        .view({side, all, side, side});
  };
  const auto relativeH = relative(q.permute({1, 0, 2, 3}), m_relativeH).permute({1, 0, 2, 3});  // [all, y, x, side]
  const auto relativeW = relative(q.permute({2, 0, 1, 3}), m_relativeW).permute({1, 2, 0, 3});

  // Head sizes that are a multiple of 8 keep every fused kernel usable; the CPU's also wants v as wide as q.
  const auto extra = (8 - (d + 2 * side) % 8) % 8;
  auto queries = at::cat({q * (1.0 / std::sqrt(double(d))), relativeH, relativeW}, 3).reshape({batch, m_heads, points, d + 2 * side});
  auto keys = at::cat({qkv[1], m_places.on(q).expand({batch, m_heads, points, 2 * side})}, 3);
  if (extra > 0) {
    queries = at::constant_pad_nd(queries, {0, extra}, 0);
    keys = at::constant_pad_nd(keys, {0, extra}, 0);
  }
  const auto values = x.is_cpu() ? at::constant_pad_nd(qkv[2], {0, 2 * side + extra}, 0) : qkv[2];
  const auto attended = at::scaled_dot_product_attention(queries, keys, values, {}, 0.0, false, 1.0).narrow(3, 0, d);
  return m_proj.forward(attended.transpose(1, 2).reshape({batch, points, width}));
}

}  // namespace gps
