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

// A row of the scores, as the Threads threads that share it see it.
struct Row {
  std::int64_t head, at;  // at: of its first element
  int query, points, padded, side;
  float *v, *spare;  // shared: [padded], and what overRow needs
};

// Threads of a block: Threads x rows. False where nothing is left to do: past the end, and in a row that is padding, which is zero then.
// What leaves early does not miss a barrier: only blocks of one row have such.
template <unsigned Threads, typename P>
__device__ bool openRow(const SoftmaxShape& s, P* outputs, Row& r) {
  extern __shared__ float shared[];
  const std::int64_t number = static_cast<std::int64_t>(blockIdx.x) * blockDim.y + threadIdx.y;
  r.head = number / s.padded;
  r.query = static_cast<int>(number % s.padded);
  if (r.head >= s.heads) return false;
  r.points = static_cast<int>(s.points);
  r.padded = static_cast<int>(s.padded);
  r.side = static_cast<int>(s.side);
  r.at = number * s.padded;
  r.v = shared + threadIdx.y * (r.padded + 32);
  r.spare = r.v + r.padded;
  if (r.query < r.points) return true;
  for (int j = threadIdx.x; j < r.padded; j += Threads) outputs[r.at + j] = fromFloat<P>(0);
  return false;
}

template <typename T>
__device__ T* partOf(const RelativePart<T>& part, const Row& r) {
  return part.data + r.head * part.headStride + r.query / r.side * part.yStride + r.query % r.side * part.xStride;
}

template <unsigned Threads, typename P>
__global__ void softmaxKernel(SoftmaxShape s, RelativePart<const float> relH, RelativePart<const float> relW, const float* logits,
                              P* probabilities) {
  Row r;
  if (!openRow<Threads>(s, probabilities, r)) return;
  const int points = r.points, padded = r.padded, side = r.side;
  float* v = r.v;
  const float* row = logits + r.at;
  P* out = probabilities + r.at;
  const float* h = relH.data != nullptr ? partOf(relH, r) : nullptr;
  const float* w = relW.data != nullptr ? partOf(relW, r) : nullptr;
  float most = -INFINITY, sum = 0;
  for (int j = threadIdx.x; j < points; j += Threads) {
    float x = s.scale * row[j];
    if (h != nullptr) x += h[j / side] + w[j % side];
    v[j] = x;
    most = fmaxf(most, x);
  }
  most = overRow<Threads, true>(most, r.spare);
  for (int j = threadIdx.x; j < points; j += Threads) sum += v[j] = expf(v[j] - most);
  const float factor = 1 / overRow<Threads, false>(sum, r.spare);
  for (int j = threadIdx.x; j < padded; j += Threads) out[j] = fromFloat<P>(j < points ? v[j] * factor : 0.0F);
}

template <unsigned Threads, typename P>
__global__ void softmaxBackwardKernel(SoftmaxShape s, const P* probabilities, const float* gradient, P* dLogits, RelativePart<float> dRelH,
                                      RelativePart<float> dRelW) {
  Row r;
  if (!openRow<Threads>(s, dLogits, r)) return;
  const int points = r.points, padded = r.padded, side = r.side;
  float* v = r.v;
  const P* p = probabilities + r.at;
  const float* g = gradient + r.at;
  P* out = dLogits + r.at;
  float dot = 0;
  for (int j = threadIdx.x; j < points; j += Threads) {
    v[j] = g[j];
    dot += toFloat(p[j]) * v[j];
  }
  dot = overRow<Threads, false>(dot, r.spare);
  for (int j = threadIdx.x; j < padded; j += Threads) {
    const float d = j < points ? toFloat(p[j]) * (v[j] - dot) : 0.0F;
    v[j] = d;
    out[j] = fromFloat<P>(d);
  }
  if (dRelH.data == nullptr) return;
  waitForRow<Threads>();
  float* h = partOf(dRelH, r);
  float* w = partOf(dRelW, r);
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
