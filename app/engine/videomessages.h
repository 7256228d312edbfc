#pragma once
// A video, or numbered pictures, looked at frame by frame.
#include <QString>
#include <memory>

#include "app/engine/newpicturesmessages.h"
#include "core/io/videosource.h"
#include "core/values/areacounts.h"
#include "core/values/runspec.h"

namespace gps::app {

struct VideoRequest {
  ModelSpec model;
  QString path, runFolder;  // path: a file or a folder; runFolder empty: the untuned model
  int epoch = 0;
  int every = 1;  // the frames 0, every, 2·every …
};

struct VideoOpened {
  VideoInfo info;
  int every = 1;
  std::shared_ptr<FrameIndex> index;           // grows while the video is read; for other readers of it
  std::shared_ptr<const NewPictureMaps> maps;  // by the number of the frame
};

// One frame, in order.
struct VideoFrameSeen {
  int number = 0;
  double seconds = 0;  // NaN: not known
  AreaCounts areas;
  QString problem;  // English; set: it could not be read, and there are no areas
};

}  // namespace gps::app
