#pragma once
// A job as the status strip and a waiting card tell it.
#include "app/project/session.h"
#include "widgets/progressvalue.h"
#include "widgets/statusstrip.h"

namespace gps::app {

ui::ProgressValue progressValue(const JobStatus& job);
ui::JobState stripState(const JobStatus& job);
// "Training, epoch 2 of 3", "Gradient pass done: 24 images, 11 s"; "Ready" when nothing has run.
QString jobSentence(const JobStatus& job);
// Of a run that was asked to pause and has not yet: "pausing after step 412".
QString pausingText(const JobStatus& job);

}  // namespace gps::app
