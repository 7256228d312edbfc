#include "core/nn/linear.h"

#include "core/nn/observation.h"
#include "core/nn/selectivebackward.h"

namespace gps {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct LinearFunction : torch::autograd::Function<LinearFunction> {
  static at::Tensor forward(AutogradContext* ctx, const at::Tensor& x, const std::optional<at::Tensor>& handle,
                            const std::optional<at::Tensor>& maybeBias, const Linear* layer, Activation before) {
    const auto& weight = layer->weight();
    const auto bias = detail::orUndefined(maybeBias);
    ctx->saved_data["layer"] = reinterpret_cast<std::int64_t>(layer);
    ctx->saved_data["before"] = std::int64_t(before);
    ctx->saved_data["dx"] = x.requires_grad();
    ctx->saved_data["db"] = detail::wantsGradient(bias);
    detail::rememberArena(ctx, layer->state());

    const bool needsWeight = handle.has_value();
    at::Tensor kept;
    if (before != Activation::None) {
      if (needsWeight || x.requires_grad()) kept = x;
    } else if (needsWeight) {
      kept = weight.usesUnion() ? x.index_select(-1, weight.unionColumns()) : x;
    }
    ctx->save_for_backward({kept});
    const auto& state = layer->state();
    return at::linear(activate(before, x), state.toCompute(weight.value()), state.toCompute(bias));
  }

  static variable_list backward(AutogradContext* ctx, variable_list outputs) {
    const auto* layer = reinterpret_cast<const Linear*>(ctx->saved_data["layer"].toInt());
    const auto before = Activation(ctx->saved_data["before"].toInt());
    detail::checkArena(ctx, layer->state());
    const auto& weight = layer->weight();
    const auto kept = ctx->get_saved_variables()[0];
    const auto out = weight.value().size(0), in = weight.value().size(1);
    const auto dy = outputs[0].reshape({-1, out});

    at::Tensor dx, dw, db;
    if (weight.handle().defined()) {
      if (weight.usesUnion()) {
        const auto columns = before == Activation::None ? kept : activate(before, kept.index_select(-1, weight.unionColumns()));
        dw = detail::deliverUnion(weight, dy.t().mm(columns.reshape({dy.size(0), -1})));
      } else {
        const auto a = activate(before, kept).reshape({-1, in});
        if (weight.mode() == BackwardMode::Accumulate)
          weight.addProductToField(dy.t(), a);
        else
          dw = detail::deliverDense(weight, dy.t().mm(a));
      }
    }
    if (ctx->saved_data["db"].toBool()) db = dy.sum(0);
    if (ctx->saved_data["dx"].toBool()) {
      auto shape = outputs[0].sizes().vec();
      shape.back() = in;
      dx = activateBackward(before, dy.mm(layer->state().toCompute(weight.value())).view(shape), kept);
    }
    return {dx, dw, db, {}, {}};
  }
};

}  // namespace

Linear::Linear(ParameterRegistry& registry, const Scope& scope, const std::string& name, std::int64_t in, std::int64_t out,
               const std::string& kind, bool hasBias)
    : m_state(registry.state()), m_weight(registry, scope, name + "weight", {out, in}, ParameterRole::Matrix, kind) {
  if (hasBias) m_bias.emplace(registry, scope, name + "bias", std::vector<std::int64_t>{out}, ParameterRole::Bias, kind);
}

at::Tensor Linear::forward(const at::Tensor& input, Activation before) const {
  m_state->poll();
  const auto x = m_state->toCompute(input);
  if (m_weight.mode() == BackwardMode::Observe) m_weight.observe(detail::meanOfTokens(activate(before, x), m_weight.fieldSlice()));
  const auto bias = m_bias ? m_bias->value() : at::Tensor();
  const bool plain = m_weight.mode() == BackwardMode::Whole || !at::GradMode::is_enabled() ||
                     (!x.requires_grad() && !m_weight.handle().defined() && !detail::wantsGradient(bias));
  if (plain) return at::linear(activate(before, x), m_state->toCompute(m_weight.value()), m_state->toCompute(bias));
  return LinearFunction::apply(x, detail::maybe(m_weight.handle()), detail::maybe(bias), this, before);
}

}  // namespace gps
