#pragma once
// Writes what was outlined in the frames of a video. Any thread but the window's.
#include <QList>
#include <QString>
#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include "app/project/newpicturessaver.h"
#include "core/io/areatable.h"
#include "core/io/frameindex.h"

namespace gps::app {

struct VideoOrder {
  QString into, name;  // the folder that receives the results' folder; what that is named after
  std::string path;    // the video
  std::shared_ptr<FrameIndex> index;
  QList<int> frames;             // whose masks and overlays are written, rising
  std::vector<FrameArea> areas;  // at the threshold of `seen`
  SeenAs seen;
  QString model, outlinedBy;  // see Looking::madeWith
};

// A new folder; nothing is overwritten. The video is read once, in order.
SavedResults saveVideo(const VideoOrder& order, const NewPictureMaps& maps, const std::atomic<bool>& stop,
                       const std::function<void(int, int)>& progress);

}  // namespace gps::app
