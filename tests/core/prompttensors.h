#pragma once
#include "core/backbones/promptencoder.h"

namespace gps::test {

inline PromptTensors pointsOf(const at::Tensor& points, const at::Tensor& labels, const at::Tensor& boxes = {},
                              const at::Tensor& mask = {}) {
  return {points, labels, boxes, mask};
}
inline PromptTensors boxesOf(const at::Tensor& boxes) { return {{}, {}, boxes, {}}; }

}  // namespace gps::test
