#pragma once
// Fields for benches, where no pictures are.
#include <cstdint>

#include "core/backbones/model.h"
#include "core/control/runcontrol.h"
#include "core/selection/scores.h"

namespace gps {

// The gradient of one seeded batch of noise with two classes, or random masks, on the model as it stands; where the model lies.
Scores noiseField(Model& model, int batch, std::uint64_t seed, RunControl& control);
// Normal numbers at every entry, where the model lies.
Scores normalField(const Model& model, std::uint64_t seed);
// Mean over the selectable tensors of the share of columns that any row of them chooses; what a step costs depends on it.
double unionShare(const Model& model, const Scores& scores, int keptPerRow);

}  // namespace gps
