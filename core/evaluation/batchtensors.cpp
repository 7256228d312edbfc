#include "core/evaluation/batchtensors.h"

#include <ATen/ATen.h>

namespace gps {

static at::Tensor plane(const std::vector<float>& values, at::IntArrayRef shape, at::Device device, at::ScalarType type) {
  const auto view = at::from_blob(const_cast<float*>(values.data()), shape, at::kFloat);
  // From page-locked memory the copy runs beside the step before it.
  if (device.is_cuda()) return view.pin_memory().to(device, type, /*non_blocking=*/true);
  return view.to(device, type, /*non_blocking=*/false, /*copy=*/true);
}

BatchTensors toTensors(const SegmentationBatch& b, at::Device device, at::ScalarType type) {
  BatchTensors t;
  t.images = plane(b.images, {b.count, 3, b.size, b.size}, device, type);
  if (!b.masks.empty()) t.masks = plane(b.masks, {b.count, 1, b.size, b.size}, device, type);
  return t;
}

}  // namespace gps
