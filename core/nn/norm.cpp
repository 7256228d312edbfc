#include "core/nn/norm.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include "core/nn/cudanorm.h"

namespace gps {

LayerNorm::LayerNorm(ParameterRegistry& registry, const Scope& scope, const std::string& name, std::int64_t width, double eps,
                     ParameterRole biasRole)
    : m_weight(registry, scope, name + "weight", {width}, ParameterRole::NormWeight),
      m_bias(registry, scope, name + "bias", {width}, biasRole),
      m_width(width),
      m_eps(eps) {}

LayerNorm::Normed LayerNorm::normalise(const at::Tensor& x, at::ScalarType type) const {
  if (const auto norm = detail::cudaNorm(*this, m_eps, x, type)) return detail::normaliseOnCuda(*norm, x, type);
  const auto own = weight().scalar_type();
  auto [z, mean, rstd] = at::native_layer_norm(x.to(own), {m_width}, weight(), bias(), m_eps);
  return {z.to(type), {mean, rstd}};
}

at::Tensor LayerNorm::normaliseAgain(const at::Tensor& x, const NormStatistics& s, at::ScalarType type, const at::Tensor& columns) const {
  if (!columns.defined())
    if (const auto norm = detail::cudaNorm(*this, m_eps, x, type)) return detail::normaliseAgainOnCuda(*norm, x, s, type);
  const auto pick = [&](const at::Tensor& t) { return columns.defined() ? t.index_select(-1, columns) : t; };
  auto shape = x.sizes().vec();
  shape.back() = 1;
  const auto centred = pick(x).to(weight().scalar_type()) - s.mean.view(shape);
  return (centred * s.rstd.view(shape) * pick(weight()) + pick(bias())).to(type);
}

at::Tensor LayerNorm::inputGradient(const at::Tensor& dz, const at::Tensor& x, const NormStatistics& s, const at::Tensor& add) const {
  if (const auto norm = detail::cudaNorm(*this, m_eps, x, dz.scalar_type()))
    return detail::normGradientOnCuda(*norm, dz.contiguous(), x, s, add);
  const auto own = weight().scalar_type();
  auto shape = x.sizes().vec();
  shape.back() = 1;
  auto dx = std::get<0>(at::native_layer_norm_backward(dz.to(own), x.to(own), {m_width}, s.mean.view(shape), s.rstd.view(shape), weight(),
                                                       bias(), {true, false, false}))
                .to(x.scalar_type());
  return add.defined() ? dx.add_(add) : dx;
}

namespace {

struct NormFunction : torch::autograd::Function<NormFunction> {
  static at::Tensor forward(torch::autograd::AutogradContext* ctx, const at::Tensor& x, const LayerNorm* norm) {
    ctx->saved_data["norm"] = reinterpret_cast<std::int64_t>(norm);
    const auto [z, statistics] = norm->normalise(x, norm->weight().scalar_type());
    ctx->save_for_backward({x, statistics.mean, statistics.rstd});
    return z;
  }
  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* ctx, torch::autograd::variable_list outputs) {
    const auto* norm = reinterpret_cast<const LayerNorm*>(ctx->saved_data["norm"].toInt());
    const auto saved = ctx->get_saved_variables();
    return {norm->inputGradient(outputs[0], saved[0], {saved[1], saved[2]}, {}), {}};
  }
};

}  // namespace

at::Tensor LayerNorm::forward(const at::Tensor& x) const {
  const auto own = weight().scalar_type();
  if (isTrained() && at::GradMode::is_enabled()) return at::layer_norm(x.to(own), {m_width}, weight(), bias(), m_eps);
  const auto dense = x.contiguous();
  if (!at::GradMode::is_enabled() || !x.requires_grad()) return normalise(dense, own).z;
  return NormFunction::apply(dense, this);
}

at::Tensor LayerNorm::forwardChannelsFirst(const at::Tensor& x) const {
  const auto y = forward(x.permute({0, 2, 3, 1})).permute({0, 3, 1, 2});
  return x.is_cuda() ? y : y.contiguous();
}

FixedBatchNorm::FixedBatchNorm(ParameterRegistry& registry, const Scope& scope, const std::string& name, std::int64_t width, double eps)
    : m_weight(registry, scope, name + "weight", {width}, ParameterRole::NormWeight),
      m_bias(registry, scope, name + "bias", {width}, ParameterRole::NormBias),
      m_mean(registry, scope, name + "running_mean", {width}, ParameterRole::NormStatistic),
      m_variance(registry, scope, name + "running_var", {width}, ParameterRole::NormStatistic),
      m_eps(eps) {}

void FixedBatchNorm::fold() const {
  const auto& weight = m_weight.value();
  // On a device nothing but torch writes to a frozen tensor, so its version tells of every write.
  const bool isCurrent = weight.is_cuda() && !isTrained() && m_foldedFrom.is_same(weight) && m_foldedVersion == weight._version();
  if (isCurrent) return;
  const auto scale = weight * at::rsqrt(m_variance.value() + m_eps);
  const auto shift = m_bias.value() - m_mean.value() * scale;
  const bool samePlace = m_foldedFrom.defined() && m_scale.device() == scale.device() && m_scale.scalar_type() == scale.scalar_type();
  if (samePlace && !isTrained()) {  // a recorded step reads them there
    m_scale.copy_(scale);
    m_shift.copy_(shift);
  } else {
    m_scale = scale;
    m_shift = shift;
  }
  m_foldedFrom = isTrained() ? at::Tensor() : weight;
  m_foldedVersion = weight._version();
}

at::Tensor FixedBatchNorm::scale() const {
  fold();
  return m_scale;
}

at::Tensor FixedBatchNorm::shift() const {
  fold();
  return m_shift;
}

}  // namespace gps
