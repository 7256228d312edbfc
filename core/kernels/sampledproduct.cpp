#include "core/kernels/sampledproduct.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <type_traits>

#include "core/kernels/hostthreads.h"
#include "core/kernels/sampledvalues.h"
#include "core/kernels/vectorclones.h"
#include "core/values/error.h"

// Every part of the weight's rows walks the tokens in tiles. The columns of R that it uses, and its rows of L a few at a time, are laid
// out by column, so that an entry is a product of two vectors of a tile's tokens. The sum over them runs in kLanes lanes on every
// processor; this file is compiled without contraction to fused multiply-adds.

namespace gps::kernels {
namespace {

constexpr int kTokens = 128;  // of a tile
constexpr int kLanes = 16;
constexpr int kAtOnce = 16;  // columns laid out together: their lines stay in the first cache

template <typename Real>
[[gnu::always_inline]] inline Real sumOfLanes(Real (&lanes)[kLanes]) {
  Real halves[8], quarters[4];
  for (int l = 0; l < 8; ++l) halves[l] = lanes[l] + lanes[l + 8];
  for (int l = 0; l < 4; ++l) quarters[l] = halves[l] + halves[l + 4];
  return (quarters[0] + quarters[2]) + (quarters[1] + quarters[3]);
}

// sums[e] += Σ_t left[t] panel[columns[e]][t], tokens a multiple of kLanes.
template <typename Real>
[[gnu::always_inline]] inline void addProductsOf(const Real* left, const Real* panel, const std::int32_t* columns, std::int64_t count,
                                                 int tokens, Real* sums) {
  for (std::int64_t e = 0; e < count; ++e) {
    const Real* right = panel + std::int64_t(columns[e]) * kTokens;
    Real lanes[kLanes] = {};
    for (int t = 0; t < tokens; t += kLanes)
      for (int l = 0; l < kLanes; ++l) lanes[l] += left[t + l] * right[t + l];
    sums[e] += sumOfLanes(lanes);
  }
}
GPS_VECTOR_CLONES void addProducts(const float* left, const float* panel, const std::int32_t* columns, std::int64_t count, int tokens,
                                   float* sums) {
  addProductsOf(left, panel, columns, count, tokens, sums);
}
GPS_VECTOR_CLONES void addProducts(const double* left, const double* panel, const std::int32_t* columns, std::int64_t count, int tokens,
                                   double* sums) {
  addProductsOf(left, panel, columns, count, tokens, sums);
}

template <typename Real>
Real sumOf(const Real* left, int tokens) {
  Real lanes[kLanes] = {};
  for (int t = 0; t < tokens; t += kLanes)
    for (int l = 0; l < kLanes; ++l) lanes[l] += left[t + l];
  return sumOfLanes(lanes);
}

// panel[c][t] = data[t][columns[c]], or [first + c] where columns is null; zero up to a multiple of kLanes tokens.
template <typename Stored, typename Real>
void layOutAs(const Stored* data, std::int64_t stride, const std::int32_t* columns, std::int64_t first, std::int64_t count, int tokens,
              Real* panel) {
  for (std::int64_t c = 0; c < count; c += kAtOnce) {
    const auto width = std::min<std::int64_t>(kAtOnce, count - c);
    Real* to = panel + c * kTokens;
    for (int t = 0; t < tokens; ++t) {
      const Stored* token = data + t * stride;
      if (columns != nullptr)
        for (std::int64_t i = 0; i < width; ++i) to[i * kTokens + t] = Real(valueOf(token[columns[c + i]]));
      else
        for (std::int64_t i = 0; i < width; ++i) to[i * kTokens + t] = Real(valueOf(token[first + c + i]));
    }
    for (std::int64_t i = 0; i < width; ++i)
      for (int t = tokens; t % kLanes != 0; ++t) to[i * kTokens + t] = 0;
  }
}

template <typename Real>
void layOut(const SampledMatrix& m, std::int64_t token, const std::int32_t* columns, std::int64_t first, std::int64_t count, int tokens,
            Real* panel) {
  const auto as = [&](const auto* data) { layOutAs(data + token * m.stride, m.stride, columns, first, count, tokens, panel); };
  if constexpr (std::is_same_v<Real, double>) {
    as(static_cast<const double*>(m.data));
  } else {
    if (m.type == RealType::Float) as(static_cast<const float*>(m.data));
    if (m.type == RealType::BFloat16) as(static_cast<const BFloat16*>(m.data));
    if (m.type == RealType::Half) as(static_cast<const Half*>(m.data));
  }
}

// The error function in float to about 2e-7: the quotient of polynomials that Eigen and XLA use.
[[gnu::always_inline]] inline float errorFunction(float x) {
  const float c = std::min(4.0F, std::max(-4.0F, x)), s = c * c;
  float p = -2.72614225801306e-10F * s + 2.77068142495902e-08F;
  p = p * s - 2.10102402082508e-06F;
  p = p * s - 5.69250639462346e-05F;
  p = p * s - 7.34990630326855e-04F;
  p = p * s - 2.95459980854025e-03F;
  p = p * s - 1.60960333262415e-02F;
  float q = -1.45660718464996e-05F * s - 2.13374055278905e-04F;
  q = q * s - 1.68282697438203e-03F;
  q = q * s - 7.37332916720468e-03F;
  q = q * s - 1.42647390514189e-02F;
  return c * p / q;
}
GPS_VECTOR_CLONES void applyGelu(float* x, int count) {
  for (int t = 0; t < count; ++t) x[t] = 0.5F * x[t] * (1 + errorFunction(x[t] * float(std::numbers::sqrt2 / 2)));
}
void applyGelu(double* x, int count) {
  for (int t = 0; t < count; ++t) x[t] = 0.5 * x[t] * (1 + std::erf(x[t] * (std::numbers::sqrt2 / 2)));
}

template <typename Stored>
[[gnu::always_inline]] inline void roundTo(float* x, int count) {
  for (int t = 0; t < count; ++t) x[t] = valueOf(nearest<Stored>(x[t]));
}
GPS_VECTOR_CLONES void roundToBFloat16(float* x, int count) { roundTo<BFloat16>(x, count); }
GPS_VECTOR_CLONES void roundToHalf(float* x, int count) { roundTo<Half>(x, count); }

// Makes the layer's input of a stored column; x: [tokens].
template <typename Real>
void finishColumn(const SampledInput& in, std::int64_t token, std::int64_t column, int tokens, Real* x) {
  if (in.source == SampledSource::Gelu) applyGelu(x, tokens);
  if (in.source == SampledSource::Relu)
    for (int t = 0; t < tokens; ++t) x[t] = x[t] < 0 ? Real(0) : x[t];
  if (in.source == SampledSource::Normed) {
    const Real gamma = Real(in.gamma[column]), beta = Real(in.beta[column]);
    for (int t = 0; t < tokens; ++t) x[t] = (x[t] - Real(in.mean[token + t])) * Real(in.rstd[token + t]) * gamma + beta;
  }
  if constexpr (std::is_same_v<Real, float>) {
    if (in.left.type == in.right.type && in.source == SampledSource::Plain) return;
    if (in.left.type == RealType::BFloat16) roundToBFloat16(x, tokens);
    if (in.left.type == RealType::Half) roundToHalf(x, tokens);
  }
}

template <typename Real>
void workOnRows(const SampledPlan& plan, const SampledInput& in, std::int64_t from, std::int64_t to, Real* gradient, Real* bias) {
  const auto firstEntry = plan.rowStarts[std::size_t(from)], entries = plan.rowStarts[std::size_t(to)] - firstEntry;
  std::vector<std::int32_t> used(plan.entryColumns.begin() + firstEntry, plan.entryColumns.begin() + firstEntry + entries), places = used;
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  for (auto& p : places) p = std::int32_t(std::lower_bound(used.begin(), used.end(), p) - used.begin());

  std::vector<Real> right(used.size() * kTokens), left(kAtOnce * kTokens), sums(std::size_t(entries), 0),
      biasSums(std::size_t(to - from), 0);
  for (std::int64_t token = 0; token < in.tokens; token += kTokens) {
    const int tokens = int(std::min<std::int64_t>(kTokens, in.tokens - token)), padded = (tokens + kLanes - 1) / kLanes * kLanes;
    layOut(in.right, token, used.data(), 0, std::int64_t(used.size()), tokens, right.data());
    for (std::size_t c = 0; c < used.size(); ++c) {
      const auto column = plan.columns.empty() ? used[c] : plan.columns[std::size_t(used[c])];
      finishColumn(in, token, column, tokens, right.data() + c * kTokens);
    }
    for (auto row = from; row < to; row += kAtOnce) {
      const auto some = std::min<std::int64_t>(kAtOnce, to - row);
      layOut(in.left, token, nullptr, row, some, tokens, left.data());
      for (auto r = row; r < row + some; ++r) {
        const Real* mine = left.data() + (r - row) * kTokens;
        if (bias != nullptr) biasSums[std::size_t(r - from)] += sumOf(mine, padded);
        const auto first = plan.rowStarts[std::size_t(r)];
        addProducts(mine, right.data(), places.data() + (first - firstEntry), plan.rowStarts[std::size_t(r) + 1] - first, padded,
                    sums.data() + (first - firstEntry));
      }
    }
  }
  for (std::int64_t e = 0; e < entries; ++e) gradient[firstEntry + e] += sums[std::size_t(e)];
  if (bias != nullptr)
    for (auto r = from; r < to; ++r) bias[r] += biasSums[std::size_t(r - from)];
}

template <typename Real>
void onCpu(const SampledPlan& plan, const SampledInput& in, Real* gradient, Real* bias) {
  for (const auto* m : {&in.left, &in.right})
    if ((m->type == RealType::Double) != std::is_same_v<Real, double>)
      throw Error(ErrorCode::BadArgument, "sampled product", "double goes with double only");
  if (in.tokens == 0 || plan.rows == 0) return;
  const auto parts = std::min<std::int64_t>(hostThreads(), plan.rows);
  const auto weightBefore = [&](std::int64_t row) { return plan.rowStarts[std::size_t(row)] + row; };
  std::vector<std::int64_t> bounds(std::size_t(parts) + 1, plan.rows);
  bounds[0] = 0;
  for (std::int64_t p = 1, row = 0; p < parts; bounds[std::size_t(p++)] = row)
    while (row < plan.rows && weightBefore(row) * parts < weightBefore(plan.rows) * p) ++row;
  forBlocks(parts, 1, [&](std::int64_t part, std::int64_t) {
    const auto from = bounds[std::size_t(part)], to = bounds[std::size_t(part) + 1];
    if (from < to) workOnRows(plan, in, from, to, gradient, bias);
  });
}

}  // namespace

void sampledProductOnCpu(const SampledPlan& plan, const SampledInput& in, float* gradient, float* bias) { onCpu(plan, in, gradient, bias); }
void sampledProductOnCpu(const SampledPlan& plan, const SampledInput& in, double* gradient, double* bias) {
  onCpu(plan, in, gradient, bias);
}

std::int64_t sampledWorkspace(const SampledPlan& plan, std::int64_t tokens, int processors) {
  return sampledSlices(plan, tokens, processors) * (plan.entries() + plan.rows);
}

#ifndef GPS_WITH_CUDA
int sampledProductOnCuda(const SampledPlan&, const std::int32_t*, const SampledInput&, const SampledOutput&, int, void*) { return -1; }
bool sampledFitsOnCuda(const SampledPlan&) { return false; }
#endif

}  // namespace gps::kernels
