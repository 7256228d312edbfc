#include "core/nn/conv.h"

#include <map>

#include "core/nn/convproducts.h"
#include "core/nn/observation.h"
#include "core/nn/selectivebackward.h"
#include "core/nn/weightgradient.h"
#include "core/values/error.h"

namespace gps {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// The channels of the layer's own input that any selected column reads, of what was kept: those alone, or all before the activation.
at::Tensor channelsInUse(const Conv2d& layer, const at::Tensor& kept, Activation before) {
  return before == Activation::None ? kept : activate(before, detail::keepChannels(kept, layer.unionPlan().keptChannels));
}

// How the backward of a dense convolution's selected entries sees its input; nothing where it goes the dense way.
std::optional<detail::LayerInput> rowsOfInput(const Conv2d& layer, const at::Tensor& kept, Activation before, const at::Tensor& dy) {
  const auto& s = layer.shape();
  const auto& weight = layer.weight();
  if (!dy.is_cuda() || weight.mode() != BackwardMode::Sparse || s.groups != 1 || weight.entries().isSmallRow()) return {};
  detail::LayerInput input;
  if (detail::isPointwise(s)) {
    input.kept = detail::tokenRows(kept);
    input.before = before;
    input.isCompact = before == Activation::None && layer.usesUnion();
  } else if (layer.isPatchify()) {
    input.kept = detail::patches(activate(before, kept), s.kernel);
  } else if (layer.usesUnion()) {
    const auto& plan = layer.unionPlan();
    input.kept = detail::unionRows(s, plan, channelsInUse(layer, kept, before), dy.size(2), dy.size(3));
    input.isCompact = true;
  } else {
    return {};
  }
  return input;
}

// On the CPU, where the places of a channel lie side by side: the gradient of the columns in use, [out, u], from the kept channels.
at::Tensor unionGradient(const Conv2d& layer, const at::Tensor& dy, const at::Tensor& kept) {
  const auto& s = layer.shape();
  if (detail::isPointwise(s)) return at::matmul(dy.flatten(2), kept.flatten(2).transpose(1, 2)).sum(0);
  const auto flatDy = dy.permute({1, 0, 2, 3}).reshape({dy.size(1), -1});  // [out, B * h * w]
  if (layer.isPatchify()) return flatDy.mm(detail::patches(kept, s.kernel).index_select(1, layer.weight().entries().unionColumns()));
  return detail::unionProducts(s, layer.unionPlan(), kept, flatDy, dy.size(2), dy.size(3));
}

struct ConvFunction : torch::autograd::Function<ConvFunction> {
  // scale, shift: undefined, or [out] of a frozen norm. anchor: a leaf that trains.
  static at::Tensor forward(AutogradContext* ctx, const at::Tensor& x, const std::optional<at::Tensor>& /*anchor*/,
                            const std::optional<at::Tensor>& maybeScale, const std::optional<at::Tensor>& maybeShift, const Conv2d* layer,
                            Activation before) {
    const auto scale = detail::orUndefined(maybeScale);
    ctx->saved_data["layer"] = reinterpret_cast<std::int64_t>(layer);
    ctx->saved_data["before"] = std::int64_t(before);
    ctx->saved_data["dx"] = x.requires_grad();
    ctx->saved_data["shape"] = x.sizes().vec();
    ctx->saved_data["last"] = detail::liesChannelsLast(x);
    detail::rememberArena(ctx, layer->state());

    const bool needsWeight = layer->weight().handle().defined();
    at::Tensor kept;
    if (before != Activation::None) {
      if (needsWeight || x.requires_grad()) kept = x;
    } else if (needsWeight) {
      kept = layer->usesUnion() ? detail::keepChannels(x, layer->unionPlan().keptChannels) : x;
    }
    const auto folded = layer->foldedWeight(scale);
    ctx->save_for_backward({kept, scale, scale.defined() ? folded : at::Tensor()});
    const auto bias = scale.defined() ? detail::orUndefined(maybeShift) : layer->bias() ? layer->bias()->value() : at::Tensor();
    return detail::convolve(layer->shape(), activate(before, x), folded, layer->state().toCompute(bias));
  }

  static variable_list backward(AutogradContext* ctx, variable_list outputs) {
    const auto* layer = reinterpret_cast<const Conv2d*>(ctx->saved_data["layer"].toInt());
    const auto before = Activation(ctx->saved_data["before"].toInt());
    detail::checkArena(ctx, layer->state());
    const auto& weight = layer->weight();
    const auto saved = ctx->get_saved_variables();
    const auto& kept = saved[0];
    const auto& scale = saved[1];
    const auto dy = ctx->saved_data["last"].toBool() ? detail::toChannelsLast(outputs[0]) : outputs[0];

    const auto& shape = layer->shape();
    const bool wantsInput = ctx->saved_data["dx"].toBool(), wantsWeight = weight.handle().defined();
    const auto rows = wantsWeight ? rowsOfInput(*layer, kept, before, dy) : std::nullopt;
    const bool wantsUnion = wantsWeight && !rows && weight.mode() == BackwardMode::Sparse && layer->usesUnion();
    const bool wantsDense = wantsWeight && !rows && !wantsUnion;
    const auto scaled = [&](const at::Tensor& g) { return scale.defined() ? g.to(scale.scalar_type()).mul_(scale.view({-1, 1})) : g; };
    at::Tensor dx;
    if (wantsInput || wantsDense) {
      const auto folded = scale.defined() ? saved[2] : layer->foldedWeight({});
      // Only the shape of the input matters to its own gradient.
      const auto sizes = ctx->saved_data["shape"].toIntVector();
      const bool hasInput = kept.defined() && kept.sizes() == at::IntArrayRef(sizes);
      const auto input = wantsDense ? activate(before, kept) : hasInput ? kept : dy.new_empty({1}).expand(sizes);
      const auto [dInput, dWeight] = detail::convolutionGradients(shape, dy, input, folded, wantsInput, wantsDense);
      if (wantsInput) dx = activateBackward(before, dInput, kept);
      if (wantsDense) detail::addDense(weight, scaled(dWeight.reshape({dWeight.size(0), -1})));
    }
    if (wantsUnion) {
      detail::addUnion(weight, scaled(unionGradient(*layer, dy, channelsInUse(*layer, kept, before))));
    }
    const auto bias = layer->bias();
    if (rows)
      detail::addGradients(weight, bias, detail::tokenRows(dy), *rows, scale);
    else if (bias != nullptr && bias->isTrainedWhole())
      detail::addBias(bias, detail::tokenRows(dy));
    return {dx, {}, {}, {}, {}, {}};
  }
};

// A row is an input channel, so what the layer reads and what it wrote change places: dW = Xᵀ (dY by patches).
struct ConvTransposeFunction : torch::autograd::Function<ConvTransposeFunction> {
  static at::Tensor forward(AutogradContext* ctx, const at::Tensor& x, const std::optional<at::Tensor>& /*anchor*/,
                            const ConvTranspose2d* layer, Activation before) {
    ctx->saved_data["layer"] = reinterpret_cast<std::int64_t>(layer);
    ctx->saved_data["before"] = std::int64_t(before);
    ctx->saved_data["dx"] = x.requires_grad();
    detail::rememberArena(ctx, layer->state());
    ctx->save_for_backward({x});
    const auto s = layer->stride();
    const auto& state = layer->state();
    return at::conv_transpose2d(activate(before, x), state.toCompute(layer->weight().value()), state.toCompute(layer->bias().value()),
                                {s, s});
  }

  static variable_list backward(AutogradContext* ctx, variable_list outputs) {
    const auto* layer = reinterpret_cast<const ConvTranspose2d*>(ctx->saved_data["layer"].toInt());
    const auto before = Activation(ctx->saved_data["before"].toInt());
    detail::checkArena(ctx, layer->state());
    const auto x = ctx->get_saved_variables()[0];
    const auto& weight = layer->weight();
    const auto& dy = outputs[0];
    const auto s = layer->stride();
    const bool wantsInput = ctx->saved_data["dx"].toBool(), wantsWeight = weight.handle().defined();
    const bool byRows = dy.is_cuda() && weight.mode() == BackwardMode::Sparse && !weight.entries().isSmallRow();
    const auto a = wantsWeight ? activate(before, x) : x;
    const auto g = at::convolution_backward(dy, a, layer->state().toCompute(weight.value()), c10::nullopt, {s, s}, {0, 0}, {1, 1}, true,
                                            {0, 0}, 1, {wantsInput, wantsWeight && !byRows, false});
    at::Tensor dx;
    if (wantsInput) dx = activateBackward(before, std::get<0>(g), x);
    if (wantsWeight && byRows) {
      detail::LayerInput input;
      input.kept = detail::patches(dy, s);
      detail::addGradients(weight, nullptr, detail::tokenRows(a), input);
    } else if (wantsWeight) {
      detail::addDense(weight, std::get<1>(g));
    }
    if (layer->bias().isTrainedWhole()) detail::addBias(&layer->bias(), detail::tokenRows(dy));
    return {dx, {}, {}, {}};
  }
};

bool anyGradient(const at::Tensor& x, const SelectiveWeight& weight, const Parameter* bias) {
  return at::GradMode::is_enabled() && (x.requires_grad() || weight.handle().defined() || (bias != nullptr && bias->isTrainedWhole()));
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
    const auto y = detail::convolve(m_shape, activate(before, x), foldedWeight({}), {});
    return y * m_norm->scale().view({-1, 1, 1}) + m_norm->shift().view({-1, 1, 1});
  }
  const auto bias = m_norm ? m_norm->shift() : m_bias ? m_bias->value() : at::Tensor();
  const auto scale = m_norm ? m_norm->scale() : at::Tensor();
  if (m_weight.mode() == BackwardMode::Whole || !anyGradient(x, m_weight, this->bias()))
    return detail::convolve(m_shape, activate(before, x), foldedWeight(scale), m_state->toCompute(bias));
  return ConvFunction::apply(x, detail::anchorOf(m_weight, this->bias()), detail::maybe(scale), detail::maybe(m_norm ? bias : at::Tensor()),
                             this, before);
}

const ConvUnionPlan& Conv2d::unionPlan() const {
  const auto& columns = m_weight.entries().unionColumns();
  if (m_plan.madeFor.is_same(columns)) return m_plan;
  const auto k = m_shape.kernel;
  std::vector<std::int64_t> channels;
  struct Host {
    std::vector<std::int64_t> channels, columns;
  };
  std::map<std::int64_t, Host> taps;  // by ky * k + kx
  const auto& host = m_weight.entries().unionColumnsHost();
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
    std::vector<std::int64_t> order(host.size());
    std::int64_t before = 0;
    for (const auto& [position, tap] : taps) {
      plan.taps.push_back({position / k, position % k, toDevice(tap.channels)});
      for (const auto column : tap.columns) order[std::size_t(column)] = before++;
    }
    plan.order = toDevice(order);
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
  if (m_weight.mode() == BackwardMode::Whole || !anyGradient(x, m_weight, &m_bias))
    return at::conv_transpose2d(activate(before, x), m_state->toCompute(m_weight.value()), m_state->toCompute(m_bias.value()),
                                {m_stride, m_stride});
  return ConvTransposeFunction::apply(x, detail::anchorOf(m_weight, &m_bias), this, before);
}

}  // namespace gps
