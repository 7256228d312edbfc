#include "core/tuning/step/steploss.h"

#include <ATen/ATen.h>

#include "core/data/views/mixing.h"
#include "core/evaluation/loss.h"
#include "core/nn/droppath.h"

namespace gps {

at::Tensor stepLoss(const ModelParts& parts, const StepInput& input, PromptMode prompt) {
  if (parts.sam) return segmentationLoss(parts.sam->forward(input.images, prompt), input.targets);
  const DropPathScope scope(parts.registry.state(), input.dropPath);
  const auto logits = parts.classifierNetwork().forward(input.images);
  if (input.targets.scalar_type() == at::kLong) return at::cross_entropy_loss(logits, input.targets);
  return softCrossEntropy(logits, input.targets);
}

}  // namespace gps
