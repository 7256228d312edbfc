#pragma once
#include <string>
#include <vector>

#include "core/values/metrics.h"

namespace gps {

SegmentationScore summarise(std::vector<CaseScore> cases);
// One sentence: which averaging, which threshold, which size, the rule for empty masks.
std::string scoreDefinition();

}  // namespace gps
