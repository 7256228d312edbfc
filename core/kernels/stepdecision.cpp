#include "core/kernels/stepdecision.h"

#include <algorithm>
#include <vector>

#include "core/kernels/hostthreads.h"

namespace gps::kernels {

namespace {

constexpr std::int64_t kPiece = 1 << 18;  // values; also what one thread takes at a time

// Four lanes, added pairwise at the end. probe: 0 × g is NaN where g is not finite.
template <typename T>
GradientSquares squaresOf(const T* g, std::int64_t n) {
  constexpr int kLanes = 4;
  double sum[kLanes]{}, probe[kLanes]{};
  std::int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    for (int l = 0; l < kLanes; ++l) {
      const double x = g[i + l];
      sum[l] += x * x;
      probe[l] += 0 * x;
    }
  for (; i < n; ++i) {
    const double x = g[i];
    sum[0] += x * x;
    probe[0] += 0 * x;
  }
  return {(sum[0] + sum[1]) + (sum[2] + sum[3]), (probe[0] + probe[1]) + (probe[2] + probe[3]) == 0};
}

}  // namespace

template <typename T>
GradientSquares sumSquares(const T* gradient, std::int64_t n) {
  std::vector<GradientSquares> parts(std::size_t((n + kPiece - 1) / kPiece));
  forBlocks(n, kPiece,
            [&](std::int64_t from, std::int64_t to) { parts[std::size_t(from / kPiece)] = squaresOf(gradient + from, to - from); });
  GradientSquares all;
  for (const auto& p : parts) {
    all.sum += p.sum;
    all.isFinite = all.isFinite && p.isFinite;
  }
  return all;
}

template GradientSquares sumSquares<float>(const float*, std::int64_t);
template GradientSquares sumSquares<double>(const double*, std::int64_t);

#ifndef GPS_WITH_CUDA
int startEpochOnCuda(StepControl*, double, void*) { return -1; }
int writeControlOnCuda(StepControl*, const StepControl&, void*) { return -1; }
int decideOnCuda(const OptimizerSettings&, StepControl*, const float*, double, const float*, std::int64_t, double*, void*) { return -1; }
#endif

}  // namespace gps::kernels
