#include "app/pages/casemetrics.h"

#include <algorithm>
#include <limits>

namespace gps::app {

double areaShare(const MaskImage* mask) {
  if (!mask || mask->empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto on = std::count_if(mask->pixels.begin(), mask->pixels.end(), [](auto p) { return p > 127; });
  return double(on) / double(mask->pixels.size());
}

}  // namespace gps::app
