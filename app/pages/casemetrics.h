#pragma once
// What is said of one picture, and a row of the table of them.
#include "core/values/image.h"
#include "core/values/metrics.h"
#include "widgets/casetable.h"

namespace gps::app {

// Of the foreground, 0…1; NaN without a mask.
double areaShare(const MaskImage* mask);

// A row of the table of cases; without rating and remark.
ui::CaseRow caseRow(const CaseScore& score);

}  // namespace gps::app
