#pragma once
// Where the trained entries of one weight lie, in the forms that its backward needs. Engine thread and the backward that it waits for.
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "core/kernels/sampledplan.h"

namespace gps {

class SelectedEntries {
 public:
  // localOffsets: ascending, row * cols + col; at least one.
  SelectedEntries(const std::vector<std::int64_t>& localOffsets, std::int64_t rows, std::int64_t cols, at::Device device);

  std::int64_t count() const { return m_denseIndex.numel(); }
  std::int64_t rows() const { return m_rows; }
  std::int64_t cols() const { return m_cols; }
  std::int64_t columnsInUse() const { return std::int64_t(m_unionHost.size()); }

  const at::Tensor& denseIndex() const { return m_denseIndex; }      // int64 [n], into [rows * cols]
  const at::Tensor& rowIndex() const { return m_rowIndex; }          // int64 [n]
  const at::Tensor& unionColumns() const { return m_unionColumns; }  // int64 [u], ascending columns any row selected
  const at::Tensor& unionIndex() const { return m_unionIndex; }      // int64 [n], into [rows * u]
  const std::vector<std::int64_t>& unionColumnsHost() const { return m_unionHost; }

  static constexpr double kUnionLimit = 0.7;     // share of the columns above which a product of all is cheaper
  static constexpr std::int64_t kSmallRow = 64;  // rows up to this length take the dense gradient
  bool isSmallRow() const { return m_cols <= kSmallRow; }
  bool unionPays() const { return !isSmallRow() && double(columnsInUse()) <= kUnionLimit * double(m_cols); }

  // For the sampled product of an input that has all columns, or the columns in use only. Made when first asked for.
  struct Sampled {
    kernels::SampledPlan plan;
    at::Tensor tables;  // on the device; undefined on the CPU
    bool fits = true;   // the device
  };
  const Sampled& sampled(bool isCompact) const;

 private:
  std::int64_t m_rows, m_cols;
  at::Tensor m_denseIndex, m_rowIndex, m_unionColumns, m_unionIndex;
  std::vector<std::int64_t> m_unionHost;
  std::vector<std::uint32_t> m_offsets;
  mutable std::optional<Sampled> m_sampled, m_sampledCompact;
};

}  // namespace gps
