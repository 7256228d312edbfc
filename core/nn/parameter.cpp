#include "core/nn/parameter.h"

#include <ATen/ATen.h>

namespace gps {

at::Tensor NetworkState::toCompute(const at::Tensor& t) const {
  if (computeType == at::ScalarType::Undefined || !t.defined()) return t;
  const bool isRounded = narrowVector.defined() && t.is_alias_of(arena->vector()) && !(t.requires_grad() && at::GradMode::is_enabled());
  if (!isRounded) return t.to(computeType);
  return narrowVector.as_strided(t.sizes(), t.strides(), t.storage_offset() - arena->vector().storage_offset());
}

VectorInComputeType::VectorInComputeType(NetworkState& state) : m_state(state) {
  if (state.arena == nullptr || state.computeType == at::ScalarType::Undefined) return;
  const at::NoGradGuard guard;
  state.narrowVector = state.arena->vector().to(state.computeType);
}

VectorInComputeType::~VectorInComputeType() { m_state.narrowVector.reset(); }

std::size_t ParameterRegistry::add(Parameter& parameter, ParameterEntry entry) {
  m_parameters.push_back(&parameter);
  m_entries.push_back(std::move(entry));
  return m_entries.size() - 1;
}

std::shared_ptr<const ParameterMap> ParameterRegistry::makeMap() { return std::make_shared<ParameterMap>(m_entries); }

void ParameterRegistry::bind(const WeightArena& arena) {
  m_state->arena = &arena;
  for (std::size_t id = 0; id < m_parameters.size(); ++id) m_parameters[id]->bind(arena.view(id));
}

Parameter::Parameter(ParameterRegistry& registry, const Scope& scope, const std::string& name, std::vector<std::int64_t> shape,
                     ParameterRole role, const std::string& kind)
    : m_state(registry.state()) {
  ParameterEntry e;
  e.name = scope.prefix + name;
  e.shape = std::move(shape);
  e.role = role;
  e.part = scope.part;
  e.block = scope.block;
  e.kind = kind;
  e.affectsOutput = scope.affectsOutput;
  m_id = registry.add(*this, std::move(e));
}

void Parameter::bind(at::Tensor view) {
  m_view = std::move(view);
  m_value = m_view;
}

void Parameter::freeze() { m_value = m_view; }

void Parameter::trainWhole(const at::Tensor& gradient) {
  freeze();
  m_value = m_view.detach();
  m_value.requires_grad_(true);
  m_value.mutable_grad() = gradient.view(m_view.sizes());
}

}  // namespace gps
