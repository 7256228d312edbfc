#pragma once
#include <string>
#include <vector>

#include "core/values/steppoint.h"

namespace gps {

// Of all event files in the run's folder, ascending by step. What a later file begins with voids what older ones tell of it; a record cut
// short or damaged ends its file. Empty without such files. Never throws for what they hold.
std::vector<StepPoint> readRunSteps(const std::string& runFolder);

}  // namespace gps
