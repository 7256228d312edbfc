#include "core/nn/parameter.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace gps {

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

void Parameter::addToGradient(const at::Tensor& g) const { m_value.mutable_grad().add_(g.reshape(m_view.sizes())); }

void SelectiveWeight::addToSelected(const at::Tensor& g) const { m_handle.mutable_grad().add_(g); }

void SelectiveWeight::bind(at::Tensor view) {
  Parameter::bind(std::move(view));
  freeze();
}

void SelectiveWeight::freeze() {
  Parameter::freeze();
  m_mode = BackwardMode::Frozen;
  for (auto* t : {&m_handle, &m_fieldSlice, &m_denseIndex, &m_unionColumns, &m_unionIndex}) t->reset();
  m_unionHost.clear();
  m_usesUnion = false;
}

void SelectiveWeight::attachField(const at::Tensor& fieldSlice, BackwardMode mode) {
  freeze();
  m_mode = mode;
  m_fieldSlice = fieldSlice.view({m_view.size(0), m_view.numel() / m_view.size(0)});
}

void SelectiveWeight::accumulateInto(const at::Tensor& fieldSlice) {
  attachField(fieldSlice, BackwardMode::Accumulate);
  m_handle = at::zeros({}, m_view.options()).requires_grad_(true);
}

void SelectiveWeight::observeInto(const at::Tensor& fieldSlice) { attachField(fieldSlice, BackwardMode::Observe); }

void SelectiveWeight::addToField(const at::Tensor& gradient) const {
  auto g = gradient.reshape(m_fieldSlice.sizes());
  if (g.device() != m_fieldSlice.device()) {
    const auto host = at::empty(g.sizes(), g.options().device(at::kCPU).pinned_memory(g.is_cuda()));
    host.copy_(g);
    g = host;
  }
  m_fieldSlice.add_(g);
}

void SelectiveWeight::addProductToField(const at::Tensor& left, const at::Tensor& right) const {
  const auto type = m_fieldSlice.scalar_type();
  const bool isMixed = left.scalar_type() != type;
  if (isMixed && left.is_cuda())
    addToField(at::mm(left, right, type));
  else if (isMixed)
    addProductToField(left.to(type), right.to(type));
  else if (left.device() == m_fieldSlice.device())
    m_fieldSlice.addmm_(left, right);
  else
    addToField(left.mm(right));
}

void SelectiveWeight::observe(const at::Tensor& mean) const {
  m_fieldSlice.add_(mean.to(m_fieldSlice.device(), m_fieldSlice.scalar_type()), m_state->observedPictures);
}

void SelectiveWeight::trainSelected(const std::vector<std::int64_t>& localOffsets, const at::Tensor& values, const at::Tensor& gradient,
                                    bool dense) {
  freeze();
  if (localOffsets.empty()) return;
  m_mode = dense ? BackwardMode::Dense : BackwardMode::Sparse;
  m_handle = values.detach();
  m_handle.requires_grad_(true);
  m_handle.mutable_grad() = gradient;

  const std::int64_t cols = m_view.numel() / m_view.size(0);
  std::vector<std::int64_t> position(std::size_t(cols), -1);
  for (const auto o : localOffsets) position[std::size_t(o % cols)] = 0;
  for (std::int64_t c = 0; c < cols; ++c)
    if (position[std::size_t(c)] == 0) {
      position[std::size_t(c)] = std::int64_t(m_unionHost.size());
      m_unionHost.push_back(c);
    }
  const auto used = std::int64_t(m_unionHost.size());
  std::vector<std::int64_t> unionIndex(localOffsets.size());
  for (std::size_t i = 0; i < localOffsets.size(); ++i)
    unionIndex[i] = localOffsets[i] / cols * used + position[std::size_t(localOffsets[i] % cols)];
  const auto toDevice = [&](const std::vector<std::int64_t>& v) { return at::tensor(v, at::kLong).to(m_view.device()); };
  m_denseIndex = toDevice(localOffsets);
  m_unionColumns = toDevice(m_unionHost);
  m_unionIndex = toDevice(unionIndex);
  m_usesUnion = !dense && cols > kSmallRow && double(used) <= kUnionLimit * double(cols);
}

}  // namespace gps
