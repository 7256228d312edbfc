#include "app/engine/videojobs.h"

#include <algorithm>

#include "app/engine/mapfile.h"
#include "core/evaluation/coarseprediction.h"

namespace gps::app {

void lookAtVideo(JobContext& job, const Model& model, const VideoRequest& request) {
  const int every = std::max(1, request.every);
  const auto source = openVideo(request.path.toStdString());
  const auto maps = std::make_shared<MapFile>();
  job.send(VideoOpened{source->info(), every, source->index(), maps});
  ProgressMeter meter(job.control(), "predict", "frames", (source->info().announcedFrames + every - 1) / every);
  for (int number = 0;; ++number) {
    job.control().stepBoundary();
    const bool isWanted = number % every == 0;
    const VideoFrame frame = source->next(isWanted);
    if (frame.isEnd()) break;
    if (!isWanted) continue;
    VideoFrameSeen seen;
    seen.number = number;
    seen.seconds = frame.seconds;
    seen.problem = QString::fromStdString(frame.problem);
    if (frame.problem.empty()) {
      const CoarsePrediction prediction = predictCoarse(model, frame.image, request.model, &job.control());
      maps->add(number, prediction);
      seen.areas = AreaCounts::of(probabilityOf(prediction));
    }
    job.send(std::move(seen));
    meter.advance();
  }
}

}  // namespace gps::app
