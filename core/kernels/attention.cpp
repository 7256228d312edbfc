#include "core/kernels/attention.h"

#include <algorithm>
#include <cmath>

namespace gps::kernels {

// visit(place in [windows, points, heads, parts, width], place in [parts, windows * heads, padded, width], is padding)
template <typename Visit>
static void visitHeads(const HeadShape& s, Visit visit) {
  std::int64_t split = 0;
  for (std::int64_t part = 0; part < s.parts; ++part)
    for (std::int64_t w = 0; w < s.windows; ++w)
      for (std::int64_t h = 0; h < s.heads; ++h)
        for (std::int64_t p = 0; p < s.padded; ++p)
          for (std::int64_t c = 0; c < s.width; ++c, ++split)
            visit((((w * s.points + p) * s.heads + h) * s.parts + part) * s.width + c, split, p >= s.points);
}

void splitHeadsOnCpu(const HeadShape& shape, const float* from, float* to) {
  visitHeads(shape, [&](std::int64_t joined, std::int64_t split, bool padding) { to[split] = padding ? 0.0F : from[joined]; });
}

void joinHeadsOnCpu(const HeadShape& shape, const float* from, float* to) {
  visitHeads(shape, [&](std::int64_t joined, std::int64_t split, bool padding) {
    if (!padding) to[joined] = from[split];
  });
}

void biasedSoftmaxOnCpu(const HeadShape& s, float scale, const float* bias, float* logits) {
  for (std::int64_t row = 0; row < s.windows * s.heads * s.padded; ++row) {
    const auto p = row % s.padded, h = row / s.padded % s.heads;
    float* r = logits + row * s.padded;
    float most = -INFINITY, sum = 0;
    for (std::int64_t c = 0; c < s.padded; ++c) {
      r[c] = p < s.points && c < s.points ? scale * r[c] + bias[(h * s.points + p) * s.points + c] : -INFINITY;
      most = std::max(most, r[c]);
    }
    for (std::int64_t c = 0; c < s.padded; ++c) sum += r[c] = p < s.points ? std::exp(r[c] - most) : 0.0F;
    for (std::int64_t c = 0; p < s.points && c < s.padded; ++c) r[c] /= sum;
  }
}

void softmaxBackwardOnCpu(const HeadShape& s, const float* probabilities, float* gradient) {
  for (std::int64_t row = 0; row < s.windows * s.heads * s.padded; ++row) {
    const float* p = probabilities + row * s.padded;
    float* g = gradient + row * s.padded;
    float dot = 0;
    for (std::int64_t c = 0; c < s.padded; ++c) dot += p[c] * g[c];
    for (std::int64_t c = 0; c < s.padded; ++c) g[c] = p[c] * (g[c] - dot);
  }
}

#ifndef GPS_WITH_CUDA
int splitHeadsOnCuda(const HeadShape&, const float*, float*, void*) { return -1; }
int joinHeadsOnCuda(const HeadShape&, const float*, float*, void*) { return -1; }
int biasedSoftmaxOnCuda(const HeadShape&, float, const float*, float*, void*) { return -1; }
int softmaxBackwardOnCuda(const HeadShape&, const float*, float*, void*) { return -1; }
#endif

}  // namespace gps::kernels
