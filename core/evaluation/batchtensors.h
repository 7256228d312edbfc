#pragma once
#include <ATen/core/Tensor.h>

#include "core/data/loader.h"

namespace gps {

struct BatchTensors {
  at::Tensor images;  // [B, 3, S, S]
  at::Tensor masks;   // [B, 1, S, S], 0 or 1; undefined when the loader reads none
};

// Copies a batch to where and how the model computes.
BatchTensors toTensors(const SegmentationBatch& batch, at::Device device, at::ScalarType type);

}  // namespace gps
