#pragma once
#include "core/nn/parameter.h"

namespace gps {

// Of every row that was normalised, fp32 (fp64 in an fp64 network).
struct NormStatistics {
  at::Tensor mean, rstd;  // [rows]
};

// Over the last dimension; sums in the arena's type whatever x comes in.
class LayerNorm {
 public:
  LayerNorm(ParameterRegistry& registry, const Scope& scope, const std::string& name, std::int64_t width, double eps,
            ParameterRole biasRole = ParameterRole::NormBias);
  // In the arena's type. A frozen norm keeps its input and statistics for the backward, which may be shared with others.
  at::Tensor forward(const at::Tensor& x) const;
  // Over the channels of [B, C, H, W] (segment-anything's LayerNorm2d).
  at::Tensor forwardChannelsFirst(const at::Tensor& x) const;

  std::int64_t width() const { return m_width; }
  bool isTrained() const { return m_weight.isTrainedWhole() || m_bias.isTrainedWhole(); }

  // Without history, for functions that do their own backward. x [..., width], dense.
  struct Normed {
    at::Tensor z;  // x's shape
    NormStatistics statistics;
  };
  Normed normalise(const at::Tensor& x, at::ScalarType type) const;
  // z again; columns: int64, those of z that are wanted, undefined: all.
  at::Tensor normaliseAgain(const at::Tensor& x, const NormStatistics& statistics, at::ScalarType type, const at::Tensor& columns) const;
  // dx of dz, plus `add` where it is defined (x's shape and type).
  at::Tensor inputGradient(const at::Tensor& dz, const at::Tensor& x, const NormStatistics& statistics, const at::Tensor& add) const;

  const at::Tensor& weight() const { return m_weight.value(); }
  const at::Tensor& bias() const { return m_bias.value(); }

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
  // Made again after every write to the values they were folded from, in the same place; not kept while the norm trains.
  mutable at::Tensor m_scale, m_shift, m_foldedFrom;
  mutable std::int64_t m_foldedVersion = 0;
};

}  // namespace gps
