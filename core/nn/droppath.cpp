#include "core/nn/droppath.h"

#include <ATen/ATen.h>

#include "core/values/counterrandom.h"
#include "core/values/error.h"

namespace gps {

DropPathBranch addDropPathBranch(NetworkState& state, double depth) {
  state.branchDepths.push_back(depth);
  return {depth, state.branchDepths.size() - 1};
}

at::Tensor dropPathFactors(const NetworkState& state, const DropPathStep& step) {
  if (step.rate <= 0 || state.branchDepths.empty()) return {};
  const auto samples = std::int64_t(step.samples.size());
  auto factors = at::empty({std::int64_t(state.branchDepths.size()), samples}, at::kFloat);
  auto* out = factors.data_ptr<float>();
  for (std::size_t branch = 0; branch < state.branchDepths.size(); ++branch) {
    const double rate = step.rate * state.branchDepths[branch];
    for (const auto sample : step.samples) {
      const auto bits = counterHash(step.seed, step.epoch, sample, RandomPurpose::DropPath, branch);
      *out++ = double(bits >> 11) * 0x1.0p-53 < rate ? 0.0F : float(1 / (1 - rate));
    }
  }
  return factors;
}

at::Tensor dropPath(const NetworkState& state, const DropPathBranch& branch, const at::Tensor& x) {
  if (!state.dropPath.defined() || branch.depth <= 0) return x;
  const auto samples = state.dropPath.size(1);
  if (samples != x.size(0))
    throw Error(ErrorCode::Internal, "drop-path",
                "knows " + std::to_string(samples) + " samples of a batch of " + std::to_string(x.size(0)));
  std::vector<std::int64_t> shape(std::size_t(x.dim()), 1);
  shape[0] = samples;
  return x * state.dropPath.select(0, std::int64_t(branch.index)).to(x.options()).view(shape);
}

}  // namespace gps
