#pragma once
// One pass over the training split (gps-method 1.3, 3.1); the model is not changed.
#include <memory>

#include "core/backbones/model.h"
#include "core/control/imagesource.h"
#include "core/control/runcontrol.h"
#include "core/selection/gradientfield.h"
#include "core/values/dataset.h"
#include "core/values/runspec.h"

namespace gps {

// Uses items of split "train" only, at most spec.limit pictures, spec.batch pictures a batch (0: as the model
// wants it). By spec.loss:
//   Segmentation  in the order of the list, no flip; the last batch may be smaller
//   Contrastive   two strong views of every picture, shuffled, the last incomplete batch dropped (fewer pictures than a batch make one);
//                 features before the head; drop-path at spec.dropPath
//   CrossEntropy  one plain view through the head as it stands, which is a new one (from spec.seed) unless the checkpoint brought one of
//                 this class count; shuffled, dropped and with drop-path as Contrastive
// Stage "gradient", unit "images". Polls control in every layer.
// Throws Cancelled, Error (BadArgument when there is no training split or the loss is not of the model's task, OutOfMemory, Diverged).
GradientField runGradientPass(Model& model, const DataSummary& data, std::shared_ptr<const ImageSource> images, const ModelSpec& modelSpec,
                              const SelectionSpec& spec, RunControl& control);

}  // namespace gps
