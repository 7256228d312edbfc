#include "core/io/videosource.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <limits>

#include "core/io/framesequence.h"
#include "core/io/videofile.h"

namespace gps {

int VideoSource::frameCount() const {
  const int known = m_index->size();
  return m_index->isComplete() ? known : std::max(known, m_info.announcedFrames);
}

double VideoSource::secondsOf(int number) const { return frameSeconds(m_info, *m_index, number); }

double frameSeconds(const VideoInfo& info, const FrameIndex& index, int number) {
  if (info.isSequence || number < 0) return std::numeric_limits<double>::quiet_NaN();
  if (index.isRising() && number < index.size()) return index.at(number).seconds - index.at(0).seconds;
  return info.framesPerSecond > 0 ? number / info.framesPerSecond : std::numeric_limits<double>::quiet_NaN();
}

std::unique_ptr<VideoSource> openVideo(const std::string& path, std::shared_ptr<FrameIndex> index) {
  std::error_code failed;
  if (path.find("://") == std::string::npos && (std::filesystem::is_directory(path, failed) || isFramePattern(path)))
    return std::make_unique<FrameSequence>(path, std::move(index));
  return std::make_unique<VideoFile>(path, std::move(index));
}

bool isVideoFileName(const std::string& path) {
  std::string ending = std::filesystem::path(path).extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return char(std::tolower(c)); });
  for (const char* known :
       {".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".mpg", ".mpeg", ".ts", ".mts", ".m2ts", ".wmv", ".flv", ".ogv"})
    if (ending == known) return true;
  return false;
}

}  // namespace gps
