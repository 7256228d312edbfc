#include "core/nn/convproducts.h"

#include <ATen/ATen.h>

#include "core/kernels/depthwise.h"
#include "core/nn/cudalaunch.h"

namespace gps::detail {

bool isPointwise(const ConvShape& s) { return s.kernel == 1 && s.stride == 1 && s.padding == 0 && s.groups == 1; }
static bool isDepthwise(const ConvShape& s) { return s.kernel == 3 && s.groups == s.in && s.in == s.out && s.in % 4 == 0; }

// Pictures whose channels lie side by side (on CUDA): 1 x 1 is a matrix product there, depthwise 3 x 3 has its own kernels.
bool liesChannelsLast(const at::Tensor& x) { return detail::takesKernels(x, at::MemoryFormat::ChannelsLast); }
at::Tensor toChannelsLast(const at::Tensor& x) { return x.contiguous(at::MemoryFormat::ChannelsLast); }
static at::Tensor tokens(const at::Tensor& x) { return x.permute({0, 2, 3, 1}); }
static at::Tensor picture(const at::Tensor& tokens) { return tokens.permute({0, 3, 1, 2}); }
at::Tensor tokenRows(const at::Tensor& x) { return tokens(x).reshape({-1, x.size(1)}); }

static kernels::DepthwiseShape depthwiseShape(const ConvShape& s, at::IntArrayRef x) {
  return {x[0], x[2], x[3], x[1], s.stride, s.padding};
}

static at::Tensor emptyPicture(at::IntArrayRef sizes, const at::Tensor& like) {
  return at::empty(sizes, like.options().memory_format(at::MemoryFormat::ChannelsLast));
}

static at::Tensor depthwise(const ConvShape& s, const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
  const auto d = depthwiseShape(s, x.sizes());
  const auto y = emptyPicture({d.batch, d.channels, d.outHeight(), d.outWidth()}, x);
  detail::checkLaunch(
      kernels::depthwiseOnCuda(d, x.data_ptr<float>(), weight.data_ptr<float>(), bias.defined() ? bias.data_ptr<float>() : nullptr,
                               y.data_ptr<float>(), detail::cudaStream()),
      "convolution");
  return y;
}

// [B, C, H, W] -> [B * h * w, C * k * k] for kernel = stride, no padding.
at::Tensor patches(const at::Tensor& x, std::int64_t k) {
  const auto b = x.size(0), c = x.size(1), h = x.size(2) / k, w = x.size(3) / k;
  return x.narrow(2, 0, h * k).narrow(3, 0, w * k).view({b, c, h, k, w, k}).permute({0, 2, 4, 1, 3, 5}).reshape({b * h * w, c * k * k});
}

// Patches side by side on CUDA, in any type: one product.
static bool isPatchProduct(const ConvShape& s, const at::Tensor& x) {
  return x.is_cuda() && s.kernel > 1 && s.stride == s.kernel && s.padding == 0 && s.groups == 1;
}

// The inverse of patches(); pixels that lie in no patch become 0.
static at::Tensor fromPatches(const at::Tensor& rows, const ConvShape& s, at::IntArrayRef sizes) {
  const auto h = sizes[2] / s.kernel, w = sizes[3] / s.kernel;
  const auto x = rows.view({sizes[0], h, w, s.in, s.kernel, s.kernel})
                     .permute({0, 3, 1, 4, 2, 5})
                     .reshape({sizes[0], s.in, h * s.kernel, w * s.kernel});
  return x.sizes() == sizes ? x : at::constant_pad_nd(x, {0, sizes[3] - x.size(3), 0, sizes[2] - x.size(2)}, 0);
}

at::Tensor convolve(const ConvShape& s, const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
  const auto general = [&](const at::Tensor& input) {
    return at::conv2d(input, weight, bias, {s.stride, s.stride}, {s.padding, s.padding}, {1, 1}, s.groups);
  };
  if (isPatchProduct(s, x)) {
    const auto h = x.size(2) / s.kernel, w = x.size(3) / s.kernel;
    return picture(at::linear(patches(x, s.kernel), weight.reshape({s.out, -1}), bias).view({x.size(0), h, w, s.out}));
  }
  if (!liesChannelsLast(x)) return general(x);
  if (isPointwise(s)) return picture(at::linear(tokens(x), weight.reshape({s.out, s.in}), bias));
  if (!isDepthwise(s)) return toChannelsLast(general(x));
  const bool recorded =
      at::GradMode::is_enabled() && (x.requires_grad() || weight.requires_grad() || (bias.defined() && bias.requires_grad()));
  return recorded ? toChannelsLast(general(x.contiguous())) : depthwise(s, x, weight, bias);
}

// {dX, dW}, each only if asked for. x may be a stand-in of the right shape unless dW is wanted.
std::pair<at::Tensor, at::Tensor> convolutionGradients(const ConvShape& s, const at::Tensor& dy, const at::Tensor& x,
                                                       const at::Tensor& weight, bool wantsInput, bool wantsWeight) {
  const bool last = liesChannelsLast(dy) && (!wantsWeight || liesChannelsLast(x));
  at::Tensor dx, dw;
  if (isPatchProduct(s, dy)) {
    const auto rows = tokenRows(dy);
    if (wantsInput) dx = fromPatches(rows.mm(weight.reshape({s.out, -1})), s, x.sizes());
    if (wantsWeight) dw = rows.t().mm(patches(x, s.kernel)).view(weight.sizes());
    return {dx, dw};
  }
  if (last && isPointwise(s)) {
    const auto rows = tokenRows(dy);
    if (wantsInput) dx = picture(rows.mm(weight.reshape({s.out, s.in})).view({x.size(0), x.size(2), x.size(3), s.in}));
    if (wantsWeight) dw = rows.t().mm(tokenRows(x)).view(weight.sizes());
    return {dx, dw};
  }
  if (last && isDepthwise(s)) {
    const auto d = depthwiseShape(s, x.sizes());
    if (wantsInput) {
      dx = emptyPicture(x.sizes(), dy);
      detail::checkLaunch(kernels::depthwiseInputGradientOnCuda(d, dy.data_ptr<float>(), weight.data_ptr<float>(), dx.data_ptr<float>(),
                                                                detail::cudaStream()),
                          "convolution");
    }
    if (wantsWeight) {
      const auto slices = at::empty({kernels::depthwiseSlices(d), d.channels * 9}, dy.options());
      detail::checkLaunch(kernels::depthwiseWeightGradientOnCuda(d, dy.data_ptr<float>(), x.data_ptr<float>(), slices.data_ptr<float>(),
                                                                 detail::cudaStream()),
                          "convolution");
      dw = slices.sum(0).view(weight.sizes());
    }
    return {dx, dw};
  }
  const auto g = at::convolution_backward(dy, x, weight, c10::nullopt, {s.stride, s.stride}, {s.padding, s.padding}, {1, 1}, false, {0, 0},
                                          s.groups, {wantsInput, wantsWeight, false});
  dx = std::get<0>(g);
  return {dx.defined() && last ? toChannelsLast(dx) : dx, std::get<1>(g)};
}

at::Tensor keepChannels(const at::Tensor& x, const at::Tensor& channels) {
  return liesChannelsLast(x) ? picture(tokens(x).index_select(3, channels)) : x.index_select(1, channels);
}

// Calls each with the shifted plane [B, n, height, width] of every tap of the plan.
template <typename F>
static void forPlanes(const ConvShape& s, const ConvUnionPlan& plan, const at::Tensor& kept, std::int64_t height, std::int64_t width,
                      const F& each) {
  const auto padded = s.padding > 0 ? at::constant_pad_nd(kept, {s.padding, s.padding, s.padding, s.padding}, 0) : kept;
  for (const auto& tap : plan.taps)
    each(padded.slice(2, tap.ky, tap.ky + (height - 1) * s.stride + 1, s.stride)
             .slice(3, tap.kx, tap.kx + (width - 1) * s.stride + 1, s.stride)
             .index_select(1, tap.channels));
}

at::Tensor unionRows(const ConvShape& s, const ConvUnionPlan& plan, const at::Tensor& kept, std::int64_t height, std::int64_t width) {
  std::vector<at::Tensor> planes;
  forPlanes(s, plan, kept, height, width, [&](const at::Tensor& plane) { planes.push_back(tokenRows(plane)); });
  return at::cat(planes, 1).index_select(1, plan.order);
}

at::Tensor unionProducts(const ConvShape& s, const ConvUnionPlan& plan, const at::Tensor& kept, const at::Tensor& left, std::int64_t height,
                         std::int64_t width) {
  std::vector<at::Tensor> products;
  forPlanes(s, plan, kept, height, width, [&](const at::Tensor& plane) {
    products.push_back(left.mm(plane.permute({1, 0, 2, 3}).reshape({plane.size(1), -1}).t()));
  });
  return at::cat(products, 1).index_select(1, plan.order);
}

}  // namespace gps::detail
