#pragma once
// One optimiser step over flat arrays, written straight into the weight arena: the value array and the arena entry it stands for
// are updated together, once for everything that trains. CPU reference and CUDA kernel compute the same formulas.
//
// Adam (Kingma & Ba 2015; as torch writes it):   m = b1 m + (1-b1) g;  v = b2 v + (1-b2) g²
//   w = w - lr / (1 - b1^t) * m / (sqrt(v) / sqrt(1 - b2^t) + eps)
// AdamW decays first (w = w - lr * wd * w), Adam and Sgd add wd * w to g. Sgd: m = mu m + g (m = g at t = 1), w = w - lr m.
#include <cstdint>

namespace gps::kernels {

enum class UpdateRule { Adam, AdamW, Sgd };

struct UpdateSettings {
  UpdateRule rule = UpdateRule::Adam;
  double learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;
  double weightDecay = 0, momentum = 0.9;
  std::int64_t step = 1;  // t, 1-based
};

// A run of consecutive flat values.
struct FlatChunk {
  std::int64_t flatBegin = 0, count = 0;
  std::int64_t arenaBegin = 0;  // element of the region; ignored when scattered
  std::int32_t inVectorRegion = 0;
  std::int32_t scattered = 0;  // the arena entry of flat value i is offsets[i] in the matrix region
};

template <typename T>
struct FlatArrays {
  T* value = nullptr;  // [n]
  const T* gradient = nullptr;
  T* m = nullptr;
  T* v = nullptr;                          // unused by Sgd, may be null there
  const std::uint32_t* offsets = nullptr;  // [number of scattered values]
  T* matrix = nullptr;                     // arena regions
  T* vector = nullptr;
};

template <typename T>
void updateOnCpu(const UpdateSettings& settings, const FlatChunk* chunks, std::int64_t chunkCount, const FlatArrays<T>& arrays);

// All pointers on the device, chunks included; every chunk has at most kChunkSize values. Nothing is written while *loss is not
// finite or *bad is set; *bad is set when *loss is not finite and stays set. Launches on `stream` (a cudaStream_t), no synchronisation.
// Returns a CUDA error code, 0 on success.
constexpr std::int64_t kChunkSize = 4096;
int updateOnCuda(const UpdateSettings& settings, const FlatChunk* chunks, std::int64_t chunkCount, const FlatArrays<float>& arrays,
                 const float* loss, std::int32_t* bad, void* stream);

}  // namespace gps::kernels
