#include "core/kernels/attention.h"

namespace gps::kernels {

namespace {

struct Shape {
  unsigned windows, points, heads, parts, quads, padded;  // quads: width / 4
};

Shape shapeOf(const HeadShape& s) {
  return {static_cast<unsigned>(s.windows), static_cast<unsigned>(s.points),    static_cast<unsigned>(s.heads),
          static_cast<unsigned>(s.parts),   static_cast<unsigned>(s.width / 4), static_cast<unsigned>(s.padded)};
}

__global__ void splitKernel(Shape s, unsigned count, const float4* from, float4* to) {
  const unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= count) return;
  unsigned r = i / s.quads;
  const unsigned c = i % s.quads, p = r % s.padded;
  r /= s.padded;
  const unsigned h = r % s.heads;
  r /= s.heads;
  const unsigned w = r % s.windows, part = r / s.windows;
  to[i] = p < s.points ? from[(((w * s.points + p) * s.heads + h) * s.parts + part) * s.quads + c] : float4{0, 0, 0, 0};
}

__global__ void joinKernel(Shape s, unsigned count, const float4* from, float4* to) {
  const unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= count) return;
  unsigned r = i / s.quads;
  const unsigned c = i % s.quads, part = r % s.parts;
  r /= s.parts;
  const unsigned h = r % s.heads;
  r /= s.heads;
  const unsigned p = r % s.points, w = r / s.points;
  to[i] = from[(((part * s.windows + w) * s.heads + h) * s.padded + p) * s.quads + c];
}

__device__ float warpSum(float v) {
  for (int d = 16; d > 0; d /= 2) v += __shfl_xor_sync(0xffffffffU, v, d);
  return v;
}
__device__ float warpMax(float v) {
  for (int d = 16; d > 0; d /= 2) v = fmaxf(v, __shfl_xor_sync(0xffffffffU, v, d));
  return v;
}

constexpr unsigned kRowsPerBlock = 8;  // one warp a row

template <int PerLane>
__global__ void softmaxKernel(Shape s, std::int64_t rows, float scale, const float* bias, float* logits) {
  const std::int64_t row = static_cast<std::int64_t>(blockIdx.x) * kRowsPerBlock + threadIdx.y;
  if (row >= rows) return;
  const unsigned p = static_cast<unsigned>(row % s.padded), h = static_cast<unsigned>(row / s.padded % s.heads);
  float* r = logits + row * s.padded;
  const bool padding = p >= s.points;
  const float* b = bias + (padding ? 0 : (h * s.points + p) * s.points);
  float v[PerLane], most = -INFINITY, sum = 0;
#pragma unroll
  for (int k = 0; k < PerLane; ++k) {
    const unsigned c = threadIdx.x + 32 * k;
    v[k] = !padding && c < s.points ? scale * r[c] + b[c] : -INFINITY;
    most = fmaxf(most, v[k]);
  }
  most = warpMax(most);
#pragma unroll
  for (int k = 0; k < PerLane; ++k) sum += v[k] = padding ? 0.0F : expf(v[k] - most);
  sum = padding ? 1.0F : warpSum(sum);
#pragma unroll
  for (int k = 0; k < PerLane; ++k) {
    const unsigned c = threadIdx.x + 32 * k;
    if (c < s.padded) r[c] = v[k] / sum;
  }
}

template <int PerLane>
__global__ void softmaxBackwardKernel(Shape s, std::int64_t rows, const float* probabilities, float* gradient) {
  const std::int64_t row = static_cast<std::int64_t>(blockIdx.x) * kRowsPerBlock + threadIdx.y;
  if (row >= rows) return;
  const float* p = probabilities + row * s.padded;
  float* g = gradient + row * s.padded;
  float pv[PerLane], gv[PerLane], dot = 0;
#pragma unroll
  for (int k = 0; k < PerLane; ++k) {
    const unsigned c = threadIdx.x + 32 * k;
    pv[k] = c < s.padded ? p[c] : 0.0F;
    gv[k] = c < s.padded ? g[c] : 0.0F;
    dot += pv[k] * gv[k];
  }
  dot = warpSum(dot);
#pragma unroll
  for (int k = 0; k < PerLane; ++k) {
    const unsigned c = threadIdx.x + 32 * k;
    if (c < s.padded) g[c] = pv[k] * (gv[k] - dot);
  }
}

constexpr unsigned kThreads = 256;
unsigned blocksFor(std::int64_t count, unsigned perBlock) { return static_cast<unsigned>((count + perBlock - 1) / perBlock); }

}  // namespace

int splitHeadsOnCuda(const HeadShape& shape, const float* from, float* to, void* stream) {
  const auto count = shape.parts * shape.windows * shape.heads * shape.padded * (shape.width / 4);
  if (count == 0) return 0;
  splitKernel<<<blocksFor(count, kThreads), kThreads, 0, static_cast<cudaStream_t>(stream)>>>(
      shapeOf(shape), static_cast<unsigned>(count), reinterpret_cast<const float4*>(from), reinterpret_cast<float4*>(to));
  return static_cast<int>(cudaGetLastError());
}

int joinHeadsOnCuda(const HeadShape& shape, const float* from, float* to, void* stream) {
  const auto count = shape.parts * shape.windows * shape.heads * shape.points * (shape.width / 4);
  if (count == 0) return 0;
  joinKernel<<<blocksFor(count, kThreads), kThreads, 0, static_cast<cudaStream_t>(stream)>>>(
      shapeOf(shape), static_cast<unsigned>(count), reinterpret_cast<const float4*>(from), reinterpret_cast<float4*>(to));
  return static_cast<int>(cudaGetLastError());
}

int biasedSoftmaxOnCuda(const HeadShape& shape, float scale, const float* bias, float* logits, void* stream) {
  const auto rows = shape.windows * shape.heads * shape.padded;
  if (rows == 0) return 0;
  const auto kernel = shape.padded <= 64 ? softmaxKernel<2> : softmaxKernel<kMostPoints / 32>;
  kernel<<<blocksFor(rows, kRowsPerBlock), dim3(32, kRowsPerBlock), 0, static_cast<cudaStream_t>(stream)>>>(shapeOf(shape), rows, scale,
                                                                                                            bias, logits);
  return static_cast<int>(cudaGetLastError());
}

int softmaxBackwardOnCuda(const HeadShape& shape, const float* probabilities, float* gradient, void* stream) {
  const auto rows = shape.windows * shape.heads * shape.padded;
  if (rows == 0) return 0;
  const auto kernel = shape.padded <= 64 ? softmaxBackwardKernel<2> : softmaxBackwardKernel<kMostPoints / 32>;
  kernel<<<blocksFor(rows, kRowsPerBlock), dim3(32, kRowsPerBlock), 0, static_cast<cudaStream_t>(stream)>>>(shapeOf(shape), rows,
                                                                                                            probabilities, gradient);
  return static_cast<int>(cudaGetLastError());
}

}  // namespace gps::kernels
