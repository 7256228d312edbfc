#include "core/nn/windows.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include "core/kernels/windowcopy.h"
#include "core/nn/cudalaunch.h"

namespace gps {

namespace {

using kernels::WindowShape;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

std::int64_t windowsAlong(std::int64_t side, std::int64_t window) { return (side + window - 1) / window; }

at::Tensor cutOnCuda(const WindowShape& s, const at::Tensor& picture) {
  const auto to = at::empty({s.batch * s.rows() * s.columns(), s.window * s.window, s.channels}, picture.options());
  detail::checkLaunch(kernels::cutWindowsOnCuda(s, picture.data_ptr<float>(), to.data_ptr<float>(), detail::cudaStream()), "windows");
  return to;
}

at::Tensor joinOnCuda(const WindowShape& s, const at::Tensor& windows, const at::Tensor& added) {
  const auto to = at::empty({s.batch, s.height, s.width, s.channels}, windows.options());
  detail::checkLaunch(kernels::joinWindowsOnCuda(s, windows.data_ptr<float>(), added.defined() ? added.data_ptr<float>() : nullptr,
                                                 to.data_ptr<float>(), detail::cudaStream()),
                      "windows");
  return to;
}

void keep(AutogradContext* ctx, const WindowShape& s) {
  ctx->saved_data["shape"] = std::vector<std::int64_t>{s.batch, s.height, s.width, s.channels, s.window};
}
WindowShape kept(AutogradContext* ctx) {
  const auto v = ctx->saved_data["shape"].toIntVector();
  return {v[0], v[1], v[2], v[3], v[4]};
}

struct CutFunction : torch::autograd::Function<CutFunction> {
  static at::Tensor forward(AutogradContext* ctx, const at::Tensor& x, std::int64_t window) {
    const WindowShape s{x.size(0), x.size(1), x.size(2), x.size(3), window};
    keep(ctx, s);
    return cutOnCuda(s, x);
  }
  static variable_list backward(AutogradContext* ctx, variable_list outputs) {
    return {joinOnCuda(kept(ctx), outputs[0].contiguous(), {}), {}};
  }
};

struct JoinFunction : torch::autograd::Function<JoinFunction> {
  static at::Tensor forward(AutogradContext* ctx, const at::Tensor& windows, const at::Tensor& added, std::int64_t window) {
    const WindowShape s{added.size(0), added.size(1), added.size(2), added.size(3), window};
    keep(ctx, s);
    return joinOnCuda(s, windows, added);
  }
  static variable_list backward(AutogradContext* ctx, variable_list outputs) {
    const auto dy = outputs[0].contiguous();
    return {cutOnCuda(kept(ctx), dy), dy, {}};
  }
};

}  // namespace

at::Tensor partitionWindows(const at::Tensor& x, std::int64_t window) {
  const auto batch = x.size(0), height = x.size(1), width = x.size(2), channels = x.size(3);
  if (detail::takesKernels(x) && channels % 4 == 0) return CutFunction::apply(x, window);
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

at::Tensor joinWindowsOnto(const at::Tensor& x, const at::Tensor& windows, std::int64_t window) {
  if (detail::takesKernels(x) && detail::takesKernels(windows) && x.size(3) % 4 == 0) return JoinFunction::apply(windows, x, window);
  return x + joinWindows(windows, window, x.size(1), x.size(2));
}

}  // namespace gps
