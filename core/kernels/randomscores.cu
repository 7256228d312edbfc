#include <cuda_runtime.h>

#include "core/kernels/randomscores.h"
#include "core/values/counterrandom.h"

namespace gps::kernels {

static __global__ void randomKernel(std::uint64_t seed, std::uint64_t first, std::int64_t count, float* scores) {
  const auto i = std::int64_t(blockIdx.x) * blockDim.x + threadIdx.x;
  if (i >= count) return;
  const auto bits = counterHash(seed, 0, first + std::uint64_t(i), RandomPurpose::Selection) >> 40;
  scores[i] = float(std::int32_t(bits) + 1);
}

int randomScoresOnCuda(std::uint64_t seed, std::uint32_t first, std::int64_t count, float* scores, void* stream) {
  if (count == 0) return 0;
  randomKernel<<<unsigned((count + 255) / 256), 256, 0, static_cast<cudaStream_t>(stream)>>>(seed, first, count, scores);
  return int(cudaGetLastError());
}

}  // namespace gps::kernels
