#include "core/kernels/profiling.h"

#ifdef GPS_WITH_CUDA
#include <cuda_runtime_api.h>

// Of the CUDA runtime; their header is a package of its own.
extern "C" cudaError_t cudaProfilerStart();
extern "C" cudaError_t cudaProfilerStop();
#endif

namespace gps::kernels {

void startProfiling() {
#ifdef GPS_WITH_CUDA
  cudaProfilerStart();
#endif
}

void stopProfiling() {
#ifdef GPS_WITH_CUDA
  cudaProfilerStop();
#endif
}

}  // namespace gps::kernels
