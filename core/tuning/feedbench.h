#pragma once
// How fast pictures reach the steps of training, without the steps.
#include <memory>
#include <vector>

#include "core/backbones/model.h"
#include "core/control/imagesource.h"
#include "core/control/runcontrol.h"
#include "core/data/samplecache.h"
#include "core/tuning/feedtimes.h"
#include "core/values/dataset.h"
#include "core/values/runspec.h"

namespace gps {

struct FedEpoch {
  int pictures = 0, batches = 0;
  double seconds = 0;  // until the last input is on the device
  FeedTimes times;
};

struct FeedRates {
  std::vector<FedEpoch> epochs;  // the first finds nothing decoded
  CacheState cache;
};

// spec: batch, augmentation, precision, seed, limit as in training; data and model are of one task. The model keeps its values. Throws as
// training does.
FeedRates timeFeed(Model& model, const DataSummary& data, std::shared_ptr<const ImageSource> images, const TrainSpec& spec, int epochs,
                   RunControl& control);

}  // namespace gps
