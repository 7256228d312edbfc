#pragma once
// One pass over the training split (gps-method 1.3, 3.1); the model is not changed.
#include <memory>
#include <string>

#include "core/backbones/model.h"
#include "core/control/imagesource.h"
#include "core/control/runcontrol.h"
#include "core/selection/gradientfield.h"
#include "core/values/dataset.h"
#include "core/values/runspec.h"

namespace gps {

class WorkGroup;

// How a pass runs without a change to what it finds (beyond rounding).
struct PassOptions {
  FieldMemory memory = FieldMemory::Device;  // Host: every layer's gradient goes to host memory and is added there
  // Where an unfinished pass is kept: after Cancelled and now and then before; removed at the end. Empty:
  // nowhere. What is there from another pass goes.
  std::string statePath;
  bool resume = false;  // go on from statePath; the result is that of an uninterrupted pass, bit for bit on one device
  // Several processes share the pass: each does whole batches, and every one gets the field of all, the same bits. All call with the same
  // arguments. Each keeps its own part at statePath + ".rank1of3"; on resume, by as many ranks, a part that is missing is done again.
  // Refuses spec.earlyStop and spec.trace. Not owned.
  const WorkGroup* group = nullptr;
};

// The field of fieldKindOf(spec.criterion), from items of split "train" only, at most spec.limit pictures, spec.batch pictures a batch
// (0: as the model wants it), spec.microBatch of them in memory at once. By spec.loss:
//   Segmentation  in the order of the list, no flip; the last batch may be smaller
//   Contrastive   two strong views of every picture, shuffled, the last incomplete batch dropped (fewer pictures than a batch make one);
//                 features before the head; drop-path at spec.dropPath
//   CrossEntropy  one plain view through the head as it stands, which is a new one (from spec.seed) unless the checkpoint brought one of
//                 this class count; shuffled, dropped and with drop-path as Contrastive
// spec.earlyStop ends it when the choice has settled (passsnapshots.h).
// Stage "gradient", unit "images" (of this process). Polls control in every layer.
// Throws Cancelled (also when another rank was asked to stop), Error (Io when a rank is lost or failed, BadArgument when there is no
// training split or the loss is not of the model's task, OutOfMemory, Diverged; for options.resume those of loadPassState).
GradientField runGradientPass(Model& model, const DataSummary& data, std::shared_ptr<const ImageSource> images, const ModelSpec& modelSpec,
                              const SelectionSpec& spec, RunControl& control, const PassOptions& options = {});

}  // namespace gps
