#pragma once
// The start-up self-test of a backend: a sum whose exact result every rank knows.
#include <ATen/core/Tensor.h>
#include <torch/csrc/distributed/c10d/Backend.hpp>

#include <functional>
#include <string>

namespace gps {

// Collective. finish waits for a collective. Throws Error(Unavailable) for a wrong sum, and what c10d throws.
void testSum(c10d::Backend& backend, const at::Device& device, const std::string& name, const std::function<void(c10d::Work&)>& finish);

}  // namespace gps
