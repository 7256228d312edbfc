#include "core/nn/productattention.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/kernels/relativesoftmax.h"
#include "core/nn/cudalaunch.h"

namespace gps {

#ifdef GPS_WITH_CUDA

namespace {

using kernels::RelativePart;
using kernels::SoftmaxShape;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr std::int64_t kPairsAtOnce = std::int64_t{1} << 26;  // elements of one matrix of pairs: 256 MiB

struct Sizes {
  std::int64_t batch, points, heads, width, side;
  std::int64_t padded() const { return (points + 7) / 8 * 8; }  // what matrix products like
  std::int64_t all() const { return batch * heads; }
  float scale() const { return float(1 / std::sqrt(double(width))); }
};

Sizes sizesOf(const at::Tensor& qkv, const at::Tensor& byRow) {
  return {qkv.size(0), qkv.size(1), qkv.size(3), qkv.size(4), byRow.defined() ? byRow.size(0) : 0};
}

// [B, points, parts, heads, d] -> [parts, B * heads, padded, d]
at::Tensor split(const Sizes& s, const at::Tensor& joined) {
  const auto from = joined.permute({2, 0, 3, 1, 4});
  const auto parts = from.size(0);
  if (s.padded() == s.points) return from.reshape({parts, s.all(), s.points, s.width});
  auto to = at::zeros({parts, s.batch, s.heads, s.padded(), s.width}, joined.options());
  to.narrow(3, 0, s.points).copy_(from);
  return to.flatten(1, 2);
}

// The inverse.
at::Tensor join(const Sizes& s, const at::Tensor& parts) {
  return parts.unflatten(1, {s.batch, s.heads}).narrow(3, 0, s.points).permute({1, 3, 0, 2, 4}).contiguous();
}

// The queries by rows (columns) of the grid, [side, heads * side, d], for some heads.
at::Tensor byRows(const Sizes& s, const at::Tensor& q) {
  return q.unflatten(1, {s.side, s.side}).permute({1, 0, 2, 3}).reshape({s.side, -1, s.width});
}
at::Tensor byColumns(const Sizes& s, const at::Tensor& q) {
  return q.unflatten(1, {s.side, s.side}).permute({2, 0, 1, 3}).reshape({s.side, -1, s.width});
}

// The relative logits of some heads, as their products lie: [side of the query's row (column), heads, the other place, side].
struct Relative {
  at::Tensor h, w;
};

template <typename T>
RelativePart<T> rowPart(const Sizes& s, const at::Tensor& t, std::int64_t heads) {
  if (!t.defined()) return {};
  return {t.data_ptr<float>(), s.side * s.side, heads * s.side * s.side, s.side};
}
template <typename T>
RelativePart<T> columnPart(const Sizes& s, const at::Tensor& t, std::int64_t heads) {
  if (!t.defined()) return {};
  return {t.data_ptr<float>(), s.side * s.side, s.side, heads * s.side * s.side};
}

SoftmaxShape shapeOf(const Sizes& s, std::int64_t heads) { return {heads, s.points, s.padded(), s.side, s.scale()}; }

// A batched product whose result is fp32 whatever its factors are.
at::Tensor wideProduct(const at::Tensor& a, const at::Tensor& b) {
  return a.scalar_type() == at::kFloat ? at::bmm(a, b) : at::bmm(a, b, at::kFloat);
}

at::Tensor probabilities(const Sizes& s, const at::Tensor& q, const at::Tensor& k, const at::Tensor& byRow, const at::Tensor& byColumn) {
  const auto logits = wideProduct(q, k.transpose(1, 2));
  Relative r;
  if (s.side > 0) r = {wideProduct(byRows(s, q), byRow.transpose(1, 2)), wideProduct(byColumns(s, q), byColumn.transpose(1, 2))};
  const auto heads = q.size(0);
  const auto p = q.scalar_type() == at::kFloat ? logits : at::empty(logits.sizes(), q.options());
  detail::checkLaunch(
      kernels::relativeSoftmaxOnCuda(shapeOf(s, heads), rowPart<const float>(s, r.h, heads), columnPart<const float>(s, r.w, heads),
                                     logits.data_ptr<float>(), *detail::realType(p.scalar_type()), p.data_ptr(), detail::cudaStream()),
      "attention");
  return p;
}

std::int64_t headsAtOnce(const Sizes& s) {
  return std::clamp<std::int64_t>(kPairsAtOnce / (s.padded() * s.padded()), 1, std::max<std::int64_t>(1, s.all()));
}

at::Tensor attend(const Sizes& s, const at::Tensor& parts, const at::Tensor& byRow, const at::Tensor& byColumn) {
  auto out = at::empty({1, s.all(), s.padded(), s.width}, parts.options());
  for (std::int64_t first = 0; first < s.all(); first += headsAtOnce(s)) {
    const auto count = std::min(headsAtOnce(s), s.all() - first);
    auto to = out[0].narrow(0, first, count);
    at::bmm_out(to, probabilities(s, parts[0].narrow(0, first, count), parts[1].narrow(0, first, count), byRow, byColumn),
                parts[2].narrow(0, first, count));
  }
  return join(s, out).flatten(2);
}

// dq, dk, dv of some heads.
void attendBackward(const Sizes& s, const at::Tensor& parts, const at::Tensor& dOut, const at::Tensor& byRow, const at::Tensor& byColumn,
                    at::Tensor gradient) {
  const auto q = parts[0], k = parts[1], v = parts[2];
  auto dq = gradient[0], dk = gradient[1], dv = gradient[2];
  const auto heads = q.size(0);
  const auto p = probabilities(s, q, k, byRow, byColumn);
  at::bmm_out(dv, p.transpose(1, 2), dOut);
  const auto dp = wideProduct(dOut, v.transpose(1, 2));
  const auto ds = q.scalar_type() == at::kFloat ? dp : at::empty(dp.sizes(), q.options());
  Relative d;
  if (s.side > 0) {
    d.h = at::empty({s.side, heads * s.side, s.side}, dp.options());
    d.w = at::empty_like(d.h);
  }
  detail::checkLaunch(kernels::relativeSoftmaxBackwardOnCuda(shapeOf(s, heads), *detail::realType(p.scalar_type()), p.data_ptr(),
                                                             dp.data_ptr<float>(), ds.data_ptr(), rowPart<float>(s, d.h, heads),
                                                             columnPart<float>(s, d.w, heads), detail::cudaStream()),
                      "attention");
  at::baddbmm_out(dq, dq, ds, k, 0, s.scale());
  at::baddbmm_out(dk, dk, ds.transpose(1, 2), q, 0, s.scale());
  if (s.side == 0) return;
  auto grid = dq.unflatten(1, {s.side, s.side});
  grid.add_(at::bmm(d.h.to(q.scalar_type()), byRow).view({s.side, heads, s.side, s.width}).permute({1, 0, 2, 3}));
  grid.add_(at::bmm(d.w.to(q.scalar_type()), byColumn).view({s.side, heads, s.side, s.width}).permute({1, 2, 0, 3}));
}

struct PairAttentionFunction : torch::autograd::Function<PairAttentionFunction> {
  static at::Tensor forward(AutogradContext* ctx, const at::Tensor& qkv, const std::optional<at::Tensor>& byRow,
                            const std::optional<at::Tensor>& byColumn) {
    const auto row = byRow.value_or(at::Tensor()), column = byColumn.value_or(at::Tensor());
    ctx->save_for_backward({qkv, row, column});
    const auto s = sizesOf(qkv, row);
    return attend(s, split(s, qkv), row, column);
  }

  static variable_list backward(AutogradContext* ctx, variable_list outputs) {
    const auto saved = ctx->get_saved_variables();
    const auto &qkv = saved[0], &byRow = saved[1], &byColumn = saved[2];
    const auto s = sizesOf(qkv, byRow);
    const auto parts = split(s, qkv), dOut = split(s, outputs[0].view({s.batch, s.points, 1, s.heads, s.width}))[0];
    auto gradient = at::empty_like(parts);
    for (std::int64_t first = 0; first < s.all(); first += headsAtOnce(s)) {
      const auto count = std::min(headsAtOnce(s), s.all() - first);
      attendBackward(s, parts.narrow(1, first, count), dOut.narrow(0, first, count), byRow, byColumn, gradient.narrow(1, first, count));
    }
    return {join(s, gradient), {}, {}};
  }
};

}  // namespace

bool canAttendByPairs(const at::Tensor& qkv) {
  return qkv.is_cuda() && detail::realType(qkv.scalar_type()) && qkv.size(1) <= kernels::kMostSoftmaxPoints;
}

at::Tensor attendByPairs(const at::Tensor& qkv, const at::Tensor& byRow, const at::Tensor& byColumn) {
  if (at::GradMode::is_enabled() && qkv.requires_grad())
    return PairAttentionFunction::apply(qkv, byRow.defined() ? std::optional(byRow) : std::nullopt,
                                        byColumn.defined() ? std::optional(byColumn) : std::nullopt);
  const auto s = sizesOf(qkv, byRow);
  return attend(s, split(s, qkv), byRow, byColumn);
}

#else

bool canAttendByPairs(const at::Tensor&) { return false; }
at::Tensor attendByPairs(const at::Tensor& qkv, const at::Tensor&, const at::Tensor&) { return qkv; }

#endif

}  // namespace gps
