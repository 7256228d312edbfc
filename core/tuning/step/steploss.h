#pragma once
#include "core/backbones/modelparts.h"
#include "core/tuning/step/stepinput.h"

namespace gps {

// The loss of a training step, scalar, with history: of masks binary cross-entropy + soft IoU, of labels cross-entropy, of soft labels
// their cross-entropy. Reads nothing but the input and the network: no host values, so it can be recorded.
at::Tensor stepLoss(const ModelParts& parts, const StepInput& input, PromptMode prompt);

}  // namespace gps
