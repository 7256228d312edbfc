#pragma once
// The choice itself, at every level (gps-method 1.4, 1.7): larger |score| first, then smaller column (Neuron) or offset (Layer, Net);
// NaN last. The same on the CPU and on the GPU, bit for bit.
#include <memory>

#include "core/nn/parametermap.h"
#include "core/selection/scores.h"
#include "core/selection/selection.h"
#include "core/values/runspec.h"

namespace gps {

// Uses the device that holds the scores. Throws Error(BadArgument) for K < 1 or a share outside 0…1.
Selection chooseEntries(const std::shared_ptr<const ParameterMap>& map, const Scores& scores, const SelectionSpec& spec);

}  // namespace gps
