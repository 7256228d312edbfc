#include "core/kernels/depthwise.h"

#include <algorithm>

namespace gps::kernels {

static constexpr std::int64_t kRowsPerSlice = 8;  // as many as the warps of a block on the GPU

// visit(output, input, weight): elements that meet.
template <typename Visit>
static void visitTaps(const DepthwiseShape& s, Visit visit) {
  for (std::int64_t b = 0, out = 0; b < s.batch; ++b)
    for (std::int64_t oy = 0; oy < s.outHeight(); ++oy)
      for (std::int64_t ox = 0; ox < s.outWidth(); ++ox)
        for (std::int64_t c = 0; c < s.channels; ++c, ++out)
          for (std::int64_t t = 0; t < 9; ++t) {
            const auto y = oy * s.stride - s.padding + t / 3, x = ox * s.stride - s.padding + t % 3;
            if (y >= 0 && y < s.height && x >= 0 && x < s.width) visit(out, ((b * s.height + y) * s.width + x) * s.channels + c, c * 9 + t);
          }
}

void depthwiseOnCpu(const DepthwiseShape& s, const float* x, const float* weight, const float* bias, float* y) {
  for (std::int64_t i = 0; i < s.batch * s.outHeight() * s.outWidth() * s.channels; ++i) y[i] = bias != nullptr ? bias[i % s.channels] : 0;
  visitTaps(s, [&](std::int64_t out, std::int64_t in, std::int64_t w) { y[out] += x[in] * weight[w]; });
}

void depthwiseInputGradientOnCpu(const DepthwiseShape& s, const float* dy, const float* weight, float* dx) {
  std::fill_n(dx, s.batch * s.height * s.width * s.channels, 0.0F);
  visitTaps(s, [&](std::int64_t out, std::int64_t in, std::int64_t w) { dx[in] += dy[out] * weight[w]; });
}

std::int64_t depthwiseSlices(const DepthwiseShape& s) { return (s.batch * s.outHeight() + kRowsPerSlice - 1) / kRowsPerSlice; }

void depthwiseWeightGradientOnCpu(const DepthwiseShape& s, const float* dy, const float* x, float* slices) {
  const auto perSlice = kRowsPerSlice * s.outWidth() * s.channels;
  std::fill_n(slices, depthwiseSlices(s) * s.channels * 9, 0.0F);
  visitTaps(s, [&](std::int64_t out, std::int64_t in, std::int64_t w) { slices[out / perSlice * s.channels * 9 + w] += dy[out] * x[in]; });
}

#ifndef GPS_WITH_CUDA
int depthwiseOnCuda(const DepthwiseShape&, const float*, const float*, const float*, float*, void*) { return -1; }
int depthwiseInputGradientOnCuda(const DepthwiseShape&, const float*, const float*, float*, void*) { return -1; }
int depthwiseWeightGradientOnCuda(const DepthwiseShape&, const float*, const float*, float*, void*) { return -1; }
#endif

}  // namespace gps::kernels
