#include "core/kernels/flatoptimizer.h"

#include "core/kernels/hostthreads.h"
#include "core/kernels/valueupdate.h"
#include "core/values/halftypes.h"

namespace gps::kernels {

namespace {

template <UpdateRule rule, typename T>
void updateValues(const UpdateFactors<T>& f, std::int64_t n, T* value, const T* gradient, T* m, T* v) {
  T unused{};
  for (std::int64_t i = 0; i < n; ++i)
    value[i] = updatedValue<rule>(f, value[i], gradient[i], m[i], rule == UpdateRule::Sgd ? unused : v[i]);
}

// to[place(k)] = as(value[k])
template <typename U, typename T, typename As>
void put(const FlatChunk& chunk, const std::uint32_t* offsets, const T* value, U* to, As as) {
  if (chunk.scattered)
    for (std::int64_t k = 0; k < chunk.count; ++k) to[offsets[k]] = as(value[k]);
  else
    for (std::int64_t k = 0; k < chunk.count; ++k) to[chunk.arenaBegin + k] = as(value[k]);
}

template <typename T>
void putIntoArena(const FlatChunk& chunk, const FlatArrays<T>& a) {
  const T* value = a.value + chunk.flatBegin;
  const auto* offsets = a.offsets + (chunk.scattered ? chunk.flatBegin : 0);
  const auto same = [](T w) { return w; };
  if (chunk.inVectorRegion)
    put(chunk, offsets, value, a.vector, same);
  else if (a.matrixType == MatrixType::BFloat16)
    put(chunk, offsets, value, static_cast<std::uint16_t*>(a.matrix), [](T w) { return bfloat16FromFloat(float(w)); });
  else if (a.matrixType == MatrixType::Half)
    put(chunk, offsets, value, static_cast<std::uint16_t*>(a.matrix), [](T w) { return halfFromFloat(float(w)); });
  else
    put(chunk, offsets, value, static_cast<T*>(a.matrix), same);
}

template <UpdateRule rule, typename T>
void updateChunks(const OptimizerSettings& s, const StepControl& control, const FlatChunk* chunks, std::int64_t chunkCount,
                  const FlatArrays<T>& a) {
  constexpr std::int64_t kChunksAtOnce = 256;  // fewer are done by the calling thread alone
  const T keep = T(s.emaDecay), take = T(1 - s.emaDecay);
  forBlocks(chunkCount, kChunksAtOnce, [&](std::int64_t from, std::int64_t to) {
    for (auto c = from; c < to; ++c) {
      const auto& chunk = chunks[c];
      const auto begin = chunk.flatBegin;
      updateValues<rule>(factorsOf<T>(s, control, chunk.rateFactor), chunk.count, a.value + begin, a.gradient + begin, a.m + begin,
                         rule == UpdateRule::Sgd ? a.v : a.v + begin);
      putIntoArena(chunk, a);
      if (a.average == nullptr) continue;
      for (auto i = begin; i < begin + chunk.count; ++i) a.average[i] = keep * a.average[i] + take * a.value[i];
    }
  });
}

}  // namespace

template <typename T>
void updateOnCpu(const OptimizerSettings& s, StepControl& control, double loss, double weight, const FlatChunk* chunks,
                 std::int64_t chunkCount, const FlatArrays<T>& a) {
  decideStep(s, control, loss, weight, sumSquares(a.gradient, a.count));
  if (!control.isWritten) return;
  switch (s.rule) {
    case UpdateRule::Adam:
      return updateChunks<UpdateRule::Adam>(s, control, chunks, chunkCount, a);
    case UpdateRule::AdamW:
      return updateChunks<UpdateRule::AdamW>(s, control, chunks, chunkCount, a);
    case UpdateRule::Sgd:
      return updateChunks<UpdateRule::Sgd>(s, control, chunks, chunkCount, a);
  }
}

template void updateOnCpu<float>(const OptimizerSettings&, StepControl&, double, double, const FlatChunk*, std::int64_t,
                                 const FlatArrays<float>&);
template void updateOnCpu<double>(const OptimizerSettings&, StepControl&, double, double, const FlatChunk*, std::int64_t,
                                  const FlatArrays<double>&);

#ifndef GPS_WITH_CUDA
int updateOnCuda(const OptimizerSettings&, StepControl*, const float*, double, const FlatChunk*, std::int64_t, const FlatArrays<float>&,
                 double*, void*) {
  return -1;
}
#endif

}  // namespace gps::kernels
