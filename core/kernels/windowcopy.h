#pragma once
// Pictures [batch, height, width, channels] cut into windows [batch * rows * columns, window * window, channels] and back, each in
// one pass; sides that are no multiple of the window are filled up with zeros below and to the right. CUDA functions: device
// pointers, `stream` is a cudaStream_t, no synchronisation, a CUDA error code comes back; channels a multiple of 4, fewer than 2^31
// elements.
#include <cstdint>

namespace gps::kernels {

struct WindowShape {
  std::int64_t batch = 0, height = 0, width = 0, channels = 0, window = 0;
  std::int64_t rows() const { return (height + window - 1) / window; }
  std::int64_t columns() const { return (width + window - 1) / window; }
};

void cutWindowsOnCpu(const WindowShape& shape, const float* picture, float* windows);
int cutWindowsOnCuda(const WindowShape& shape, const float* picture, float* windows, void* stream);
// picture = windows + added; added may be null.
void joinWindowsOnCpu(const WindowShape& shape, const float* windows, const float* added, float* picture);
int joinWindowsOnCuda(const WindowShape& shape, const float* windows, const float* added, float* picture, void* stream);

}  // namespace gps::kernels
