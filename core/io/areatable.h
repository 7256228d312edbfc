#pragma once
// The outlined area over the frames of a video, as a table.
#include <cstdint>
#include <string>
#include <vector>

namespace gps {

struct FrameArea {
  int frame = 0;            // from 0
  double seconds = 0;       // since the first frame; NaN: not known, an empty cell
  std::int64_t pixels = 0;  // above the threshold
  double share = 0;         // of the frame, 0…1
};

// What outlined the frames; said in every row, so that a row tells its origin wherever it is copied to.
struct AreaOrigin {
  double threshold = 0.5;
  std::string model;       // id of the base
  std::string outlinedBy;  // "untuned", or the values after an epoch of a run: RUN@7
};

// frame,time_s,area_px,area_share,threshold,use,model,outlined_by; shortest decimals that read back as the same number, times and the
// threshold to the sixth digit. Frames that nobody has looked at are left out, not zero.
std::string areaTable(const std::vector<FrameArea>& frames, const AreaOrigin& origin);

}  // namespace gps
