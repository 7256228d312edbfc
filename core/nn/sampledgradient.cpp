#include "core/nn/sampledgradient.h"

#include <ATen/ATen.h>

#include "core/kernels/sampledproduct.h"
#include "core/nn/cudalaunch.h"

namespace gps::detail {

namespace {

using kernels::RealType;
using kernels::SampledSource;

std::optional<RealType> typeOf(const at::Tensor& t) {
  switch (t.scalar_type()) {
    case at::kFloat:
      return RealType::Float;
    case at::kDouble:
      return RealType::Double;
    case at::kBFloat16:
      return RealType::BFloat16;
    case at::kHalf:
      return RealType::Half;
    default:
      return {};
  }
}

// Rows [T, n] whose values lie side by side.
at::Tensor denseRows(const at::Tensor& x) {
  const auto rows = x.reshape({-1, x.size(-1)});
  return rows.stride(1) == 1 ? rows : rows.contiguous();
}

kernels::SampledMatrix matrixOf(const at::Tensor& rows) { return {rows.data_ptr(), *typeOf(rows), rows.stride(0)}; }

SampledSource sourceOf(const LayerInput& input) {
  if (input.norm != nullptr) return SampledSource::Normed;
  if (input.before == Activation::Gelu) return SampledSource::Gelu;
  return input.before == Activation::Relu ? SampledSource::Relu : SampledSource::Plain;
}

// The kernels read statistics in fp32 only: elsewhere the columns in use are made first.
bool makesColumns(const LayerInput& input) { return input.norm != nullptr && input.statistics.mean.scalar_type() != at::kFloat; }

}  // namespace

bool canSample(const SelectiveWeight& weight, const at::Tensor& dy, const LayerInput& input) {
  const auto left = typeOf(dy), right = typeOf(input.kept);
  if (!left || !right) return false;
  if ((*left == RealType::Double) != (*right == RealType::Double)) return false;
  if (dy.is_cuda() && (*left == RealType::Double || (*right != *left && *right != RealType::Float))) return false;
  return weight.entries().sampled(input.isCompact || makesColumns(input)).fits;
}

void addSampled(const SelectiveWeight& weight, const at::Tensor& dy, const LayerInput& input, const at::Tensor& gradient,
                const at::Tensor& bias) {
  const bool makes = makesColumns(input);
  const auto& sampled = weight.entries().sampled(input.isCompact || makes);
  const auto left = denseRows(dy), right = makes ? makeInput(input, weight.entries().unionColumns()) : denseRows(input.kept);
  kernels::SampledInput in;
  in.tokens = left.size(0);
  in.left = matrixOf(left);
  in.right = matrixOf(right);
  if (!makes) in.source = sourceOf(input);
  if (in.source == SampledSource::Normed) {
    in.mean = input.statistics.mean.data_ptr<float>();
    in.rstd = input.statistics.rstd.data_ptr<float>();
    in.gamma = input.norm->weight().data_ptr<float>();
    in.beta = input.norm->bias().data_ptr<float>();
  }
  const auto biasOf = [&]<typename T>(T*) { return bias.defined() ? bias.data_ptr<T>() : nullptr; };
  if (gradient.scalar_type() == at::kDouble)
    return kernels::sampledProductOnCpu(sampled.plan, in, gradient.data_ptr<double>(), biasOf(static_cast<double*>(nullptr)));
  if (!gradient.is_cuda())
    return kernels::sampledProductOnCpu(sampled.plan, in, gradient.data_ptr<float>(), biasOf(static_cast<float*>(nullptr)));
#ifdef GPS_WITH_CUDA
  const int processors = at::cuda::getCurrentDeviceProperties()->multiProcessorCount;
  const auto workspace = at::empty({kernels::sampledWorkspace(sampled.plan, in.tokens, processors)}, gradient.options());
  checkLaunch(kernels::sampledProductOnCuda(sampled.plan, sampled.tables.data_ptr<std::int32_t>(), in,
                                            {gradient.data_ptr<float>(), biasOf(static_cast<float*>(nullptr)), workspace.data_ptr<float>()},
                                            processors, cudaStream()),
              "weight gradient");
#endif
}

}  // namespace gps::detail
