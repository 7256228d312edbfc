#pragma once
// The arithmetic of convolutions, without history: on CUDA in fp32 with channels side by side where that is a matrix product or has
// kernels of its own, else torch's.
#include <ATen/core/Tensor.h>

#include <utility>

#include "core/nn/conv.h"

namespace gps::detail {

bool isPointwise(const ConvShape& shape);
// Pictures whose channels lie side by side, on CUDA.
bool liesChannelsLast(const at::Tensor& x);
at::Tensor toChannelsLast(const at::Tensor& x);
// [B, C, H, W] -> [B * H * W, C], a view where the channels lie side by side.
at::Tensor tokenRows(const at::Tensor& x);

// weight [out, in / groups, k, k]; bias [out] or undefined.
at::Tensor convolve(const ConvShape& shape, const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias);
// {dX, dW}, each only if asked for. x may be a stand-in of the right shape unless dW is wanted.
std::pair<at::Tensor, at::Tensor> convolutionGradients(const ConvShape& shape, const at::Tensor& dy, const at::Tensor& x,
                                                       const at::Tensor& weight, bool wantsInput, bool wantsWeight);

// Some channels of x.
at::Tensor keepChannels(const at::Tensor& x, const at::Tensor& channels);
// [B, C, H, W] -> [B * h * w, C * k * k] for kernel = stride, no padding; what is left at the edges is cut off.
at::Tensor patches(const at::Tensor& x, std::int64_t k);
// What the columns of a plan multiply at every place of the output: [B * h * w, columns], from the kept channels of the input.
at::Tensor unionRows(const ConvShape& shape, const ConvUnionPlan& plan, const at::Tensor& kept, std::int64_t height, std::int64_t width);

// left [out, B * h * w] times the same: [out, columns], from channels whose places lie side by side.
at::Tensor unionProducts(const ConvShape& shape, const ConvUnionPlan& plan, const at::Tensor& kept, const at::Tensor& left,
                         std::int64_t height, std::int64_t width);

}  // namespace gps::detail
