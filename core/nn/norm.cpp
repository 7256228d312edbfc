#include "core/nn/norm.h"

#include <ATen/ATen.h>

namespace gps {

LayerNorm::LayerNorm(ParameterRegistry& registry, const Scope& scope, const std::string& name, std::int64_t width, double eps,
                     ParameterRole biasRole)
    : m_weight(registry, scope, name + "weight", {width}, ParameterRole::NormWeight),
      m_bias(registry, scope, name + "bias", {width}, biasRole),
      m_width(width),
      m_eps(eps) {}

at::Tensor LayerNorm::forward(const at::Tensor& x) const {
  return at::layer_norm(x.to(m_weight.value().scalar_type()), {m_width}, m_weight.value(), m_bias.value(), m_eps);
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
  m_scale = weight * at::rsqrt(m_variance.value() + m_eps);
  m_shift = m_bias.value() - m_mean.value() * m_scale;
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
