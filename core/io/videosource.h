#pragma once
// Frames of a video file, or of numbered pictures, in order and by number. Local files only: addresses are refused before any decoder sees
// them, and so is a file whose first bytes are not those of a video (a playlist, say). One thread at a time; each thread opens its own.
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "core/control/runcontrol.h"
#include "core/io/frameindex.h"
#include "core/values/image.h"

namespace gps {

struct VideoInfo {
  std::string path;            // absolute
  bool isSequence = false;     // pictures of a folder
  int width = 0, height = 0;   // of the first frame, upright
  double framesPerSecond = 0;  // 0: not known, as of pictures
  int announcedFrames = 0;     // what the file says of itself, which may be wrong; 0: nothing
  int rotation = 0;            // degrees by which the file asks to turn its frames; done already
  std::string codec;           // four letters; empty for pictures
};

struct VideoFrame {
  int number = -1;     // from 0; -1: the video has ended
  double seconds = 0;  // since the first frame; NaN: not known
  RgbImage image;
  std::string problem;  // English; set: this one cannot be read, and the others go on
  bool isEnd() const { return number < 0; }
};

class VideoSource {
 public:
  virtual ~VideoSource() = default;
  const VideoInfo& info() const { return m_info; }
  // Grows as frames are read in order, by whichever reader.
  const std::shared_ptr<FrameIndex>& index() const { return m_index; }
  // The known number of frames, else the announced one, at least those read.
  int frameCount() const;
  double secondsOf(int number) const;  // NaN: not known
  // The next frame in order. isWanted false: without its image, at less cost.
  virtual VideoFrame next(bool isWanted = true) = 0;
  // Exactly the image that reading in order gives, proved by its fingerprint: from the last key frame, or, where a file's own table leads
  // elsewhere, from the beginning. A frame never read before costs the reading up to it. next() goes on behind it.
  // Throws Error(NotFound) outside the video, Error(BadFile) for a picture that cannot be read.
  virtual RgbImage frame(int number) = 0;
  // Asked between two frames while frame() is on its way; true ends it with Cancelled, and the reader can be used again.
  void setInterrupt(std::function<bool()> isUnwanted) { m_isUnwanted = std::move(isUnwanted); }

 protected:
  std::function<bool()> m_isUnwanted;
  VideoInfo m_info;
  std::shared_ptr<FrameIndex> m_index;
};

// A file, a folder of pictures in natural order (2 before 10), or a pattern as OpenCV's ("frame_%04d.png", numbered without a gap from the
// lowest number there is). index: of an earlier reader of the same file. Memory: a few frames, at most 64 MB besides the decoder's own.
// Throws Error(NotFound, BadFile, BadArgument, Io) naming thing, cause and remedy.
std::unique_ptr<VideoSource> openVideo(const std::string& path, std::shared_ptr<FrameIndex> index = {});

// Since the first frame: as the file says of a frame that has been read, else by the frames per second; NaN: not known.
double frameSeconds(const VideoInfo& info, const FrameIndex& index, int number);

// By its ending; no file is opened.
bool isVideoFileName(const std::string& path);

}  // namespace gps
