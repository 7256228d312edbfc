#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "core/nn/activation.h"
#include "core/nn/norm.h"
#include "core/nn/selectiveweight.h"

namespace gps {

struct ConvShape {
  std::int64_t in = 0, out = 0, kernel = 1, stride = 1, padding = 0, groups = 1;
};

// The selected columns of a dense convolution, grouped by kernel position; see Conv2d.
struct ConvUnionPlan {
  struct Tap {
    std::int64_t ky = 0, kx = 0;
    at::Tensor channels;  // int64 [n], into the kept channels
  };
  at::Tensor keptChannels;  // int64 [c], ascending input channels in use
  std::vector<Tap> taps;
  at::Tensor order;    // int64 [u], where the taps, one after another, hold each union column
  at::Tensor madeFor;  // the union columns this was made from
};

// y = conv(act(x), W) + b, or with a norm y = conv(act(x), W) * scale + shift, scale and shift folded into the convolution.
// x [B, in, H, W], W [out, in / groups, k, k]. A column of the weight is (input channel, ky, kx): its gradient needs one
// shifted plane of the input, so the union of columns needs that many planes. Depthwise, grouped and short rows take the
// dense weight gradient and gather.
class Conv2d {
 public:
  enum class Tail { None, Bias, BatchNorm };
  // Tail::BatchNorm registers "c.weight" and "bn.*" (TinyViT's Conv2d_BN); the others "weight" and "bias".
  Conv2d(ParameterRegistry& registry, const Scope& scope, const std::string& name, ConvShape shape, const std::string& kind, Tail tail);
  at::Tensor forward(const at::Tensor& x, Activation before = Activation::None) const;

  const ConvShape& shape() const { return m_shape; }
  const SelectiveWeight& weight() const { return m_weight; }
  const Parameter* bias() const { return m_bias ? &*m_bias : nullptr; }
  const NetworkState& state() const { return *m_state; }
  // [out, in / groups, k, k] in the compute type, its rows times scale [out] where that is defined.
  at::Tensor foldedWeight(const at::Tensor& scale) const;
  bool usesUnion() const { return m_weight.usesUnion() && m_shape.groups == 1; }
  const ConvUnionPlan& unionPlan() const;
  bool isPatchify() const { return m_shape.stride == m_shape.kernel && m_shape.padding == 0 && m_shape.groups == 1; }

 private:
  std::shared_ptr<NetworkState> m_state;
  ConvShape m_shape;
  SelectiveWeight m_weight;
  std::optional<Parameter> m_bias;
  std::optional<FixedBatchNorm> m_norm;
  mutable ConvUnionPlan m_plan;
};

// Transposed convolution with stride = kernel, W [in, out, k, k]: a row is an input channel, as stored.
class ConvTranspose2d {
 public:
  ConvTranspose2d(ParameterRegistry& registry, const Scope& scope, const std::string& name, std::int64_t in, std::int64_t out,
                  std::int64_t kernelAndStride, const std::string& kind);
  at::Tensor forward(const at::Tensor& x, Activation before = Activation::None) const;
  const SelectiveWeight& weight() const { return m_weight; }
  const Parameter& bias() const { return m_bias; }
  const NetworkState& state() const { return *m_state; }
  std::int64_t stride() const { return m_stride; }

 private:
  std::shared_ptr<NetworkState> m_state;
  std::int64_t m_stride;
  SelectiveWeight m_weight;
  Parameter m_bias;
};

}  // namespace gps
