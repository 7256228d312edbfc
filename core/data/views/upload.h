#pragma once
#include <ATen/ATen.h>

namespace gps {

// A tensor of the CPU on a device. From pinned memory to a GPU, so that nobody waits; on the CPU the tensor itself.
inline at::Tensor uploaded(const at::Tensor& values, at::Device device) {
  if (!device.is_cuda()) return values;
  return (values.is_pinned() ? values : values.pin_memory()).to(device, /*non_blocking=*/true);
}

}  // namespace gps
