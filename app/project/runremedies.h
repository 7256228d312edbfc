#pragma once
// What a run that ended without memory, or diverged, can go on with: the changes that a resumed run may make (core/tuning/resume.h).
#include <QList>

#include "core/values/error.h"
#include "core/values/runspec.h"

namespace gps::app {

enum class RunRemedy { HalfBatch, Recompute, Bf16, ThirdOfRate };

// The best first. run: with a batch of its own. inWarmUp: it ended there, where the rate is another and stays.
QList<RunRemedy> remediesOf(ErrorCode code, const TrainSpec& run, bool isOnCpu, bool inWarmUp);
TrainSpec withRemedy(TrainSpec run, RunRemedy remedy);

}  // namespace gps::app
