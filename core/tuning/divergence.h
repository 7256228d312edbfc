#pragma once
// Values that are not finite never reach the disk.
#include "core/tuning/runstate.h"
#include "core/values/metrics.h"

namespace gps {

// Throws Error(Diverged), naming epoch and step, when a step was bad, or a value, its moments or its average is not finite. Waits for the
// device.
void requireFinite(const FlatState& state, const RunPosition& position);
// The same from the control alone.
void requireFinite(const kernels::StepControl& control, const RunPosition& position);
// The same for the score behind an epoch.
void requireFinite(const EpochRecord& record, const RunPosition& position);

}  // namespace gps
