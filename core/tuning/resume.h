#pragma once
// What a stopped run may go on with.
#include <string>

#include "core/values/runspec.h"

namespace gps {

// The settings a run was begun with, and of those asked for now what a run may change on its way: where its inputs lie, the device and how
// it computes there (precision, threads, recompute, eager, backward, micro-batch, field memory), and the learning rates and the batch, for
// a run that diverged or ran out of memory. A batch of 0 stays.
TrainSpec resumedSpec(const TrainSpec& begun, const TrainSpec& asked);

// Throws Error(BadArgument) that says what of `asked` cannot be changed any more.
void requireResumable(const TrainSpec& begun, const TrainSpec& asked);

// "training.learning_rate = 0.001 instead of 0.01", with commas between; empty for equal settings.
std::string differenceOf(const TrainSpec& before, const TrainSpec& after);

}  // namespace gps
