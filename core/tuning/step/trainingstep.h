#pragma once
// One step of training: forward, backward, update of values and arena. Engine thread.
#include "core/backbones/modelparts.h"
#include "core/tuning/step/flatstate.h"
#include "core/tuning/step/stepinput.h"

namespace gps {

class TrainingStep {
 public:
  // The arguments outlive the step; the state is attached to the network.
  TrainingStep(ModelParts& parts, FlatState& state, PromptMode prompt);

  // Enqueues a step; settings.step counts from 1. The loss stays on the device.
  at::Tensor run(const StepInput& input, const kernels::UpdateSettings& settings);

 private:
  ModelParts& m_parts;
  FlatState& m_state;
  PromptMode m_prompt;
};

}  // namespace gps
