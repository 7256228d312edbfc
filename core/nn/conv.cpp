#include "core/nn/conv.h"

#include <map>

#include "core/kernels/depthwise.h"
#include "core/nn/cudalaunch.h"
#include "core/nn/observation.h"
#include "core/nn/selectivebackward.h"
#include "core/values/error.h"

namespace gps {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

bool isPointwise(const ConvShape& s) { return s.kernel == 1 && s.stride == 1 && s.padding == 0 && s.groups == 1; }
bool isDepthwise(const ConvShape& s) { return s.kernel == 3 && s.groups == s.in && s.in == s.out && s.in % 4 == 0; }

// Pictures whose channels lie side by side (on CUDA): 1 x 1 is a matrix product there, depthwise 3 x 3 has its own kernels.
bool liesChannelsLast(const at::Tensor& x) { return detail::takesKernels(x, at::MemoryFormat::ChannelsLast); }
at::Tensor toChannelsLast(const at::Tensor& x) { return x.contiguous(at::MemoryFormat::ChannelsLast); }
at::Tensor tokens(const at::Tensor& x) { return x.permute({0, 2, 3, 1}); }
at::Tensor picture(const at::Tensor& tokens) { return tokens.permute({0, 3, 1, 2}); }
at::Tensor tokenRows(const at::Tensor& x) { return tokens(x).reshape({-1, x.size(1)}); }

kernels::DepthwiseShape depthwiseShape(const ConvShape& s, at::IntArrayRef x) { return {x[0], x[2], x[3], x[1], s.stride, s.padding}; }

at::Tensor emptyPicture(at::IntArrayRef sizes, const at::Tensor& like) {
  return at::empty(sizes, like.options().memory_format(at::MemoryFormat::ChannelsLast));
}

at::Tensor depthwise(const ConvShape& s, const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
  const auto d = depthwiseShape(s, x.sizes());
  const auto y = emptyPicture({d.batch, d.channels, d.outHeight(), d.outWidth()}, x);
  detail::checkLaunch(
      kernels::depthwiseOnCuda(d, x.data_ptr<float>(), weight.data_ptr<float>(), bias.defined() ? bias.data_ptr<float>() : nullptr,
                               y.data_ptr<float>(), detail::cudaStream()),
      "convolution");
  return y;
}

at::Tensor convolve(const ConvShape& s, const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
  const auto general = [&](const at::Tensor& input) {
    return at::conv2d(input, weight, bias, {s.stride, s.stride}, {s.padding, s.padding}, {1, 1}, s.groups);
  };
  if (!liesChannelsLast(x)) return general(x);
  if (isPointwise(s)) return picture(at::linear(tokens(x), weight.reshape({s.out, s.in}), bias));
  if (!isDepthwise(s)) return toChannelsLast(general(x));
  const bool recorded = at::GradMode::is_enabled() && (x.requires_grad() || weight.requires_grad() || detail::wantsGradient(bias));
  return recorded ? toChannelsLast(general(x.contiguous())) : depthwise(s, x, weight, bias);
}

// {dX, dW}, each only if asked for. x may be a stand-in of the right shape unless dW is wanted.
std::pair<at::Tensor, at::Tensor> convolutionGradients(const ConvShape& s, const at::Tensor& dy, const at::Tensor& x,
                                                       const at::Tensor& weight, bool wantsInput, bool wantsWeight) {
  const bool last = liesChannelsLast(dy) && (!wantsWeight || liesChannelsLast(x));
  at::Tensor dx, dw;
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

// [B, C, H, W] -> [B * h * w, C * k * k] for kernel = stride, no padding.
at::Tensor patches(const at::Tensor& x, std::int64_t k) {
  const auto b = x.size(0), c = x.size(1), h = x.size(2) / k, w = x.size(3) / k;
  return x.narrow(2, 0, h * k).narrow(3, 0, w * k).view({b, c, h, k, w, k}).permute({0, 2, 4, 1, 3, 5}).reshape({b * h * w, c * k * k});
}

// [out, u] from the kept channels of the (activated) input.
at::Tensor unionGradient(const Conv2d& layer, const at::Tensor& dy, const at::Tensor& kept) {
  const auto& s = layer.shape();
  const auto used = layer.weight().unionColumns().size(0);
  if (isPointwise(s) && liesChannelsLast(dy)) return tokenRows(dy).t().mm(tokenRows(kept));
  if (s.kernel == 1 && s.stride == 1)  // kept channels are the union columns
    return at::matmul(dy.flatten(2), kept.flatten(2).transpose(1, 2)).sum(0);
  const auto flatDy = dy.permute({1, 0, 2, 3}).reshape({dy.size(1), -1});  // [out, B * h * w]
  if (layer.isPatchify()) return flatDy.mm(patches(kept, s.kernel).index_select(1, layer.weight().unionColumns()));

  auto gradient = at::empty({dy.size(1), used}, dy.options());
  const auto padded = s.padding > 0 ? at::constant_pad_nd(kept, {s.padding, s.padding, s.padding, s.padding}, 0) : kept;
  const auto h = dy.size(2), w = dy.size(3);
  for (const auto& tap : layer.unionPlan().taps) {
    const auto plane = padded.slice(2, tap.ky, tap.ky + (h - 1) * s.stride + 1, s.stride)
                           .slice(3, tap.kx, tap.kx + (w - 1) * s.stride + 1, s.stride)
                           .index_select(1, tap.channels)
                           .permute({1, 0, 2, 3})
                           .reshape({tap.channels.size(0), -1});
    gradient.index_copy_(1, tap.columns, flatDy.mm(plane.t()));
  }
  return gradient;
}

struct ConvFunction : torch::autograd::Function<ConvFunction> {
  // scale: undefined, or [out] of a frozen norm; bias: undefined, the layer's bias, or the norm's shift.
  static at::Tensor forward(AutogradContext* ctx, const at::Tensor& x, const std::optional<at::Tensor>& handle,
                            const std::optional<at::Tensor>& maybeBias, const std::optional<at::Tensor>& maybeScale, const Conv2d* layer,
                            Activation before) {
    const auto bias = detail::orUndefined(maybeBias), scale = detail::orUndefined(maybeScale);
    ctx->saved_data["layer"] = reinterpret_cast<std::int64_t>(layer);
    ctx->saved_data["before"] = std::int64_t(before);
    ctx->saved_data["dx"] = x.requires_grad();
    ctx->saved_data["db"] = detail::wantsGradient(bias);
    ctx->saved_data["shape"] = x.sizes().vec();
    ctx->saved_data["last"] = liesChannelsLast(x);
    detail::rememberArena(ctx, layer->state());

    if (handle && layer->usesUnion()) layer->unionPlan();  // made here: the backward may run on another thread
    at::Tensor kept;
    if (before != Activation::None) {
      if (handle || x.requires_grad()) kept = x;
    } else if (handle) {
      kept = layer->usesUnion() ? keepChannels(x, layer->unionPlan().keptChannels) : x;
    }
    const auto folded = layer->foldedWeight(scale);
    ctx->save_for_backward({kept, scale, scale.defined() ? folded : at::Tensor()});
    return convolve(layer->shape(), activate(before, x), folded, layer->state().toCompute(bias));
  }

  static variable_list backward(AutogradContext* ctx, variable_list outputs) {
    const auto* layer = reinterpret_cast<const Conv2d*>(ctx->saved_data["layer"].toInt());
    const auto before = Activation(ctx->saved_data["before"].toInt());
    detail::checkArena(ctx, layer->state());
    const auto& weight = layer->weight();
    const auto saved = ctx->get_saved_variables();
    const auto& kept = saved[0];
    const auto& scale = saved[1];
    const auto dy = ctx->saved_data["last"].toBool() ? toChannelsLast(outputs[0]) : outputs[0];

    const auto& shape = layer->shape();
    const bool wantsInput = ctx->saved_data["dx"].toBool(), wantsWeight = weight.handle().defined();
    const bool wantsDense = wantsWeight && !layer->usesUnion();
    at::Tensor dx, dw, db;
    const auto scaled = [&](const at::Tensor& g) { return scale.defined() ? g.to(scale.scalar_type()).mul_(scale.view({-1, 1})) : g; };
    if (wantsInput || wantsDense) {
      const auto folded = scale.defined() ? saved[2] : layer->foldedWeight({});
      // Only the shape of the input matters to its own gradient.
      const auto sizes = ctx->saved_data["shape"].toIntVector();
      const bool hasInput = kept.defined() && kept.sizes() == at::IntArrayRef(sizes);
      const auto input = wantsDense ? activate(before, kept) : hasInput ? kept : dy.new_empty({1}).expand(sizes);
      const auto [dInput, dWeight] = convolutionGradients(shape, dy, input, folded, wantsInput, wantsDense);
      if (wantsDense) dw = detail::deliverDense(weight, scaled(dWeight.reshape({dWeight.size(0), -1})));
      if (wantsInput) dx = activateBackward(before, dInput, kept);
    }
    if (wantsWeight && !wantsDense) {
      const auto a = before == Activation::None ? kept : activate(before, keepChannels(kept, layer->unionPlan().keptChannels));
      dw = detail::deliverUnion(weight, scaled(unionGradient(*layer, dy, a)));
    }
    if (ctx->saved_data["db"].toBool()) db = dy.sum({0, 2, 3});
    return {dx, dw, db, {}, {}, {}};
  }
};

struct ConvTransposeFunction : torch::autograd::Function<ConvTransposeFunction> {
  static at::Tensor forward(AutogradContext* ctx, const at::Tensor& x, const std::optional<at::Tensor>& handle, const at::Tensor& bias,
                            const ConvTranspose2d* layer, Activation before) {
    ctx->saved_data["layer"] = reinterpret_cast<std::int64_t>(layer);
    ctx->saved_data["before"] = std::int64_t(before);
    ctx->saved_data["dx"] = x.requires_grad();
    ctx->saved_data["db"] = detail::wantsGradient(bias);
    ctx->saved_data["dw"] = handle.has_value();
    detail::rememberArena(ctx, layer->state());
    ctx->save_for_backward({x});
    const auto s = layer->stride();
    const auto& state = layer->state();
    return at::conv_transpose2d(activate(before, x), state.toCompute(layer->weight().value()), state.toCompute(bias), {s, s});
  }

  static variable_list backward(AutogradContext* ctx, variable_list outputs) {
    const auto* layer = reinterpret_cast<const ConvTranspose2d*>(ctx->saved_data["layer"].toInt());
    const auto before = Activation(ctx->saved_data["before"].toInt());
    detail::checkArena(ctx, layer->state());
    const auto x = ctx->get_saved_variables()[0];
    const auto s = layer->stride();
    const bool wantsInput = ctx->saved_data["dx"].toBool(), wantsWeight = ctx->saved_data["dw"].toBool();
    const auto g = at::convolution_backward(outputs[0], activate(before, x), layer->state().toCompute(layer->weight().value()),
                                            c10::nullopt, {s, s}, {0, 0}, {1, 1}, true, {0, 0}, 1, {wantsInput, wantsWeight, false});
    at::Tensor dx, dw, db;
    if (wantsInput) dx = activateBackward(before, std::get<0>(g), x);
    if (wantsWeight) dw = detail::deliverDense(layer->weight(), std::get<1>(g));
    if (ctx->saved_data["db"].toBool()) db = outputs[0].sum({0, 2, 3});
    return {dx, dw, db, {}, {}};
  }
};

bool anyGradient(const at::Tensor& x, const SelectiveWeight& weight, const at::Tensor& bias) {
  return at::GradMode::is_enabled() && (x.requires_grad() || weight.handle().defined() || detail::wantsGradient(bias));
}

}  // namespace

Conv2d::Conv2d(ParameterRegistry& registry, const Scope& scope, const std::string& name, ConvShape shape, const std::string& kind,
               Tail tail)
    : m_state(registry.state()),
      m_shape(shape),
      m_weight(registry, scope, name + (tail == Tail::BatchNorm ? "c.weight" : "weight"),
               {shape.out, shape.in / shape.groups, shape.kernel, shape.kernel}, ParameterRole::Matrix, kind) {
  if (tail == Tail::Bias) m_bias.emplace(registry, scope, name + "bias", std::vector<std::int64_t>{shape.out}, ParameterRole::Bias, kind);
  if (tail == Tail::BatchNorm) m_norm.emplace(registry, scope, name + "bn.", shape.out);
}

at::Tensor Conv2d::foldedWeight(const at::Tensor& scale) const {
  return m_state->toCompute(scale.defined() ? m_weight.value() * scale.view({-1, 1, 1, 1}) : m_weight.value());
}

at::Tensor Conv2d::forward(const at::Tensor& input, Activation before) const {
  m_state->poll();
  const auto x = m_state->toCompute(input);
  if (m_weight.mode() == BackwardMode::Observe) m_weight.observe(detail::meanOfTaps(m_shape, activate(before, x), m_weight.fieldSlice()));
  if (m_norm && m_norm->isTrained()) {
    if (m_weight.mode() != BackwardMode::Whole && m_weight.mode() != BackwardMode::Frozen)
      throw Error(ErrorCode::Internal, "convolution", "a selected weight before a trained norm is not supported");
    const auto y = convolve(m_shape, activate(before, x), foldedWeight({}), {});
    return y * m_norm->scale().view({-1, 1, 1}) + m_norm->shift().view({-1, 1, 1});
  }
  const auto bias = m_norm ? m_norm->shift() : m_bias ? m_bias->value() : at::Tensor();
  const auto scale = m_norm ? m_norm->scale() : at::Tensor();
  if (m_weight.mode() == BackwardMode::Whole || !anyGradient(x, m_weight, bias))
    return convolve(m_shape, activate(before, x), foldedWeight(scale), m_state->toCompute(bias));
  return ConvFunction::apply(x, detail::maybe(m_weight.handle()), detail::maybe(bias), detail::maybe(scale), this, before);
}

const ConvUnionPlan& Conv2d::unionPlan() const {
  const auto& columns = m_weight.unionColumns();
  if (m_plan.madeFor.is_same(columns)) return m_plan;
  const auto k = m_shape.kernel;
  std::vector<std::int64_t> channels;
  struct Host {
    std::vector<std::int64_t> channels, columns;
  };
  std::map<std::int64_t, Host> taps;  // by ky * k + kx
  const auto& host = m_weight.unionColumnsHost();
  for (std::size_t u = 0; u < host.size(); ++u) {
    const auto channel = host[u] / (k * k);
    if (channels.empty() || channels.back() != channel) channels.push_back(channel);
    auto& tap = taps[host[u] % (k * k)];
    tap.channels.push_back(std::int64_t(channels.size()) - 1);
    tap.columns.push_back(std::int64_t(u));
  }
  const auto toDevice = [&](const std::vector<std::int64_t>& v) { return at::tensor(v, at::kLong).to(columns.device()); };
  ConvUnionPlan plan;
  plan.madeFor = columns;
  if (isPatchify() && k > 1) {  // the columns are cut from whole patches
    plan.keptChannels = at::arange(m_shape.in, columns.options());
  } else {
    plan.keptChannels = toDevice(channels);
    for (const auto& [position, tap] : taps)
      plan.taps.push_back({position / k, position % k, toDevice(tap.channels), toDevice(tap.columns)});
  }
  m_plan = std::move(plan);
  return m_plan;
}

ConvTranspose2d::ConvTranspose2d(ParameterRegistry& registry, const Scope& scope, const std::string& name, std::int64_t in,
                                 std::int64_t out, std::int64_t kernelAndStride, const std::string& kind)
    : m_state(registry.state()),
      m_stride(kernelAndStride),
      m_weight(registry, scope, name + "weight", {in, out, kernelAndStride, kernelAndStride}, ParameterRole::Matrix, kind),
      m_bias(registry, scope, name + "bias", {out}, ParameterRole::Bias, kind) {}

at::Tensor ConvTranspose2d::forward(const at::Tensor& input, Activation before) const {
  m_state->poll();
  const auto x = m_state->toCompute(input);
  if (m_weight.mode() == BackwardMode::Observe) m_weight.observe(detail::meanOfPixels(activate(before, x), m_weight.fieldSlice()));
  if (m_weight.mode() == BackwardMode::Whole || !anyGradient(x, m_weight, m_bias.value()))
    return at::conv_transpose2d(activate(before, x), m_state->toCompute(m_weight.value()), m_state->toCompute(m_bias.value()),
                                {m_stride, m_stride});
  return ConvTransposeFunction::apply(x, detail::maybe(m_weight.handle()), m_bias.value(), this, before);
}

}  // namespace gps
