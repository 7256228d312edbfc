#include "core/kernels/stepdecision.h"

namespace gps::kernels {
namespace {

constexpr int kThreads = 256;

// Of one block, valid in thread 0; the order of adding is fixed.
__device__ double blockSum(double x) {
  __shared__ double warps[kThreads / 32];
  for (int step = 16; step > 0; step /= 2) x += __shfl_down_sync(0xffffffffu, x, step);
  if (threadIdx.x % 32 == 0) warps[threadIdx.x / 32] = x;
  __syncthreads();
  double sum = 0;
  if (threadIdx.x == 0)
    for (const double w : warps) sum += w;
  return sum;
}

__global__ void squaresKernel(const float* gradient, std::int64_t n, double* partial) {
  double sum = 0;
  for (auto i = std::int64_t(blockIdx.x) * kThreads + threadIdx.x; i < n; i += std::int64_t(kSquareBlocks) * kThreads) {
    const double x = gradient[i];
    sum += x * x;
  }
  sum = blockSum(sum);
  if (threadIdx.x == 0) partial[blockIdx.x] = sum;
}

__global__ void decideKernel(OptimizerSettings s, StepControl* control, const float* loss, double weight, const double* partial) {
  double sum = 0;
  for (int i = int(threadIdx.x); i < kSquareBlocks; i += kThreads) sum += partial[i];
  sum = blockSum(sum);
  if (threadIdx.x != 0) return;
  // The square of a finite float is finite in double, and so is any sum of them that fits in memory.
  decideStep(s, *control, double(*loss), weight, {sum, isfinite(sum)});
}

__global__ void startEpochKernel(StepControl* control, double learningRate) { startEpoch(*control, learningRate); }
__global__ void writeControlKernel(StepControl* control, StepControl value) { *control = value; }

cudaStream_t streamOf(void* stream) { return static_cast<cudaStream_t>(stream); }

}  // namespace

int startEpochOnCuda(StepControl* control, double learningRate, void* stream) {
  startEpochKernel<<<1, 1, 0, streamOf(stream)>>>(control, learningRate);
  return int(cudaGetLastError());
}

int writeControlOnCuda(StepControl* control, const StepControl& value, void* stream) {
  writeControlKernel<<<1, 1, 0, streamOf(stream)>>>(control, value);
  return int(cudaGetLastError());
}

int decideOnCuda(const OptimizerSettings& settings, StepControl* control, const float* loss, double weight, const float* gradient,
                 std::int64_t n, double* workspace, void* stream) {
  squaresKernel<<<kSquareBlocks, kThreads, 0, streamOf(stream)>>>(gradient, n, workspace);
  if (const auto status = cudaGetLastError(); status != cudaSuccess) return int(status);
  decideKernel<<<1, kThreads, 0, streamOf(stream)>>>(settings, control, loss, weight, workspace);
  return int(cudaGetLastError());
}

}  // namespace gps::kernels
