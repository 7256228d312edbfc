#pragma once
#include <ATen/core/Tensor.h>

#include "core/nn/parameter.h"

namespace gps {

// x * gamma over the last dimension.
class LayerScale {
 public:
  // name in full: "ls1.gamma", "gamma".
  LayerScale(ParameterRegistry& registry, const Scope& scope, const std::string& name, std::int64_t width)
      : m_gamma(registry, scope, name, {width}, ParameterRole::LayerScale) {}
  at::Tensor forward(const at::Tensor& x) const { return x * m_gamma.value().to(x.scalar_type()); }

 private:
  Parameter m_gamma;
};

}  // namespace gps
