#pragma once
// How fast the pictures of a training come, as its loader brings them: read from their files, and once they are kept.
#include <memory>

#include "core/control/imagesource.h"
#include "core/control/runcontrol.h"
#include "core/data/loader.h"

namespace gps {

struct LoadingTimes {
  int batches = 0;       // loaded of each kind
  double firstMs = 0;    // a batch: decoded, fitted and augmented, at the pace of all loading threads
  double laterMs = 0;    // a batch of the same pictures again, as far as they were kept
  double keptShare = 0;  // 0 … 1: of all pictures, what the memory for them holds after an epoch
};

// loading: of the run. The files may still be in the system's own cache: a disk can be slower than this. Throws as Loader does, Cancelled.
LoadingTimes measureLoading(const LoaderSpec& loading, std::shared_ptr<const ImageSource> images, RunControl& control, int batches = 6);

}  // namespace gps
