#pragma once
// The figures of a run's best epoch, measured once more in fp32 when it trained in another precision.
#include <vector>

#include "core/backbones/modelparts.h"
#include "core/control/runcontrol.h"
#include "core/tuning/rundeltas.h"
#include "core/tuning/step/flatstate.h"
#include "core/tuning/step/objective.h"
#include "core/values/metrics.h"

namespace gps {

// The epoch that is to be measured again: the best one, as bestEpochOf chooses it, where that was measured in another precision than fp32
// and not yet again; null: there is none.
EpochRecord* unmeasuredBest(std::vector<EpochRecord>& epochs);

// Figures of the values that the run wrote for record.epoch, plain and averaged, on the fp32 base. Behind it, also when it throws, the
// network is wide, frozen and holds those values. Throws as scoring and reading a delta do.
EpochFigures measureInFp32(ModelParts& parts, const FlatState& state, const RunDeltas& deltas, const Objective& objective,
                           const std::vector<DataItem>& items, const EpochRecord& record, RunControl& control);

}  // namespace gps
