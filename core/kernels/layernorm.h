#pragma once
// LayerNorm (Ba et al. 2016) over the last dimension, and its gradient in the input alone: the norm's own scale and shift are frozen.
//   z = (x - mean) rstd gamma + beta,  rstd = 1 / sqrt(var + eps),  var with 1/n
//   dx = rstd (g - mean(g) - x^ mean(g x^)),  g = dz gamma,  x^ = (x - mean) rstd
// Statistics and sums are fp32. x and dx have one type, z and dz another. Every function launches on `stream` (a cudaStream_t), waits for
// nothing, and returns a CUDA error code, 0 on success. Pointers on the device, rows dense.
#include <cstdint>

#include "core/kernels/realtype.h"

namespace gps::kernels {

struct NormShape {
  std::int64_t rows = 0, width = 0;
};

struct NormParameters {
  const float* gamma = nullptr;  // [width]
  const float* beta = nullptr;   // [width]
  double eps = 1e-6;
};

// Writes z, mean and rstd [rows].
int layerNormOnCuda(const NormShape& shape, const NormParameters& parameters, RealType xType, const void* x, RealType zType, void* z,
                    float* mean, float* rstd, void* stream);
// z again, from statistics that are there.
int normaliseOnCuda(const NormShape& shape, const NormParameters& parameters, RealType xType, const void* x, RealType zType, void* z,
                    const float* mean, const float* rstd, void* stream);
// add: of x's type, added to dx (a shortcut's gradient); may be null, may be dx itself.
int layerNormBackwardOnCuda(const NormShape& shape, const NormParameters& parameters, RealType zType, const void* dz, RealType xType,
                            const void* x, const float* mean, const float* rstd, const void* add, void* dx, void* stream);

// The same, plainly.
void layerNormOnCpu(const NormShape& shape, const NormParameters& parameters, const float* x, float* z, float* mean, float* rstd);
void layerNormBackwardOnCpu(const NormShape& shape, const NormParameters& parameters, const float* dz, const float* x, const float* mean,
                            const float* rstd, const float* add, float* dx);

}  // namespace gps::kernels
