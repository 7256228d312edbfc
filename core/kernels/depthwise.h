#pragma once
// Depthwise 3 x 3 convolution over [batch, height, width, channels] with weights [channels, 9]. CUDA functions: device pointers,
// `stream` is a cudaStream_t, no synchronisation, a CUDA error code comes back; channels a multiple of 4, fewer than 2^31 elements.
#include <cstdint>

namespace gps::kernels {

struct DepthwiseShape {
  std::int64_t batch = 0, height = 0, width = 0, channels = 0, stride = 1, padding = 1;
  std::int64_t outHeight() const { return (height + 2 * padding - 3) / stride + 1; }
  std::int64_t outWidth() const { return (width + 2 * padding - 3) / stride + 1; }
};

// bias [channels] or null; y [batch, outHeight, outWidth, channels]
void depthwiseOnCpu(const DepthwiseShape& shape, const float* x, const float* weight, const float* bias, float* y);
int depthwiseOnCuda(const DepthwiseShape& shape, const float* x, const float* weight, const float* bias, float* y, void* stream);

void depthwiseInputGradientOnCpu(const DepthwiseShape& shape, const float* dy, const float* weight, float* dx);
int depthwiseInputGradientOnCuda(const DepthwiseShape& shape, const float* dy, const float* weight, float* dx, void* stream);

// The gradient of the weight in slices [slices, channels, 9], to be added up; sums have a fixed order.
std::int64_t depthwiseSlices(const DepthwiseShape& shape);
void depthwiseWeightGradientOnCpu(const DepthwiseShape& shape, const float* dy, const float* x, float* slices);
int depthwiseWeightGradientOnCuda(const DepthwiseShape& shape, const float* dy, const float* x, float* slices, void* stream);

}  // namespace gps::kernels
