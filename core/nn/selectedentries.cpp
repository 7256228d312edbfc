#include "core/nn/selectedentries.h"

#include <ATen/ATen.h>

#include "core/kernels/sampledproduct.h"

namespace gps {

SelectedEntries::SelectedEntries(const std::vector<std::int64_t>& localOffsets, std::int64_t rows, std::int64_t cols, at::Device device)
    : m_rows(rows), m_cols(cols), m_offsets(localOffsets.begin(), localOffsets.end()) {
  std::vector<std::int64_t> position(std::size_t(cols), -1);
  for (const auto o : localOffsets) position[std::size_t(o % cols)] = 0;
  for (std::int64_t c = 0; c < cols; ++c)
    if (position[std::size_t(c)] == 0) {
      position[std::size_t(c)] = std::int64_t(m_unionHost.size());
      m_unionHost.push_back(c);
    }
  std::vector<std::int64_t> unionIndex(localOffsets.size()), rowIndex(localOffsets.size());
  for (std::size_t i = 0; i < localOffsets.size(); ++i) {
    rowIndex[i] = localOffsets[i] / cols;
    unionIndex[i] = rowIndex[i] * columnsInUse() + position[std::size_t(localOffsets[i] % cols)];
  }
  const auto toDevice = [&](const std::vector<std::int64_t>& v) { return at::tensor(v, at::kLong).to(device); };
  m_denseIndex = toDevice(localOffsets);
  m_rowIndex = toDevice(rowIndex);
  m_unionColumns = toDevice(m_unionHost);
  m_unionIndex = toDevice(unionIndex);
}

const SelectedEntries::Sampled& SelectedEntries::sampled(bool isCompact) const {
  auto& made = isCompact ? m_sampledCompact : m_sampled;
  if (made) return *made;
  Sampled s;
  kernels::SampledOptions options;
  options.compact = isCompact;
  s.plan = kernels::makeSampledPlan(m_rows, m_cols, m_offsets, options);
#ifdef GPS_WITH_CUDA
  if (m_denseIndex.is_cuda()) {
    s.fits = kernels::sampledFitsOnCuda(s.plan);
    s.tables = at::tensor(s.plan.tables, at::kInt).to(m_denseIndex.device());
  }
#endif
  made = std::move(s);
  return *made;
}

}  // namespace gps
