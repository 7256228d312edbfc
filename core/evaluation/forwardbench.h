#pragma once
#include <vector>

#include "core/backbones/model.h"
#include "core/control/runcontrol.h"

namespace gps {

struct ForwardTimes {
  std::vector<double> milliseconds;  // [runs], of a whole batch
  double median() const;             // 0 without a run
};

// Time of the forward up to the answer (features where there is no head, the mask logits for the SAM family) of a batch of noise, without
// gradients; three forwards go before that are not counted. Waits for the device round each run. Stage "bench", unit "runs".
ForwardTimes timeForward(const Model& model, int batch, int runs, RunControl& control);

}  // namespace gps
