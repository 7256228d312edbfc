#pragma once
#include "core/nn/parameter.h"

namespace gps {

// Over the last dimension; in the arena's type whatever x comes in.
class LayerNorm {
 public:
  LayerNorm(ParameterRegistry& registry, const Scope& scope, const std::string& name, std::int64_t width, double eps,
            ParameterRole biasRole = ParameterRole::NormBias);
  at::Tensor forward(const at::Tensor& x) const;
  // Over the channels of [B, C, H, W] (segment-anything's LayerNorm2d).
  at::Tensor forwardChannelsFirst(const at::Tensor& x) const;

 private:
  Parameter m_weight, m_bias;
  std::int64_t m_width;
  double m_eps;
};

// BatchNorm with its stored statistics, always: a fixed scale and shift per channel,
// scale = weight / sqrt(var + eps), shift = bias - mean * scale. weight and bias count as norms.
class FixedBatchNorm {
 public:
  FixedBatchNorm(ParameterRegistry& registry, const Scope& scope, const std::string& name, std::int64_t width, double eps = 1e-5);
  at::Tensor scale() const;  // [C]; differentiable while weight trains
  at::Tensor shift() const;  // [C]
  bool isTrained() const { return m_weight.isTrainedWhole() || m_bias.isTrainedWhole(); }

 private:
  void fold() const;
  Parameter m_weight, m_bias, m_mean, m_variance;
  double m_eps;
  // Made again after every write to the values they were folded from; not kept while the norm trains.
  mutable at::Tensor m_scale, m_shift, m_foldedFrom;
  mutable std::int64_t m_foldedVersion = 0;
};

}  // namespace gps
