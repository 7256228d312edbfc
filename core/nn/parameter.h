#pragma once
// One tensor of the network as its layer sees it: a view of the arena and, while it trains, a leaf whose gradient is a slice
// of the flat gradient. Arena values are never torch parameters themselves.
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "core/nn/registry.h"

namespace gps {

class Parameter {
 public:
  Parameter(ParameterRegistry& registry, const Scope& scope, const std::string& name, std::vector<std::int64_t> shape, ParameterRole role,
            const std::string& kind = {});
  virtual ~Parameter() = default;
  Parameter(const Parameter&) = delete;
  Parameter& operator=(const Parameter&) = delete;

  std::size_t id() const { return m_id; }
  // What the forward uses: a leaf that requires a gradient while the tensor is trained whole, else the frozen view.
  const at::Tensor& value() const { return m_value; }
  bool isTrainedWhole() const { return m_value.requires_grad(); }

  virtual void bind(at::Tensor view);  // frozen
  virtual void freeze();
  void trainWhole(const at::Tensor& gradient);  // gradient: flat slice of count elements, same type and device; kept, not copied
  // While trained whole, for a backward of our own: adds to that slice. g: count elements in any shape and type.
  void addToGradient(const at::Tensor& g) const;

 protected:
  at::Tensor m_view, m_value;
  std::shared_ptr<NetworkState> m_state;

 private:
  std::size_t m_id = 0;
};

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

  void bind(at::Tensor view) override;
  void freeze() override;
  // fieldSlice: [count] of the gradient field, in the arena's type, on its device or on the host.
  void accumulateInto(const at::Tensor& fieldSlice);
  void observeInto(const at::Tensor& fieldSlice);
  // localOffsets: sorted offsets inside this tensor (row * cols + col). values, gradient: flat slices of that many elements.
  void trainSelected(const std::vector<std::int64_t>& localOffsets, const at::Tensor& values, const at::Tensor& gradient, bool dense);

  const at::Tensor& fieldSlice() const { return m_fieldSlice; }  // [rows, cols]
  // Accumulate. gradient: [rows, cols] in any shape, type and place.
  void addToField(const at::Tensor& gradient) const;
  // The same for left · right, [rows, n] · [n, cols] of one type, which is not rounded to that type.
  void addProductToField(const at::Tensor& left, const at::Tensor& right) const;
  // Sparse and Dense. g: [n], of the selected entries in their order, any type.
  void addToSelected(const at::Tensor& g) const;
  // Observe. mean: of |x| over all places of this forward, broadcasts to [rows, cols]; added times the pictures of the forward.
  void observe(const at::Tensor& mean) const;
  // Sparse and Dense: where the selected entries lie.
  const at::Tensor& denseIndex() const { return m_denseIndex; }      // int64 [n], into [rows * cols]
  bool usesUnion() const { return m_usesUnion; }                     // union columns pay off for this layer
  const at::Tensor& unionColumns() const { return m_unionColumns; }  // int64 [u], ascending columns any row selected
  const at::Tensor& unionIndex() const { return m_unionIndex; }      // int64 [n], into [rows * u]
  const std::vector<std::int64_t>& unionColumnsHost() const { return m_unionHost; }
  std::int64_t selectedCount() const { return m_denseIndex.defined() ? m_denseIndex.numel() : 0; }

  static constexpr double kUnionLimit = 0.7;     // share of the columns above which the dense product is cheaper
  static constexpr std::int64_t kSmallRow = 64;  // rows up to this length take the dense gradient

 private:
  void attachField(const at::Tensor& fieldSlice, BackwardMode mode);

  BackwardMode m_mode = BackwardMode::Frozen;
  at::Tensor m_handle, m_fieldSlice, m_denseIndex, m_unionColumns, m_unionIndex;
  std::vector<std::int64_t> m_unionHost;
  bool m_usesUnion = false;
};

}  // namespace gps
