#include "core/io/areatable.h"

#include <cmath>

#include "core/values/decimaltext.h"

namespace gps {

std::string areaTable(const std::vector<FrameArea>& frames) {
  std::string text = "frame,time_s,area_px,area_share\n";
  for (const FrameArea& f : frames) {
    text += std::to_string(f.frame) + ',';
    if (!std::isnan(f.seconds)) text += shortestDecimal(std::round(f.seconds * 1e6) / 1e6);
    text += ',' + std::to_string(f.pixels) + ',' + shortestDecimal(f.share) + '\n';
  }
  return text;
}

}  // namespace gps
