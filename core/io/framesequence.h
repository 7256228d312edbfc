#pragma once
// The reader of numbered pictures behind openVideo.
#include <string>
#include <string_view>
#include <vector>

#include "core/io/opencvimagesource.h"
#include "core/io/videosource.h"

namespace gps {

// Numbers within names count by their value: frame2 before frame10. A strict weak order.
bool isBefore(std::string_view a, std::string_view b);
bool isFramePattern(const std::string& path);  // "…%d…" or "…%04d…" in the name, where no file of this very name lies

class FrameSequence : public VideoSource {
 public:
  // A folder or a pattern.
  FrameSequence(const std::string& path, std::shared_ptr<FrameIndex> index);
  VideoFrame next(bool isWanted) override;
  RgbImage frame(int number) override;

 private:
  OpenCvImageSource m_files;
  std::vector<std::string> m_paths;
  int m_next = 0;
};

}  // namespace gps
