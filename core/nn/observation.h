#pragma once
// Mean of |x| over all places where an entry of a weight multiplies x, pictures and padding counted, in the type of `like`; broadcasts to
// the weight's [rows, cols]. x: as the weight sees it, behind the activation.
#include <ATen/core/Tensor.h>

#include "core/nn/conv.h"

namespace gps::detail {

at::Tensor meanOfTokens(const at::Tensor& x, const at::Tensor& like);                        // Linear: [..., in]
at::Tensor meanOfTaps(const ConvShape& shape, const at::Tensor& x, const at::Tensor& like);  // Conv2d: [B, in, H, W]
at::Tensor meanOfPixels(const at::Tensor& x, const at::Tensor& like);                        // ConvTranspose2d: [B, in, H, W]

}  // namespace gps::detail
