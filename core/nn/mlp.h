#pragma once
#include "core/nn/linear.h"

namespace gps {

// second(act(first(x))); kinds fc1 and fc2 unless one kind is given for both.
class Mlp {
 public:
  // Names end with a dot, as for Linear: "mlp.fc1.", "mlp.fc2.".
  Mlp(ParameterRegistry& registry, const Scope& scope, const std::string& firstName, const std::string& secondName, std::int64_t width,
      std::int64_t hidden, Activation activation = Activation::Gelu, const std::string& kind = {})
      : m_first(registry, scope, firstName, width, hidden, kind.empty() ? "fc1" : kind),
        m_second(registry, scope, secondName, hidden, width, kind.empty() ? "fc2" : kind),
        m_activation(activation) {}
  // x + mlp(norm(x)) without the sum: see Linear::forwardNormed.
  Linear::Branch forwardNormed(const LayerNorm& norm, const at::Tensor& x) const {
    const auto [hidden, shortcut] = m_first.forwardNormed(norm, x);
    return {m_second.forward(hidden, m_activation), shortcut};
  }
  at::Tensor forward(const at::Tensor& x) const { return m_second.forward(m_first.forward(x), m_activation); }

 private:
  Linear m_first, m_second;
  Activation m_activation;
};

}  // namespace gps
