#pragma once
#include <ATen/core/Tensor.h>

namespace gps {

// Cuts [B, H, W, C] into windows [B * nH * nW, window * window, C]; sides that are no multiple of the window are padded with
// zeros below and to the right.
at::Tensor partitionWindows(const at::Tensor& x, std::int64_t window);
// The inverse: windows -> [B, height, width, C], padding cut off.
at::Tensor joinWindows(const at::Tensor& windows, std::int64_t window, std::int64_t height, std::int64_t width);
// x + joinWindows(windows), x [B, H, W, C].
at::Tensor joinWindowsOnto(const at::Tensor& x, const at::Tensor& windows, std::int64_t window);

}  // namespace gps
