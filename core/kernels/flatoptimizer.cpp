#include "core/kernels/flatoptimizer.h"

#include <cmath>

namespace gps::kernels {

template <typename T>
void updateOnCpu(const UpdateSettings& s, const FlatChunk* chunks, std::int64_t chunkCount, const FlatArrays<T>& a) {
  const T lr = T(s.learningRate), b1 = T(s.beta1), b2 = T(s.beta2), eps = T(s.epsilon), wd = T(s.weightDecay), mu = T(s.momentum);
  const T rate = T(s.learningRate / (1 - std::pow(s.beta1, double(s.step))));
  const T rootCorrection = T(1 / std::sqrt(1 - std::pow(s.beta2, double(s.step))));
  for (std::int64_t c = 0; c < chunkCount; ++c) {
    const auto& chunk = chunks[c];
    T* region = chunk.inVectorRegion ? a.vector : a.matrix;
    for (std::int64_t k = 0; k < chunk.count; ++k) {
      const auto i = chunk.flatBegin + k;
      T w = a.value[i], g = a.gradient[i];
      if (s.rule == UpdateRule::AdamW)
        w -= lr * wd * w;
      else
        g += wd * w;
      if (s.rule == UpdateRule::Sgd) {
        const T m = s.step == 1 ? g : mu * a.m[i] + g;
        a.m[i] = m;
        w -= lr * m;
      } else {
        const T m = b1 * a.m[i] + (1 - b1) * g, v = b2 * a.v[i] + (1 - b2) * g * g;
        a.m[i] = m;
        a.v[i] = v;
        w -= rate * m / (std::sqrt(v) * rootCorrection + eps);
      }
      a.value[i] = w;
      region[chunk.scattered ? std::int64_t(a.offsets[i]) : chunk.arenaBegin + k] = w;
    }
  }
}

template void updateOnCpu<float>(const UpdateSettings&, const FlatChunk*, std::int64_t, const FlatArrays<float>&);
template void updateOnCpu<double>(const UpdateSettings&, const FlatChunk*, std::int64_t, const FlatArrays<double>&);

#ifndef GPS_WITH_CUDA
int updateOnCuda(const UpdateSettings&, const FlatChunk*, std::int64_t, const FlatArrays<float>&, const float*, std::int32_t*, void*) {
  return -1;
}
#endif

}  // namespace gps::kernels
