#pragma once
// What is said of one picture beside its scores.
#include "core/values/image.h"

namespace gps::app {

// Of the foreground, 0…1; NaN without a mask.
double areaShare(const MaskImage* mask);

}  // namespace gps::app
