#include "core/backbones/neck.h"

namespace gps {

static Scope neckScope(const Scope& encoder) {
  auto scope = encoder.at("neck.");
  scope.block = "neck";
  return scope;
}

Neck::Neck(ParameterRegistry& registry, const Scope& encoder, std::int64_t in, std::int64_t out, ParameterRole normBiasRole)
    : m_project(registry, neckScope(encoder), "0.", {in, out}, "neck", Conv2d::Tail::None),
      m_norm1(registry, neckScope(encoder), "1.", out, 1e-6, normBiasRole),
      m_mix(registry, neckScope(encoder), "2.", {out, out, 3, 1, 1}, "neck", Conv2d::Tail::None),
      m_norm2(registry, neckScope(encoder), "3.", out, 1e-6, normBiasRole) {}

at::Tensor Neck::forward(const at::Tensor& x) const {
  return m_norm2.forwardChannelsFirst(m_mix.forward(m_norm1.forwardChannelsFirst(m_project.forward(x))));
}

}  // namespace gps
