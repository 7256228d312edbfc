#include "core/nn/droppath.h"

#include <ATen/ATen.h>

#include "core/values/counterrandom.h"
#include "core/values/error.h"

namespace gps {

at::Tensor dropPath(const NetworkState& state, const DropPathBranch& branch, const at::Tensor& x) {
  if (state.dropPath == nullptr) return x;
  const DropPathStep& step = *state.dropPath;
  const double rate = step.rate * branch.depth;
  if (rate <= 0) return x;
  if (std::int64_t(step.samples.size()) != x.size(0))
    throw Error(ErrorCode::Internal, "drop-path",
                "knows " + std::to_string(step.samples.size()) + " samples of a batch of " + std::to_string(x.size(0)));
  std::vector<std::int64_t> shape(std::size_t(x.dim()), 1);
  shape[0] = x.size(0);
  auto kept = at::empty(shape, at::kFloat);
  for (std::size_t i = 0; i < step.samples.size(); ++i) {
    const auto bits = counterHash(step.seed, step.epoch, step.samples[i], RandomPurpose::DropPath, branch.index);
    kept.data_ptr<float>()[i] = double(bits >> 11) * 0x1.0p-53 < rate ? 0.0F : float(1 / (1 - rate));
  }
  return x * kept.to(x.device());
}

}  // namespace gps
