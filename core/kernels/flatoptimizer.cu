#include "core/kernels/flatoptimizer.h"
#include "core/kernels/valueupdate.h"
#include "core/values/halftypes.h"

namespace gps::kernels {

namespace {

constexpr int kThreads = 256;

__device__ void putIntoMatrix(const FlatArrays<float>& a, std::int64_t place, float w) {
  switch (a.matrixType) {
    case MatrixType::AsValues:
      static_cast<float*>(a.matrix)[place] = w;
      break;
    case MatrixType::BFloat16:
      static_cast<std::uint16_t*>(a.matrix)[place] = bfloat16FromFloat(w);
      break;
    case MatrixType::Half:
      static_cast<std::uint16_t*>(a.matrix)[place] = halfFromFloat(w);
      break;
  }
}

// One block a chunk.
template <UpdateRule rule>
__global__ void updateKernel(OptimizerSettings s, const StepControl* control, const FlatChunk* chunks, FlatArrays<float> a) {
  if (!control->isWritten) return;
  const FlatChunk chunk = chunks[blockIdx.x];
  const auto f = factorsOf<float>(s, *control, chunk.rateFactor);
  const float keep = float(s.emaDecay), take = float(1 - s.emaDecay);
  for (std::int64_t k = threadIdx.x; k < chunk.count; k += kThreads) {
    const std::int64_t i = chunk.flatBegin + k;
    float m = a.m[i], v = rule == UpdateRule::Sgd ? 0.0f : a.v[i];
    const float w = updatedValue<rule>(f, a.value[i], a.gradient[i], m, v);
    a.m[i] = m;
    if (rule != UpdateRule::Sgd) a.v[i] = v;
    a.value[i] = w;
    if (chunk.inVectorRegion)
      a.vector[chunk.arenaBegin + k] = w;
    else
      putIntoMatrix(a, chunk.scattered ? std::int64_t(a.offsets[i]) : chunk.arenaBegin + k, w);
    if (a.average != nullptr) a.average[i] = keep * a.average[i] + take * w;
  }
}

}  // namespace

int updateOnCuda(const OptimizerSettings& settings, StepControl* control, const float* loss, double weight, const FlatChunk* chunks,
                 std::int64_t chunkCount, const FlatArrays<float>& arrays, double* workspace, void* stream) {
  const int status = decideOnCuda(settings, control, loss, weight, arrays.gradient, arrays.count, workspace, stream);
  if (status != 0 || chunkCount == 0) return status;
  const auto kernel = settings.rule == UpdateRule::Adam    ? updateKernel<UpdateRule::Adam>
                      : settings.rule == UpdateRule::AdamW ? updateKernel<UpdateRule::AdamW>
                                                           : updateKernel<UpdateRule::Sgd>;
  kernel<<<unsigned(chunkCount), kThreads, 0, static_cast<cudaStream_t>(stream)>>>(settings, control, chunks, arrays);
  return int(cudaGetLastError());
}

}  // namespace gps::kernels
