#pragma once
#include <vector>

#include "core/backbones/model.h"
#include "core/control/runcontrol.h"

namespace gps {

// Milliseconds [runs] of the forward of a whole batch of noise up to the answer (features where there is no head, the mask logits for
// the SAM family), without gradients; three forwards go before that are not counted. Waits for the device round each run. Stage "bench",
// unit "runs".
std::vector<double> timeForward(Model& model, int batch, int runs, RunControl& control);

}  // namespace gps
