#include "core/tuning/step/trainingstep.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include "core/tuning/step/steploss.h"

namespace gps {

TrainingStep::TrainingStep(ModelParts& parts, FlatState& state, PromptMode prompt) : m_parts(parts), m_state(state), m_prompt(prompt) {}

at::Tensor TrainingStep::run(const StepInput& input, const kernels::UpdateSettings& settings) {
  m_state.zeroGradient();
  const auto loss = stepLoss(m_parts, input, m_prompt);
  torch::autograd::backward({loss}, {});
  m_state.update(settings, loss);
  return loss.detach();
}

}  // namespace gps
