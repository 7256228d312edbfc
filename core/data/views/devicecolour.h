#pragma once
// The changes of colour of colour.h on a whole batch of views at once.
#include <ATen/core/Tensor.h>

#include <vector>

#include "core/data/views/augment.h"

namespace gps {

// views [N, 3, S, S] fp32, whole numbers 0 … 255, on any device; plans [N]. Changed in place, bit for bit as changeColour and makeGrey do
// it. A batch takes some 200 kernels, whatever N is.
void changeColours(const at::Tensor& views, const std::vector<ViewPlan>& plans);

}  // namespace gps
