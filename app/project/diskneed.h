#pragma once
// What runs will write, counted from their settings and the sizes of the model alone: at once, before anything is measured.
#include <QList>

#include "core/values/modelinfo.h"
#include "core/values/runspec.h"
#include "core/values/trainedcounts.h"

namespace gps::app {

struct DiskNeed {
  double bytes = 0, freeBytes = 0;  // 0: not known
  int runs = 1;
  bool isEstimated = true;  // else measured, of one run
};

// Bytes of a run of this model. Of a saved selection nothing is known but what trains beside it.
double expectedDiskBytes(const TrainSpec& run, const ModelInfo& model, const TrainedSizes& sizes);

}  // namespace gps::app
