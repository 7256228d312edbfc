#include "core/evaluation/batchtensors.h"

#include <ATen/ATen.h>

#include "core/data/views/deviceviews.h"
#include "core/data/views/fittedviews.h"

namespace gps {

// From page-locked memory the copy runs beside the step before it.
static at::Tensor toDevice(const at::Tensor& host, at::Device device, at::ScalarType type) {
  if (device.is_cuda()) return host.pin_memory().to(device, type, /*non_blocking=*/true);
  return host.to(device, type, /*non_blocking=*/false, /*copy=*/true);
}

static at::Tensor planes(const std::vector<float>& values, at::IntArrayRef shape) {
  return at::from_blob(const_cast<float*>(values.data()), shape, at::kFloat);
}

static at::Tensor imagesOf(const Batch& b, const PreprocessSpec& preprocess, at::Device device, at::ScalarType type) {
  if (b.pictures.empty()) return toDevice(planes(b.images, {b.views * b.count, 3, b.size, b.size}), device, type);
  if (!b.plans.empty()) return deviceBatch(b.pictures, b.plans, preprocess, device, type);
  const auto images = fittedImages(b.pictures, b.mirrored, b.scales, b.size, device, type);
  return b.views == 1 ? images : images.repeat({b.views, 1, 1, 1});
}

BatchTensors toTensors(const Batch& b, const PreprocessSpec& preprocess, at::Device device, at::ScalarType type) {
  BatchTensors t;
  t.images = imagesOf(b, preprocess, device, type);
  if (!b.maskPictures.empty()) t.masks = fittedMasks(b.maskPictures, b.mirrored, b.size, device, type);
  if (!b.masks.empty()) t.masks = toDevice(planes(b.masks, {b.count, 1, b.size, b.size}), device, type);
  if (!b.labels.empty()) {
    const auto host = at::from_blob(const_cast<int*>(b.labels.data()), {b.count}, at::kInt);
    t.labels = toDevice(host.to(at::kLong), device, at::kLong);
  }
  return t;
}

}  // namespace gps
