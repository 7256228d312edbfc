#include "core/nn/devicewait.h"

#ifdef GPS_WITH_CUDA
#include <c10/cuda/CUDAStream.h>
#endif

namespace gps {

void waitFor(c10::Device device) {
#ifdef GPS_WITH_CUDA
  if (device.is_cuda()) c10::cuda::getCurrentCUDAStream(device.index()).synchronize();
#else
  static_cast<void>(device);
#endif
}

}  // namespace gps
