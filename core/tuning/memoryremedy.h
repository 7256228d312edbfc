#pragma once
#include <string>

#include "core/values/runspec.h"

namespace gps {

// What a run that ran out of memory can still do with less, for an error's remedy; batch and image size resolved.
std::string memoryRemedy(const TrainSpec& spec, bool isCuda);

}  // namespace gps
