#pragma once
// The reader of video files behind openVideo.
#include <deque>
#include <opencv2/core.hpp>
#include <opencv2/videoio.hpp>
#include <optional>
#include <string>
#include <utility>

#include "core/io/videosource.h"

namespace gps {

class VideoFile : public VideoSource {
 public:
  VideoFile(const std::string& path, std::shared_ptr<FrameIndex> index);
  VideoFrame next(bool isWanted) override;
  RgbImage frame(int number) override;

 private:
  void reopen();
  bool grab();              // the frame m_next; false at the end
  double grabbedSeconds();  // of the frame grabbed last
  cv::Mat retrieve();
  void learn(int number, const cv::Mat* picture);  // the frame grabbed last; null: it cannot be decoded
  // From where the reader is. Nothing at the end, and, where it is to be proved, for other pixels than those read in order.
  std::optional<RgbImage> forwardTo(int number, bool isProved = true);
  std::optional<RgbImage> seekTo(int number, int margin);
  RgbImage decodeAgain(int number);
  void goTo(int number);  // the next grab gives this frame, known or the first unknown one
  std::optional<RgbImage> kept(int number) const;
  void keep(int number, const RgbImage& image);

  cv::VideoCapture m_capture;
  int m_next = 0;                               // the number of the frame that is grabbed next; -1: not known
  int m_inOrder = 0;                            // that next() gives next
  std::deque<std::pair<int, RgbImage>> m_kept;  // decoded last, so that a step back costs nothing
};

}  // namespace gps
