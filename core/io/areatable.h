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

// frame,time_s,area_px,area_share; shortest decimals that read back as the same number, times to the microsecond. Frames that nobody has
// looked at are left out, not zero.
std::string areaTable(const std::vector<FrameArea>& frames);

}  // namespace gps
