#pragma once
#include <memory>
#include <string>

#include "core/backbones/model.h"
#include "core/control/imagesource.h"
#include "core/control/runcontrol.h"
#include "core/selection/selection.h"
#include "core/values/dataset.h"
#include "core/values/runspec.h"
#include "core/values/traincost.h"

namespace gps {

// spec: as for train(); selection: what it would train, null where it needs none or none is known yet (a random one stands for it).
// The model keeps its values. folder: where the run would be written. Throws as train() does, OutOfMemory too.
TrainCost measureTrainCost(Model& model, const DataSummary& data, std::shared_ptr<const ImageSource> images, const Selection* selection,
                           const TrainSpec& spec, const std::string& folder, RunControl& control);

}  // namespace gps
