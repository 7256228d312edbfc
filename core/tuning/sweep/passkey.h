#pragma once
#include <string>

#include "core/values/runspec.h"

namespace gps {

// What two runs must have in common to share a gradient pass, as text; empty: the run needs none.
std::string passKeyOf(const TrainSpec& spec);

}  // namespace gps
