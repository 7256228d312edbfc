#include "core/nn/selectiveweight.h"

#include <ATen/ATen.h>

namespace gps {

void SelectiveWeight::addToSelected(const at::Tensor& g) const { m_handle.mutable_grad().add_(g); }

void SelectiveWeight::bind(at::Tensor view) {
  Parameter::bind(std::move(view));
  freeze();
}

void SelectiveWeight::freeze() {
  Parameter::freeze();
  m_mode = BackwardMode::Frozen;
  m_handle.reset();
  m_fieldSlice.reset();
  m_entries.reset();
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
                                    Rule rule, BackwardPath path) {
  freeze();
  if (localOffsets.empty()) return;
  m_mode = rule == Rule::Dense ? BackwardMode::Dense : BackwardMode::Sparse;
  m_path = path;
  m_handle = values.detach();
  m_handle.requires_grad_(true);
  m_handle.mutable_grad() = gradient;
  m_entries = std::make_unique<SelectedEntries>(localOffsets, m_view.size(0), m_view.numel() / m_view.size(0), m_view.device());
}

}  // namespace gps
