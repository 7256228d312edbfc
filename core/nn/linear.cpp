#include "core/nn/linear.h"

#include "core/nn/observation.h"
#include "core/nn/selectivebackward.h"
#include "core/nn/weightgradient.h"

namespace gps {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

at::Tensor multiply(const Linear& layer, const at::Tensor& x) {
  const auto& state = layer.state();
  return at::linear(x, state.toCompute(layer.weight().value()), layer.bias() ? state.toCompute(layer.bias()->value()) : at::Tensor());
}

// Gradient in the layer's own input.
at::Tensor inputGradient(const Linear& layer, const at::Tensor& dy) {
  const auto weight = layer.state().toCompute(layer.weight().value());
  auto shape = dy.sizes().vec();
  shape.back() = weight.size(1);
  return dy.reshape({-1, weight.size(0)}).mm(weight).view(shape);
}

at::Tensor rowsOf(const Linear& layer, const at::Tensor& dy) { return dy.reshape({-1, layer.weight().value().size(0)}); }

struct LinearFunction : torch::autograd::Function<LinearFunction> {
  // anchor: a leaf that trains, so that the backward runs whatever x is.
  static at::Tensor forward(AutogradContext* ctx, const at::Tensor& x, const std::optional<at::Tensor>& /*anchor*/, const Linear* layer,
                            Activation before, bool isShared) {
    ctx->saved_data["layer"] = reinterpret_cast<std::int64_t>(layer);
    ctx->saved_data["before"] = std::int64_t(before);
    ctx->saved_data["dx"] = x.requires_grad();
    detail::rememberArena(ctx, layer->state());

    const bool needsWeight = layer->weight().handle().defined();
    detail::LayerInput input;
    if (before != Activation::None) {
      if (needsWeight || x.requires_grad()) input.kept = x;
    } else if (needsWeight) {
      input = detail::keepInput(layer->weight(), x, isShared);
    }
    ctx->saved_data["compact"] = input.isCompact;
    ctx->save_for_backward({input.kept});
    return multiply(*layer, activate(before, x));
  }

  static variable_list backward(AutogradContext* ctx, variable_list outputs) {
    const auto* layer = reinterpret_cast<const Linear*>(ctx->saved_data["layer"].toInt());
    detail::checkArena(ctx, layer->state());
    detail::LayerInput input;
    input.kept = ctx->get_saved_variables()[0];
    input.before = Activation(ctx->saved_data["before"].toInt());
    input.isCompact = ctx->saved_data["compact"].toBool();
    detail::addGradients(layer->weight(), layer->bias(), rowsOf(*layer, outputs[0]), input);
    at::Tensor dx;
    if (ctx->saved_data["dx"].toBool()) dx = activateBackward(input.before, inputGradient(*layer, outputs[0]), input.kept);
    return {dx, {}, {}, {}, {}};
  }
};

// Keeps x, which the shortcut needs anyway, and two numbers a row.
struct NormedLinearFunction : torch::autograd::Function<NormedLinearFunction> {
  static variable_list forward(AutogradContext* ctx, const at::Tensor& x, const std::optional<at::Tensor>& /*anchor*/, const Linear* layer,
                               const LayerNorm* norm) {
    ctx->saved_data["layer"] = reinterpret_cast<std::int64_t>(layer);
    ctx->saved_data["norm"] = reinterpret_cast<std::int64_t>(norm);
    ctx->saved_data["dx"] = x.requires_grad();
    detail::rememberArena(ctx, layer->state());
    const auto [z, statistics] = norm->normalise(x, layer->state().computeTypeOr(norm->weight().scalar_type()));
    ctx->save_for_backward({x, statistics.mean, statistics.rstd});
    return {multiply(*layer, z), x};
  }

  static variable_list backward(AutogradContext* ctx, variable_list outputs) {
    const auto* layer = reinterpret_cast<const Linear*>(ctx->saved_data["layer"].toInt());
    const auto* norm = reinterpret_cast<const LayerNorm*>(ctx->saved_data["norm"].toInt());
    detail::checkArena(ctx, layer->state());
    const auto saved = ctx->get_saved_variables();
    at::Tensor dx = outputs[1];
    if (outputs[0].defined()) {
      detail::LayerInput input;
      input.kept = saved[0];
      input.norm = norm;
      input.statistics = {saved[1], saved[2]};
      input.type = outputs[0].scalar_type();
      detail::addGradients(layer->weight(), layer->bias(), rowsOf(*layer, outputs[0]), input);
      if (ctx->saved_data["dx"].toBool())
        dx = norm->inputGradient(inputGradient(*layer, outputs[0]), saved[0], input.statistics, outputs[1]);
    }
    return {ctx->saved_data["dx"].toBool() ? dx : at::Tensor(), {}, {}, {}};
  }
};

}  // namespace

Linear::Linear(ParameterRegistry& registry, const Scope& scope, const std::string& name, std::int64_t in, std::int64_t out,
               const std::string& kind, bool hasBias)
    : m_state(registry.state()), m_weight(registry, scope, name + "weight", {out, in}, ParameterRole::Matrix, kind) {
  if (hasBias) m_bias.emplace(registry, scope, name + "bias", std::vector<std::int64_t>{out}, ParameterRole::Bias, kind);
}

bool Linear::isRecorded(const at::Tensor& x) const {
  if (m_weight.mode() == BackwardMode::Whole || !at::GradMode::is_enabled()) return false;
  return x.requires_grad() || m_weight.handle().defined() || (m_bias && m_bias->isTrainedWhole());
}

at::Tensor Linear::forward(const at::Tensor& x, Activation before) const { return forward(x, before, false); }
at::Tensor Linear::forwardShared(const at::Tensor& x) const { return forward(x, Activation::None, true); }

at::Tensor Linear::forward(const at::Tensor& input, Activation before, bool isShared) const {
  m_state->poll();
  const auto x = m_state->toCompute(input);
  if (m_weight.mode() == BackwardMode::Observe) m_weight.observe(detail::meanOfTokens(activate(before, x), m_weight.fieldSlice()));
  if (!isRecorded(x)) return multiply(*this, activate(before, x));
  return LinearFunction::apply(x, detail::anchorOf(m_weight, bias()), this, before, isShared);
}

Linear::Branch Linear::forwardNormed(const LayerNorm& norm, const at::Tensor& x) const {
  const bool isPlain = norm.isTrained() || m_weight.mode() == BackwardMode::Observe || !x.is_contiguous();
  if (isPlain || (!isRecorded(x) && at::GradMode::is_enabled())) return {forward(norm.forward(x)), x};
  m_state->poll();
  if (!isRecorded(x)) return {multiply(*this, norm.normalise(x, m_state->computeTypeOr(norm.weight().scalar_type())).z), x};
  auto outputs = NormedLinearFunction::apply(x, detail::anchorOf(m_weight, bias()), this, &norm);
  return {outputs[0], outputs[1]};
}

}  // namespace gps
