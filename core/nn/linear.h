#pragma once
#include <optional>

#include "core/nn/activation.h"
#include "core/nn/norm.h"
#include "core/nn/selectiveweight.h"

namespace gps {

// y = act(x) W^T + b, x [..., in], W [out, in]. Its backward follows weight().mode(); see BackwardMode.
class Linear {
 public:
  // Registers name + "weight" and, if asked for, name + "bias" under the scope. name ends with a dot ("attn.qkv.").
  Linear(ParameterRegistry& registry, const Scope& scope, const std::string& name, std::int64_t in, std::int64_t out,
         const std::string& kind, bool hasBias = true);
  at::Tensor forward(const at::Tensor& x, Activation before = Activation::None) const;
  // The same for an x that others keep for their backward anyway: none of it is copied.
  at::Tensor forwardShared(const at::Tensor& x) const;
  // norm(x) W^T + b, of which a frozen norm keeps x and its statistics only. shortcut is x for a sum behind the branch: its gradient is
  // added while the norm's is written.
  struct Branch {
    at::Tensor y, shortcut;
  };
  Branch forwardNormed(const LayerNorm& norm, const at::Tensor& x) const;

  const SelectiveWeight& weight() const { return m_weight; }
  const Parameter* bias() const { return m_bias ? &*m_bias : nullptr; }
  const NetworkState& state() const { return *m_state; }

 private:
  at::Tensor forward(const at::Tensor& x, Activation before, bool isShared) const;
  bool isRecorded(const at::Tensor& x) const;
  std::shared_ptr<NetworkState> m_state;
  SelectiveWeight m_weight;
  std::optional<Parameter> m_bias;
};

}  // namespace gps
