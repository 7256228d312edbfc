#pragma once
#include <optional>

#include "core/nn/activation.h"
#include "core/nn/parameter.h"

namespace gps {

// y = act(x) W^T + b, x [..., in], W [out, in]. Its backward follows weight().mode(); see BackwardMode.
class Linear {
 public:
  // Registers name + "weight" and, if asked for, name + "bias" under the scope. name ends with a dot ("attn.qkv.").
  Linear(ParameterRegistry& registry, const Scope& scope, const std::string& name, std::int64_t in, std::int64_t out,
         const std::string& kind, bool hasBias = true);
  at::Tensor forward(const at::Tensor& x, Activation before = Activation::None) const;

  const SelectiveWeight& weight() const { return m_weight; }
  const std::optional<Parameter>& bias() const { return m_bias; }
  const NetworkState& state() const { return *m_state; }

 private:
  std::shared_ptr<NetworkState> m_state;
  SelectiveWeight m_weight;
  std::optional<Parameter> m_bias;
};

}  // namespace gps
