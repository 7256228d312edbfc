#pragma once
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "core/nn/registry.h"

namespace gps {

// Stochastic depth (Huang et al. 2016) as timm applies it: in a training step each sample loses a residual branch with the branch's
// probability, and what stays is divided by the probability of staying. Whether it stays depends on (seed, epoch, sample, branch) alone.
struct DropPathStep {
  double rate = 0;  // of the last block; earlier ones grow to it linearly from 0
  std::uint64_t seed = 0, epoch = 0;
  std::vector<std::uint64_t> samples;  // [B], a number for every row of the batch
};

// One residual branch: depth is its block's place, 0 at the first block … 1 at the last.
struct DropPathBranch {
  double depth = 0;
  std::uint64_t index = 0;  // in order of construction
};
DropPathBranch addDropPathBranch(NetworkState& state, double depth);

// fp32 [branches, B] on the CPU: what every branch of the network is multiplied by. Undefined where nothing is ever dropped.
at::Tensor dropPathFactors(const NetworkState& state, const DropPathStep& step);

// For one forward: the network drops branches as `factors` or `step` say.
class DropPathScope {
 public:
  DropPathScope(std::shared_ptr<NetworkState> state, at::Tensor factors) : m_state(std::move(state)) {
    m_state->dropPath = std::move(factors);
  }
  DropPathScope(std::shared_ptr<NetworkState> state, const DropPathStep& step) : DropPathScope(state, dropPathFactors(*state, step)) {}
  ~DropPathScope() { m_state->dropPath.reset(); }
  DropPathScope(const DropPathScope&) = delete;
  DropPathScope& operator=(const DropPathScope&) = delete;

 private:
  std::shared_ptr<NetworkState> m_state;
};

// x [B, …], unchanged while no factors stand in the state or the branch is the first block's.
at::Tensor dropPath(const NetworkState& state, const DropPathBranch& branch, const at::Tensor& x);

}  // namespace gps
