#pragma once
// Scores of one picture at the threshold of the slider, so that picture and numbers agree.
#include <optional>

#include "core/values/image.h"
#include "core/values/metrics.h"
#include "widgets/casetable.h"

namespace gps::app {

// nullopt: one is missing or the sizes differ. Foreground where probability > threshold.
std::optional<PixelCounts> countsAtThreshold(const ProbabilityMap* map, const MaskImage* truth, double threshold);
// Of the foreground, 0…1; NaN without a mask.
double areaShare(const MaskImage* mask);

// A row of the table of cases; without rating and remark.
ui::CaseRow caseRow(const CaseScore& score);

}  // namespace gps::app
