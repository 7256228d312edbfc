#include "core/kernels/windowcopy.h"

namespace gps::kernels {

namespace {

struct Shape {
  unsigned height, width, quads, window, rows, columns;  // quads: channels / 4
};

Shape shapeOf(const WindowShape& s) {
  return {static_cast<unsigned>(s.height), static_cast<unsigned>(s.width),  static_cast<unsigned>(s.channels / 4),
          static_cast<unsigned>(s.window), static_cast<unsigned>(s.rows()), static_cast<unsigned>(s.columns())};
}

__global__ void cutKernel(Shape s, unsigned count, const float4* picture, float4* windows) {
  const unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= count) return;
  unsigned r = i / s.quads;
  const unsigned c = i % s.quads, dx = r % s.window;
  r /= s.window;
  const unsigned dy = r % s.window;
  r /= s.window;
  const unsigned x = r % s.columns * s.window + dx;
  r /= s.columns;
  const unsigned y = r % s.rows * s.window + dy, b = r / s.rows;
  windows[i] = y < s.height && x < s.width ? picture[((b * s.height + y) * s.width + x) * s.quads + c] : float4{0, 0, 0, 0};
}

__global__ void joinKernel(Shape s, unsigned count, const float4* windows, const float4* added, float4* picture) {
  const unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= count) return;
  unsigned r = i / s.quads;
  const unsigned c = i % s.quads, x = r % s.width;
  r /= s.width;
  const unsigned y = r % s.height, b = r / s.height;
  const unsigned window = (b * s.rows + y / s.window) * s.columns + x / s.window;
  float4 v = windows[((window * s.window + y % s.window) * s.window + x % s.window) * s.quads + c];
  if (added != nullptr) {
    const float4 a = added[i];
    v = {v.x + a.x, v.y + a.y, v.z + a.z, v.w + a.w};
  }
  picture[i] = v;
}

constexpr unsigned kThreads = 256;
unsigned blocksFor(std::int64_t count) { return static_cast<unsigned>((count + kThreads - 1) / kThreads); }

}  // namespace

int cutWindowsOnCuda(const WindowShape& s, const float* picture, float* windows, void* stream) {
  const auto count = s.batch * s.rows() * s.columns() * s.window * s.window * (s.channels / 4);
  if (count == 0) return 0;
  cutKernel<<<blocksFor(count), kThreads, 0, static_cast<cudaStream_t>(stream)>>>(
      shapeOf(s), static_cast<unsigned>(count), reinterpret_cast<const float4*>(picture), reinterpret_cast<float4*>(windows));
  return static_cast<int>(cudaGetLastError());
}

int joinWindowsOnCuda(const WindowShape& s, const float* windows, const float* added, float* picture, void* stream) {
  const auto count = s.batch * s.height * s.width * (s.channels / 4);
  if (count == 0) return 0;
  joinKernel<<<blocksFor(count), kThreads, 0, static_cast<cudaStream_t>(stream)>>>(
      shapeOf(s), static_cast<unsigned>(count), reinterpret_cast<const float4*>(windows), reinterpret_cast<const float4*>(added),
      reinterpret_cast<float4*>(picture));
  return static_cast<int>(cudaGetLastError());
}

}  // namespace gps::kernels
