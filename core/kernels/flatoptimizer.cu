#include <cmath>

#include "core/kernels/flatoptimizer.h"

namespace gps::kernels {

namespace {

struct DeviceSettings {
  UpdateRule rule;
  float lr, b1, b2, eps, wd, mu, rate, rootCorrection;
  bool first;
};

// One block a chunk.
__global__ void updateKernel(DeviceSettings s, const FlatChunk* chunks, FlatArrays<float> a, const float* loss, std::int32_t* bad) {
  const bool skip = *bad != 0 || !isfinite(*loss);
  if (skip) {
    if (blockIdx.x == 0 && threadIdx.x == 0) *bad = 1;
    return;
  }
  const FlatChunk chunk = chunks[blockIdx.x];
  float* region = chunk.inVectorRegion ? a.vector : a.matrix;
  for (std::int64_t k = threadIdx.x; k < chunk.count; k += blockDim.x) {
    const std::int64_t i = chunk.flatBegin + k;
    float w = a.value[i], g = a.gradient[i];
    if (s.rule == UpdateRule::AdamW)
      w -= s.lr * s.wd * w;
    else
      g += s.wd * w;
    if (s.rule == UpdateRule::Sgd) {
      const float m = s.first ? g : s.mu * a.m[i] + g;
      a.m[i] = m;
      w -= s.lr * m;
    } else {
      const float m = s.b1 * a.m[i] + (1 - s.b1) * g;
      const float v = s.b2 * a.v[i] + (1 - s.b2) * g * g;
      a.m[i] = m;
      a.v[i] = v;
      w -= s.rate * m / (sqrtf(v) * s.rootCorrection + s.eps);
    }
    a.value[i] = w;
    region[chunk.scattered ? static_cast<std::int64_t>(a.offsets[i]) : chunk.arenaBegin + k] = w;
  }
}

}  // namespace

int updateOnCuda(const UpdateSettings& settings, const FlatChunk* chunks, std::int64_t chunkCount, const FlatArrays<float>& arrays,
                 const float* loss, std::int32_t* bad, void* stream) {
  if (chunkCount == 0) return 0;
  DeviceSettings s{};
  s.rule = settings.rule;
  s.lr = static_cast<float>(settings.learningRate);
  s.b1 = static_cast<float>(settings.beta1);
  s.b2 = static_cast<float>(settings.beta2);
  s.eps = static_cast<float>(settings.epsilon);
  s.wd = static_cast<float>(settings.weightDecay);
  s.mu = static_cast<float>(settings.momentum);
  s.rate = static_cast<float>(settings.learningRate / (1 - std::pow(settings.beta1, static_cast<double>(settings.step))));
  s.rootCorrection = static_cast<float>(1 / std::sqrt(1 - std::pow(settings.beta2, static_cast<double>(settings.step))));
  s.first = settings.step == 1;
  updateKernel<<<static_cast<unsigned>(chunkCount), 256, 0, static_cast<cudaStream_t>(stream)>>>(s, chunks, arrays, loss, bad);
  return static_cast<int>(cudaGetLastError());
}

}  // namespace gps::kernels
