#pragma once
// Asking the engine for a picture by what a person points at in it.
#include <QString>
#include <memory>

#include "core/values/image.h"
#include "core/values/prompts.h"
#include "core/values/runspec.h"

namespace gps::app {

struct SegmentRequest {
  ModelSpec model;
  QString caseId, runFolder;
  int epoch = 0;       // as in PredictRequest
  int generation = 0;  // of the values of this moment: another number, other values
  std::shared_ptr<const RgbImage> image;
  PromptSet prompts;
};

// The picture is being read by the network, which takes a while; the answer comes after it.
struct PictureBeingRead {
  quint64 request = 0;
};

// Nothing can be said before the job that runs has ended: ask again.
struct SegmentingWaits {
  quint64 request = 0;
};

struct Segmented {
  quint64 request = 0;
  std::shared_ptr<const ProbabilityMap> map;  // null: it failed
  double predictedIou = 0;
  double answerSeconds = 0;  // on the engine thread, the reading of the picture not counted
  bool wasReady = false;     // the picture had been read before
  QString problem;           // English, when it failed
};

}  // namespace gps::app
