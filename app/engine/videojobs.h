#pragma once
// The job that looks at a video. Engine thread.
#include "app/engine/engineworker.h"
#include "app/engine/videomessages.h"
#include "core/backbones/model.h"

namespace gps::app {

// Sends VideoOpened, then VideoFrameSeen one by one; stage "predict", unit "frames". One frame at a time is in memory. Throws what
// openVideo throws.
void lookAtVideo(JobContext& job, const Model& model, const VideoRequest& request);

}  // namespace gps::app
