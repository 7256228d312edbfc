#pragma once
// One pass over the training split with the segmentation loss; the model is not changed.
#include <memory>

#include "core/backbones/model.h"
#include "core/control/imagesource.h"
#include "core/control/runcontrol.h"
#include "core/selection/gradientfield.h"
#include "core/values/dataset.h"
#include "core/values/runspec.h"

namespace gps {

// Uses items of split "train" only, in the order of the list, no flip (gps-method 3.1), spec.batch pictures a batch (the last one
// may be smaller), at most spec.limit pictures. Stage "gradient", unit "images". Polls control in every layer.
// Throws Cancelled, Error (BadArgument when there is no training split, OutOfMemory, Diverged).
GradientField runGradientPass(Model& model, const DataSummary& data, std::shared_ptr<const ImageSource> images, const ModelSpec& modelSpec,
                              const SelectionSpec& spec, RunControl& control);

}  // namespace gps
