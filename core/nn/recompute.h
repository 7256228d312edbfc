#pragma once
#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>

#include "core/nn/registry.h"

namespace gps {

// block(x), of which only x is kept while the state says so (NetworkState::recompute) and a gradient flows: the backward computes the
// block again, the same branches dropped (Chen et al. 2016): the same gradients. What block refers to outlives the backward.
at::Tensor recomputed(const std::shared_ptr<NetworkState>& state, const at::Tensor& x,
                      const std::function<at::Tensor(const at::Tensor&)>& block);

}  // namespace gps
