#pragma once
// How long a training step takes, without pictures: a fixed seeded batch of noise on the model as it stands.
#include <cstdint>
#include <string>
#include <vector>

#include "core/backbones/model.h"
#include "core/control/runcontrol.h"
#include "core/selection/selection.h"
#include "core/values/runspec.h"

namespace gps {

struct StepBench {
  std::string columns = "noise";         // selection from the gradient of a noise batch, "random" numbers, or a selection file
  const Selection* selection = nullptr;  // in place of columns; not owned
  int warmUps = 5, steps = 20;
};

struct StepTimes {
  std::vector<double> milliseconds;  // of each timed step
  std::vector<double> losses;        // of each timed step
  double unionShare = 0;             // mean over the layers of the share of columns in use
  std::int64_t selected = 0, trainable = 0, trainableTotal = 0;
  double peakMib = 0;          // of the steps and what they need
  bool isPeakOfSteps = false;  // else the system did not let it begin anew, and the pass that selects is counted too
  int pathsMeasured = 0;       // ways of gradients that were not known and took their time in the warm-up
};

// spec: method, rule, precision, K, batch, optimiser. The model keeps its values. Throws as training does.
StepTimes timeSteps(Model& model, const TrainSpec& spec, const StepBench& bench, RunControl& control);

}  // namespace gps
