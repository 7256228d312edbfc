#include "core/nn/weightgradient.h"

#include <ATen/ATen.h>

#include "core/nn/devicewait.h"
#include "core/nn/sampledgradient.h"

#ifdef GPS_WITH_CUDA
#include <c10/cuda/CUDAGraphsC10Utils.h>
#endif

namespace gps::detail {

namespace {

// Waiting for the device would break a recording.
bool canWait() {
#ifdef GPS_WITH_CUDA
  return c10::cuda::currentStreamCaptureStatusMayInitCtx() == c10::cuda::CaptureStatus::None;
#else
  return true;
#endif
}

// torch sums the rows of a tall matrix in one go through a buffer that may be larger than the matrix; runs of rows first need none.
at::Tensor sumOfRows(const at::Tensor& dy, at::ScalarType type) {
  constexpr std::int64_t kRuns = 32;
  const auto rows = dy.size(0), tall = rows / kRuns * kRuns;
  const auto sum = [type](const at::Tensor& t, std::int64_t dim) { return t.sum(at::IntArrayRef{dim}, false, type); };
  if (!dy.is_cuda() || tall == 0) return sum(dy, 0);
  auto total = sum(sum(dy.narrow(0, 0, tall).unflatten(0, {kRuns, tall / kRuns}), 1), 0);
  return tall == rows ? total : total.add_(sum(dy.narrow(0, tall, rows - tall), 0));
}

void addSum(const at::Tensor& slot, const at::Tensor& dy) { slot.add_(sumOfRows(dy, slot.scalar_type()).view(slot.sizes())); }

// Of a product on a GPU.
std::string shapeOf(const SelectiveWeight& weight, const at::Tensor& dy, const LayerInput& input) {
  const auto& e = weight.entries();
  const char* source = input.norm != nullptr ? "norm" : input.before == Activation::None ? (input.isCompact ? "compact" : "plain") : "act";
  const bool isTf32 = dy.scalar_type() == at::kFloat && at::globalContext().allowTF32CuBLAS();
  return std::string("cuda ") + (isTf32 ? "TF32" : c10::toString(dy.scalar_type())) + " " + std::to_string(dy.size(0)) + "x" +
         std::to_string(e.cols()) + ">" + std::to_string(e.rows()) + " n" + std::to_string(e.count()) + " u" +
         std::to_string(e.columnsInUse()) + " " + source;
}

// Nanoseconds a token on two cores, measured in fp32: laying out both factors, a product of one entry, and one of a matrix product. A rule
// and no measurement of its own, so that two processes agree on a busy machine.
bool isSampledCheaperOnCpu(const SelectedEntries& e) {
  constexpr double kLayOut = 0.8, kEntry = 0.14, kProduct = 0.028;
  const double sampled = kLayOut * double(e.rows() + e.columnsInUse()) + kEntry * double(e.count());
  return sampled <= kProduct * double(e.rows()) * double(e.unionPays() ? e.columnsInUse() : e.cols());
}

// More than one on a GPU only: there they are measured.
std::vector<GradientPath> candidatesOf(const SelectiveWeight& weight, const at::Tensor& dy, const LayerInput& input) {
  if (weight.mode() == BackwardMode::Dense) return {GradientPath::Dense};
  const auto other = weight.usesUnion() ? GradientPath::Union : GradientPath::Dense;
  if (weight.entries().isSmallRow() || weight.path() == BackwardPath::Union || !canSample(weight, dy, input)) return {other};
  if (weight.path() == BackwardPath::Sampled) return {GradientPath::Sampled};
  if (!dy.is_cuda()) return {isSampledCheaperOnCpu(weight.entries()) ? GradientPath::Sampled : other};
  return {GradientPath::Sampled, other};
}

// Into gradient [n] and, where it is defined, the bias's.
void addAlong(GradientPath path, const SelectiveWeight& weight, const at::Tensor& dy, const LayerInput& input, const at::Tensor& gradient,
              const at::Tensor& bias) {
  if (path == GradientPath::Sampled) return addSampled(weight, dy, input, gradient, bias);
  const auto& e = weight.entries();
  const bool isUnion = path == GradientPath::Union;
  const auto r = makeInput(input, isUnion ? e.unionColumns() : at::Tensor());
  gradient.add_(dy.t().mm(r).reshape({-1}).index_select(0, isUnion ? e.unionIndex() : e.denseIndex()));
  if (bias.defined()) addSum(bias, dy);
}

void addSelected(const SelectiveWeight& weight, const at::Tensor& dy, const LayerInput& input, const at::Tensor& gradient,
                 const at::Tensor& bias) {
  const auto candidates = candidatesOf(weight, dy, input);
  if (candidates.size() == 1) return addAlong(candidates[0], weight, dy, input, gradient, bias);
  at::Tensor spare, spareBias;
  const auto trial = [&](GradientPath path) {
    if (!spare.defined()) spare = at::zeros_like(gradient);
    if (!spareBias.defined() && bias.defined()) spareBias = at::zeros_like(bias);
    addAlong(path, weight, dy, input, spare, spareBias);
  };
  const auto path = weight.state().paths->choose(shapeOf(weight, dy, input), candidates, canWait(), trial, [&] { waitFor(dy.device()); });
  addAlong(path, weight, dy, input, gradient, bias);
}

}  // namespace

at::Tensor makeInput(const LayerInput& input, const at::Tensor& columns) {
  const auto rowsOf = [](const at::Tensor& x) { return x.reshape({-1, x.size(-1)}); };
  if (input.norm != nullptr) return rowsOf(input.norm->normaliseAgain(input.kept, input.statistics, input.type, columns));
  if (input.isCompact) return rowsOf(input.kept);
  return rowsOf(activate(input.before, columns.defined() ? input.kept.index_select(-1, columns) : input.kept));
}

LayerInput keepInput(const SelectiveWeight& weight, const at::Tensor& x, bool alsoKept) {
  LayerInput input;
  input.isCompact = weight.usesUnion() && !alsoKept;
  input.kept = input.isCompact ? x.index_select(-1, weight.entries().unionColumns()) : x;
  return input;
}

void addGradients(const SelectiveWeight& weight, const Parameter* bias, const at::Tensor& dy, const LayerInput& input,
                  const at::Tensor& rowScale) {
  const auto biasSlot = bias != nullptr && bias->isTrainedWhole() ? bias->gradientSlot() : at::Tensor();
  if (weight.handle().defined() && weight.mode() != BackwardMode::Accumulate) {
    if (!rowScale.defined()) return addSelected(weight, dy, input, weight.gradientSlot(), biasSlot);
    const auto unscaled = at::zeros_like(weight.gradientSlot());
    addSelected(weight, dy, input, unscaled, biasSlot);
    return weight.addToSelected(unscaled.mul_(rowScale.index_select(0, weight.entries().rowIndex())));
  }
  if (weight.mode() == BackwardMode::Accumulate) weight.addProductToField(dy.t(), makeInput(input, {}));
  if (biasSlot.defined()) addSum(biasSlot, dy);
}

void addDense(const SelectiveWeight& weight, const at::Tensor& gradient) {
  if (weight.mode() == BackwardMode::Accumulate) return weight.addToField(gradient);
  weight.addToSelected(gradient.reshape({-1}).index_select(0, weight.entries().denseIndex()));
}

void addUnion(const SelectiveWeight& weight, const at::Tensor& gradient) {
  weight.addToSelected(gradient.reshape({-1}).index_select(0, weight.entries().unionIndex()));
}

void addBias(const Parameter* bias, const at::Tensor& dy) {
  if (bias != nullptr && bias->isTrainedWhole()) addSum(bias->gradientSlot(), dy);
}

}  // namespace gps::detail
