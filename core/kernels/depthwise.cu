#include "core/kernels/depthwise.h"

namespace gps::kernels {

namespace {

struct Shape {
  int height, width, outHeight, outWidth, channels, stride, padding;
};

Shape shapeOf(const DepthwiseShape& s) {
  return {static_cast<int>(s.height),   static_cast<int>(s.width),  static_cast<int>(s.outHeight()), static_cast<int>(s.outWidth()),
          static_cast<int>(s.channels), static_cast<int>(s.stride), static_cast<int>(s.padding)};
}

constexpr int kStrip = 8;  // neighbours along a row that share the weights in registers

__device__ void loadWeights(const float* weight, int quad, float4 (&w)[9]) {
  const float* p = weight + quad * 36;
#pragma unroll
  for (int t = 0; t < 9; ++t) w[t] = {p[t], p[9 + t], p[18 + t], p[27 + t]};
}

__device__ void addProduct(float4& sum, const float4& a, const float4& b) {
  sum.x += a.x * b.x;
  sum.y += a.y * b.y;
  sum.z += a.z * b.z;
  sum.w += a.w * b.w;
}

// One thread: four channels of a strip.
__global__ void forwardKernel(Shape s, unsigned count, const float4* x, const float* weight, const float* bias, float4* y) {
  const unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= count) return;
  const int quads = s.channels / 4, strips = (s.outWidth + kStrip - 1) / kStrip;
  const int quad = static_cast<int>(i % quads);
  unsigned r = i / quads;
  const int first = static_cast<int>(r % strips) * kStrip;
  r /= strips;
  const int oy = static_cast<int>(r % s.outHeight), b = static_cast<int>(r / s.outHeight);
  float4 w[9];
  loadWeights(weight, quad, w);
  float4 start = {0, 0, 0, 0};
  if (bias != nullptr) start = {bias[4 * quad], bias[4 * quad + 1], bias[4 * quad + 2], bias[4 * quad + 3]};
  for (int ox = first; ox < min(first + kStrip, s.outWidth); ++ox) {
    float4 sum = start;
#pragma unroll
    for (int t = 0; t < 9; ++t) {
      const int iy = oy * s.stride - s.padding + t / 3, ix = ox * s.stride - s.padding + t % 3;
      if (iy >= 0 && iy < s.height && ix >= 0 && ix < s.width)
        addProduct(sum, x[((b * s.height + iy) * s.width + ix) * quads + quad], w[t]);
    }
    y[((b * s.outHeight + oy) * s.outWidth + ox) * quads + quad] = sum;
  }
}

// Stride: 1, 2, or 0 for any.
template <int Stride>
__global__ void inputGradientKernel(Shape s, unsigned count, const float4* dy, const float* weight, float4* dx) {
  const unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= count) return;
  const int quads = s.channels / 4, strips = (s.width + kStrip - 1) / kStrip;
  const int quad = static_cast<int>(i % quads);
  unsigned r = i / quads;
  const int first = static_cast<int>(r % strips) * kStrip;
  r /= strips;
  const int iy = static_cast<int>(r % s.height), b = static_cast<int>(r / s.height);
  float4 w[9];
  loadWeights(weight, quad, w);
  const int stride = Stride > 0 ? Stride : s.stride;
  for (int ix = first; ix < min(first + kStrip, s.width); ++ix) {
    float4 sum = {0, 0, 0, 0};
#pragma unroll
    for (int t = 0; t < 9; ++t) {
      const int ty = iy + s.padding - t / 3, tx = ix + s.padding - t % 3;
      if (ty < 0 || tx < 0 || ty % stride != 0 || tx % stride != 0) continue;
      const int oy = ty / stride, ox = tx / stride;
      if (oy < s.outHeight && ox < s.outWidth) addProduct(sum, dy[((b * s.outHeight + oy) * s.outWidth + ox) * quads + quad], w[t]);
    }
    dx[((b * s.height + iy) * s.width + ix) * quads + quad] = sum;
  }
}

constexpr int kRowsPerSlice = 8;  // warps of a block, one output row each; as on the CPU

__global__ void weightGradientKernel(Shape s, int rows, const float* dy, const float* x, float* slices) {
  __shared__ float partial[kRowsPerSlice][9][32];
  const int c = static_cast<int>(blockIdx.x) * 32 + static_cast<int>(threadIdx.x);
  const int row = static_cast<int>(blockIdx.y) * kRowsPerSlice + static_cast<int>(threadIdx.y);
  float sum[9] = {};
  if (c < s.channels && row < rows) {
    const int b = row / s.outHeight, top = row % s.outHeight * s.stride - s.padding;
    for (int ox = 0; ox < s.outWidth; ++ox) {
      const float g = dy[(row * s.outWidth + ox) * s.channels + c];
#pragma unroll
      for (int t = 0; t < 9; ++t) {
        const int iy = top + t / 3, ix = ox * s.stride - s.padding + t % 3;
        if (iy >= 0 && iy < s.height && ix >= 0 && ix < s.width) sum[t] += g * x[((b * s.height + iy) * s.width + ix) * s.channels + c];
      }
    }
  }
#pragma unroll
  for (int t = 0; t < 9; ++t) partial[threadIdx.y][t][threadIdx.x] = sum[t];
  __syncthreads();
  if (c >= s.channels) return;
  for (int t = static_cast<int>(threadIdx.y); t < 9; t += kRowsPerSlice) {
    float all = 0;
    for (int k = 0; k < kRowsPerSlice; ++k) all += partial[k][t][threadIdx.x];
    slices[(static_cast<std::int64_t>(blockIdx.y) * s.channels + c) * 9 + t] = all;
  }
}

constexpr unsigned kThreads = 256;
unsigned blocksFor(std::int64_t count) { return static_cast<unsigned>((count + kThreads - 1) / kThreads); }

}  // namespace

int depthwiseOnCuda(const DepthwiseShape& s, const float* x, const float* weight, const float* bias, float* y, void* stream) {
  const auto count = s.batch * s.outHeight() * ((s.outWidth() + kStrip - 1) / kStrip) * (s.channels / 4);
  if (count == 0) return 0;
  forwardKernel<<<blocksFor(count), kThreads, 0, static_cast<cudaStream_t>(stream)>>>(
      shapeOf(s), static_cast<unsigned>(count), reinterpret_cast<const float4*>(x), weight, bias, reinterpret_cast<float4*>(y));
  return static_cast<int>(cudaGetLastError());
}

int depthwiseInputGradientOnCuda(const DepthwiseShape& s, const float* dy, const float* weight, float* dx, void* stream) {
  const auto count = s.batch * s.height * ((s.width + kStrip - 1) / kStrip) * (s.channels / 4);
  if (count == 0) return 0;
  const auto kernel = s.stride == 1 ? inputGradientKernel<1> : s.stride == 2 ? inputGradientKernel<2> : inputGradientKernel<0>;
  kernel<<<blocksFor(count), kThreads, 0, static_cast<cudaStream_t>(stream)>>>(
      shapeOf(s), static_cast<unsigned>(count), reinterpret_cast<const float4*>(dy), weight, reinterpret_cast<float4*>(dx));
  return static_cast<int>(cudaGetLastError());
}

int depthwiseWeightGradientOnCuda(const DepthwiseShape& s, const float* dy, const float* x, float* slices, void* stream) {
  const dim3 blocks(static_cast<unsigned>((s.channels + 31) / 32), static_cast<unsigned>(depthwiseSlices(s)));
  if (blocks.x == 0 || blocks.y == 0) return 0;
  weightGradientKernel<<<blocks, dim3(32, kRowsPerSlice), 0, static_cast<cudaStream_t>(stream)>>>(
      shapeOf(s), static_cast<int>(s.batch * s.outHeight()), dy, x, slices);
  return static_cast<int>(cudaGetLastError());
}

}  // namespace gps::kernels
