#pragma once
#include <ATen/ATen.h>

#include "core/nn/parameter.h"

namespace gps {

// The classification head: y = x Wᵀ + b, trained whole by every method, never selected, in no base hash.
class Head {
 public:
  // name ends with a dot: "head.", "head.fc."
  Head(ParameterRegistry& registry, const std::string& name, std::int64_t width, std::int64_t classes)
      : m_weight(registry, scope(name), "weight", {classes, width}, ParameterRole::Head),
        m_bias(registry, scope(name), "bias", {classes}, ParameterRole::Head) {}
  // [B, width] -> [B, classes]
  at::Tensor forward(const at::Tensor& x) const { return at::linear(x, m_weight.value(), m_bias.value()); }
  std::int64_t classes() const { return m_bias.value().size(0); }

 private:
  static Scope scope(const std::string& name) {
    Scope s;
    s.prefix = name;
    s.block = "head";
    s.part = ModelPart::Head;
    return s;
  }
  Parameter m_weight, m_bias;
};

}  // namespace gps
