#include "core/nn/weightgradient.h"

#include <ATen/ATen.h>

namespace gps::detail {

namespace {

at::Tensor rowsOf(const at::Tensor& x) { return x.reshape({-1, x.size(-1)}); }

// All columns of R, or with `columns` those.
at::Tensor make(const LayerInput& input, const at::Tensor& columns) {
  if (input.norm != nullptr) return rowsOf(input.norm->normaliseAgain(input.kept, input.statistics, input.type, columns));
  if (input.isCompact) return rowsOf(input.kept);
  return rowsOf(activate(input.before, columns.defined() ? input.kept.index_select(-1, columns) : input.kept));
}

}  // namespace

LayerInput keepInput(const SelectiveWeight& weight, const at::Tensor& x, bool alsoKept) {
  LayerInput input;
  input.isCompact = weight.usesUnion() && !alsoKept;
  input.kept = input.isCompact ? x.index_select(-1, weight.unionColumns()) : x;
  return input;
}

void addGradients(const SelectiveWeight& weight, const Parameter* bias, const at::Tensor& dy, const LayerInput& input) {
  if (bias != nullptr && bias->isTrainedWhole()) bias->addToGradient(dy.sum(0));
  if (weight.mode() == BackwardMode::Accumulate) {
    weight.addProductToField(dy.t(), make(input, {}));
  } else if (weight.handle().defined() && weight.usesUnion()) {
    weight.addToSelected(dy.t().mm(make(input, weight.unionColumns())).reshape({-1}).index_select(0, weight.unionIndex()));
  } else if (weight.handle().defined()) {
    weight.addToSelected(dy.t().mm(make(input, {})).reshape({-1}).index_select(0, weight.denseIndex()));
  }
}

}  // namespace gps::detail
