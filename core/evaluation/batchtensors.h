#pragma once
#include <ATen/core/Tensor.h>

#include "core/data/loader.h"

namespace gps {

struct BatchTensors {
  at::Tensor images;  // [V * B, 3, S, S]
  at::Tensor masks;   // [B, 1, S, S], 0 or 1; undefined when the loader reads none
  at::Tensor labels;  // int64 [B]; undefined when there are none
};

// Copies a batch to where and how the model computes; makes the views there when the loader left them to the device.
BatchTensors toTensors(const Batch& batch, const PreprocessSpec& preprocess, at::Device device, at::ScalarType type);

}  // namespace gps
