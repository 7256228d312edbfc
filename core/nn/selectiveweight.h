#pragma once
#include <memory>

#include "core/nn/parameter.h"
#include "core/nn/selectedentries.h"
#include "core/values/names.h"

namespace gps {

// How the backward of a layer treats its weight.
enum class BackwardMode {
  Frozen,      // no weight gradient
  Accumulate,  // full weight gradient added into a slice of the gradient field
  Observe,     // no gradient; the forward adds the mean |x| that each entry multiplies into a slice of the field
  Sparse,      // gradient of the selected entries only
  Dense,       // full weight gradient, then gathered: the oracle
  Whole        // trained whole, through torch's own backward
};

// The weight of a Linear, Conv or ConvTranspose: the matrices of which single entries can be selected.
class SelectiveWeight : public Parameter {
 public:
  using Parameter::Parameter;

  BackwardMode mode() const { return isTrainedWhole() ? BackwardMode::Whole : m_mode; }
  // A leaf to hand to the layer's autograd function, so that its backward runs; undefined when frozen.
  const at::Tensor& handle() const { return m_handle; }
  const NetworkState& state() const { return *m_state; }

  void bind(at::Tensor view) override;
  void freeze() override;
  // fieldSlice: [count] of the gradient field, in the arena's type, on its device or on the host.
  void accumulateInto(const at::Tensor& fieldSlice);
  void observeInto(const at::Tensor& fieldSlice);
  // localOffsets: sorted offsets inside this tensor (row * cols + col). values, gradient: flat slices of that many elements.
  void trainSelected(const std::vector<std::int64_t>& localOffsets, const at::Tensor& values, const at::Tensor& gradient,
                     Rule rule = Rule::Sparse, BackwardPath path = BackwardPath::Auto);

  const at::Tensor& fieldSlice() const { return m_fieldSlice; }  // [rows, cols]
  // Accumulate. gradient: [rows, cols] in any shape, type and place.
  void addToField(const at::Tensor& gradient) const;
  // The same for left · right, [rows, n] · [n, cols] of one type, which is not rounded to that type.
  void addProductToField(const at::Tensor& left, const at::Tensor& right) const;
  // Observe. mean: of |x| over all places of this forward, broadcasts to [rows, cols]; added times the pictures of the forward.
  void observe(const at::Tensor& mean) const;

  // Sparse and Dense.
  const SelectedEntries& entries() const { return *m_entries; }
  BackwardPath path() const { return m_path; }
  // Whether a backward needs the columns in use only.
  bool usesUnion() const { return m_mode == BackwardMode::Sparse && m_entries->unionPays(); }
  // [n], where the gradient of the entries is added up in their order; fp32.
  at::Tensor gradientSlot() const { return m_handle.grad(); }
  // g: [n], of the selected entries in their order, any type.
  void addToSelected(const at::Tensor& g) const;

 private:
  void attachField(const at::Tensor& fieldSlice, BackwardMode mode);

  BackwardMode m_mode = BackwardMode::Frozen;
  BackwardPath m_path = BackwardPath::Auto;
  at::Tensor m_handle, m_fieldSlice;
  std::unique_ptr<SelectedEntries> m_entries;
};

}  // namespace gps
