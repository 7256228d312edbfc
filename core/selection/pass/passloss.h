#pragma once
// What a gradient pass differentiates: one class a loss.
#include <memory>

#include "core/backbones/modelparts.h"
#include "core/selection/pass/passbatch.h"
#include "core/values/runspec.h"

namespace gps {

class PassLoss {
 public:
  virtual ~PassLoss() = default;
  // The loss of the whole batch, a scalar without history. backward: its gradient has gone through the network, in the memory of one
  // piece. Otherwise call it without autograd.
  virtual at::Tensor run(const PassBatch& batch, bool backward) const = 0;
};

// spec.loss must be one of the model's task (ModelParts: Error(BadArgument) otherwise). parts outlives it.
std::unique_ptr<PassLoss> makePassLoss(const ModelParts& parts, LossKind loss, PromptMode prompt);

}  // namespace gps
