#pragma once
// One optimiser step over flat arrays, written straight into the weight arena: the value, the arena entry it stands for and its average
// are updated together, once for everything that trains. CPU reference and CUDA kernel share their formulas (valueupdate.h).
//
// Everything that changes from step to step lives in the StepControl beside the arena, so a step is captured in a CUDA graph as it is.
#include <cstdint>

#include "core/kernels/stepdecision.h"

namespace gps::kernels {

// A run of consecutive flat values, at most kChunkSize.
constexpr std::int64_t kChunkSize = 1024;
struct FlatChunk {
  std::int64_t flatBegin = 0, count = 0;
  std::int64_t arenaBegin = 0;  // element of the region; ignored when scattered
  std::int32_t inVectorRegion = 0;
  std::int32_t scattered = 0;  // the arena entry of flat value i is offsets[i] in the matrix region
  float rateFactor = 1;        // times the learning rate: layer-wise rates
};

// How the matrix region holds a value: in the type of the values, or rounded to nearest even (halftypes.h). The flat value stays as it
// is. The vector region always holds it unrounded.
enum class MatrixType : std::int32_t { AsValues, BFloat16, Half };

template <typename T>
struct FlatArrays {
  T* value = nullptr;  // [count]
  const T* gradient = nullptr;
  T* m = nullptr;
  T* v = nullptr;                          // unused by Sgd, may be null there
  const std::uint32_t* offsets = nullptr;  // [number of scattered values]
  void* matrix = nullptr;                  // arena regions; elements of matrixType
  T* vector = nullptr;
  std::int64_t count = 0;  // flat values; the chunks cover each once
  MatrixType matrixType = MatrixType::AsValues;
  T* average = nullptr;  // [count] average = d average + (1 - d) value, d = emaDecay; null: none
};

// One step: decides (stepdecision.h) and, if so decided, writes value, m, v, arena and average. loss: of this step, unscaled; weight:
// pictures behind it. A step that is not written changes no array. Large arrays are cut over the cores (hostthreads.h); the result does
// not depend on how many.
template <typename T>
void updateOnCpu(const OptimizerSettings& settings, StepControl& control, double loss, double weight, const FlatChunk* chunks,
                 std::int64_t chunkCount, const FlatArrays<T>& arrays);

// The same with every pointer on the device, chunks and workspace [kSquareBlocks] included. Three launches on `stream` (a cudaStream_t),
// no synchronisation, no allocation. Returns a CUDA error code, 0 on success.
int updateOnCuda(const OptimizerSettings& settings, StepControl* control, const float* loss, double weight, const FlatChunk* chunks,
                 std::int64_t chunkCount, const FlatArrays<float>& arrays, double* workspace, void* stream);

}  // namespace gps::kernels
