#include "core/io/areatable.h"

#include <cmath>

#include "core/values/csvtext.h"
#include "core/values/decimaltext.h"

namespace gps {

static std::string rounded(double value) { return shortestDecimal(std::round(value * 1e6) / 1e6); }

std::string areaTable(const std::vector<FrameArea>& frames, const AreaOrigin& origin) {
  const std::string end = ',' + rounded(origin.threshold) + ",research use only; not for diagnosis," + csvField(origin.model) + ',' +
                          csvField(origin.outlinedBy) + '\n';
  std::string text = "frame,time_s,area_px,area_share,threshold,use,model,outlined_by\n";
  for (const FrameArea& f : frames) {
    text += std::to_string(f.frame) + ',';
    if (!std::isnan(f.seconds)) text += rounded(f.seconds);
    text += ',' + std::to_string(f.pixels) + ',' + shortestDecimal(f.share) + end;
  }
  return text;
}

}  // namespace gps
