#include "core/kernels/realvectors.cuh"
#include "core/kernels/relativesoftmax.h"

namespace gps::kernels {

namespace {

__device__ float mostOfWarp(float v) {
  for (int d = 16; d > 0; d /= 2) v = fmaxf(v, __shfl_xor_sync(0xffffffffU, v, d));
  return v;
}

// Over the Threads threads that share a row; sums in a fixed order. `spare`: 32 floats of shared memory a row.
template <unsigned Threads, bool isMost>
__device__ float overRow(float v, float* spare) {
  v = isMost ? mostOfWarp(v) : sumOfWarp(v);
  if constexpr (Threads == 32) return v;
  const unsigned warp = threadIdx.x / 32, lane = threadIdx.x % 32;
  __syncthreads();
  if (lane == 0) spare[warp] = v;
  __syncthreads();
  v = lane < Threads / 32 ? spare[lane] : (isMost ? -INFINITY : 0.0F);
  return isMost ? mostOfWarp(v) : sumOfWarp(v);
}

template <unsigned Threads>
__device__ void waitForRow() {
  if constexpr (Threads == 32)
    __syncwarp();
  else
    __syncthreads();
}

struct Place {
  std::int64_t head;
  int query;
};

// Threads of a block: Threads x rows. Rows past the end still take part in the block's barriers, which only blocks of one row have.
template <unsigned Threads>
__device__ bool findPlace(const SoftmaxShape& s, Place& place) {
  const std::int64_t row = static_cast<std::int64_t>(blockIdx.x) * blockDim.y + threadIdx.y;
  place.head = row / s.padded;
  place.query = static_cast<int>(row % s.padded);
  return place.head < s.heads;
}

template <typename T>
__device__ T* partOf(const RelativePart<T>& part, const SoftmaxShape& s, const Place& p) {
  const int side = static_cast<int>(s.side);
  return part.data + p.head * part.headStride + p.query / side * part.yStride + p.query % side * part.xStride;
}

template <unsigned Threads, typename P>
__global__ void softmaxKernel(SoftmaxShape s, RelativePart<const float> relH, RelativePart<const float> relW, const float* logits,
                              P* probabilities) {
  extern __shared__ float shared[];
  Place place{};
  if (!findPlace<Threads>(s, place)) return;
  const int points = static_cast<int>(s.points), padded = static_cast<int>(s.padded), side = static_cast<int>(s.side);
  float* v = shared + threadIdx.y * (padded + 32);
  float* spare = v + padded;
  const std::int64_t at = (place.head * s.padded + place.query) * s.padded;
  const float* row = logits + at;
  P* out = probabilities + at;
  if (place.query >= points) {
    for (int j = threadIdx.x; j < padded; j += Threads) out[j] = fromFloat<P>(0);
    return;
  }
  const float* h = relH.data != nullptr ? partOf(relH, s, place) : nullptr;
  const float* w = relW.data != nullptr ? partOf(relW, s, place) : nullptr;
  float most = -INFINITY, sum = 0;
  for (int j = threadIdx.x; j < points; j += Threads) {
    float x = s.scale * row[j];
    if (h != nullptr) x += h[j / side] + w[j % side];
    v[j] = x;
    most = fmaxf(most, x);
  }
  most = overRow<Threads, true>(most, spare);
  for (int j = threadIdx.x; j < points; j += Threads) sum += v[j] = expf(v[j] - most);
  const float factor = 1 / overRow<Threads, false>(sum, spare);
  for (int j = threadIdx.x; j < padded; j += Threads) out[j] = fromFloat<P>(j < points ? v[j] * factor : 0.0F);
}

template <unsigned Threads, typename P>
__global__ void softmaxBackwardKernel(SoftmaxShape s, const P* probabilities, const float* gradient, P* dLogits, RelativePart<float> dRelH,
                                      RelativePart<float> dRelW) {
  extern __shared__ float shared[];
  Place place{};
  if (!findPlace<Threads>(s, place)) return;
  const int points = static_cast<int>(s.points), padded = static_cast<int>(s.padded), side = static_cast<int>(s.side);
  float* v = shared + threadIdx.y * (padded + 32);
  float* spare = v + padded;
  const std::int64_t at = (place.head * s.padded + place.query) * s.padded;
  const P* p = probabilities + at;
  const float* g = gradient + at;
  P* out = dLogits + at;
  if (place.query >= points) {
    for (int j = threadIdx.x; j < padded; j += Threads) out[j] = fromFloat<P>(0);
    return;
  }
  float dot = 0;
  for (int j = threadIdx.x; j < points; j += Threads) {
    v[j] = g[j];
    dot += toFloat(p[j]) * v[j];
  }
  dot = overRow<Threads, false>(dot, spare);
  for (int j = threadIdx.x; j < padded; j += Threads) {
    const float d = j < points ? toFloat(p[j]) * (v[j] - dot) : 0.0F;
    v[j] = d;
    out[j] = fromFloat<P>(d);
  }
  if (dRelH.data == nullptr) return;
  waitForRow<Threads>();
  float* h = partOf(dRelH, s, place);
  float* w = partOf(dRelW, s, place);
  for (int x = threadIdx.x; x < side; x += Threads) {
    float sum = 0;
    for (int y = 0; y < side; ++y) sum += v[y * side + x];
    w[x] = sum;
  }
  const int lane = threadIdx.x % 32;
  for (int y = threadIdx.x / 32; y < side; y += Threads / 32) {
    float sum = 0;
    for (int x = lane; x < side; x += 32) sum += v[y * side + x];
    sum = sumOfWarp(sum);
    if (lane == 0) h[y] = sum;
  }
}

// A warp a row for short rows, a block a row for long ones.
template <typename Short, typename Long, typename... Arguments>
int launch(const SoftmaxShape& s, void* stream, Short shortRows, Long longRows, Arguments... arguments) {
  const std::int64_t rows = s.heads * s.padded;
  if (rows == 0) return 0;
  const bool isShort = s.padded <= 512;
  const unsigned perBlock = isShort ? 8 : 1;
  const std::size_t bytes = perBlock * (static_cast<std::size_t>(s.padded) + 32) * sizeof(float);
  const auto blocks = static_cast<unsigned>((rows + perBlock - 1) / perBlock);
  const auto on = static_cast<cudaStream_t>(stream);
  if (isShort) {
    shortRows<<<blocks, dim3(32, perBlock), bytes, on>>>(s, arguments...);
  } else {
    if (bytes > 48 * 1024) {
      const auto status = cudaFuncSetAttribute(longRows, cudaFuncAttributeMaxDynamicSharedMemorySize, static_cast<int>(bytes));
      if (status != cudaSuccess) return static_cast<int>(status);
    }
    longRows<<<blocks, 256, bytes, on>>>(s, arguments...);
  }
  return static_cast<int>(cudaGetLastError());
}

}  // namespace

int relativeSoftmaxOnCuda(const SoftmaxShape& shape, const RelativePart<const float>& relH, const RelativePart<const float>& relW,
                          const float* logits, RealType type, void* probabilities, void* stream) {
  return withType(type, [&]<typename P>(P*) {
    return launch(shape, stream, softmaxKernel<32, P>, softmaxKernel<256, P>, relH, relW, logits, static_cast<P*>(probabilities));
  });
}

int relativeSoftmaxBackwardOnCuda(const SoftmaxShape& shape, RealType type, const void* probabilities, const float* gradient, void* dLogits,
                                  const RelativePart<float>& dRelH, const RelativePart<float>& dRelW, void* stream) {
  return withType(type, [&]<typename P>(P*) {
    return launch(shape, stream, softmaxBackwardKernel<32, P>, softmaxBackwardKernel<256, P>, static_cast<const P*>(probabilities),
                  gradient, static_cast<P*>(dLogits), dRelH, dRelW);
  });
}

}  // namespace gps::kernels
