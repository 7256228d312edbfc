#include "core/nn/windows.h"

#include <ATen/ATen.h>

namespace gps {

static std::int64_t windowsAlong(std::int64_t side, std::int64_t window) { return (side + window - 1) / window; }

at::Tensor partitionWindows(const at::Tensor& x, std::int64_t window) {
  const auto batch = x.size(0), height = x.size(1), width = x.size(2), channels = x.size(3);
  const auto rows = windowsAlong(height, window), columns = windowsAlong(width, window);
  const auto below = rows * window - height, right = columns * window - width;
  const auto padded = below > 0 || right > 0 ? at::constant_pad_nd(x, {0, 0, 0, right, 0, below}, 0) : x;
  return padded.reshape({batch, rows, window, columns, window, channels})
      .transpose(2, 3)
      .reshape({batch * rows * columns, window * window, channels});
}

at::Tensor joinWindows(const at::Tensor& windows, std::int64_t window, std::int64_t height, std::int64_t width) {
  const auto rows = windowsAlong(height, window), columns = windowsAlong(width, window), channels = windows.size(-1);
  const auto batch = windows.size(0) / (rows * columns);
  const auto joined = windows.reshape({batch, rows, columns, window, window, channels})
                          .transpose(2, 3)
                          .reshape({batch, rows * window, columns * window, channels});
  return joined.narrow(1, 0, height).narrow(2, 0, width);
}

}  // namespace gps
