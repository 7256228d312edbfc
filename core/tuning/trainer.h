#pragma once
// Fine-tunes what a method trains and nothing else. Runs on the calling thread; reads like the run itself:
// prepare, epochs of steps, a delta and a validation per epoch, clean up.
#include <functional>
#include <memory>
#include <string>

#include "core/backbones/model.h"
#include "core/control/imagesource.h"
#include "core/control/logsink.h"
#include "core/control/runcontrol.h"
#include "core/selection/selection.h"
#include "core/values/compressedpicture.h"
#include "core/values/dataset.h"
#include "core/values/image.h"
#include "core/values/metrics.h"
#include "core/values/runspec.h"
#include "core/values/steppoint.h"

namespace gps {

class WorkGroup;

// A predicted picture as it is shown to people, small. truth: null where there is none. Throws Error.
using PictureDrawer = std::function<CompressedPicture(const RgbImage& image, const ProbabilityMap& prediction, const MaskImage* truth)>;

inline constexpr int kEventPictureSide = 512;  // pixels of the longer side

struct TrainListeners {
  std::function<void(const StepPoint&)> step;            // every few steps, of a GPU some steps later; on the engine thread
  std::function<void(const EpochRecord&)> epoch;         // epoch 0 (untuned) first, in the precision of training
  std::function<void(const SelectionCounts&)> selected;  // when the run made its selection itself
  LogSink log;
  PictureDrawer draw;  // what the event file shows of a few validation pictures after every epoch; empty: it shows none
};

// All problems of a spec, each naming field, value and allowed range; empty when it can run.
std::vector<std::string> validate(const TrainSpec& spec);

// spec with what depends on the model filled in, as run.toml says it.
TrainSpec resolvedFor(TrainSpec spec, const Model& model);
// Brings the model to where the gradient pass of a run finds it: a new head drawn from the seed, on the device, computing wide. spec:
// resolvedFor(model).
void readyForPass(Model& model, const TrainSpec& spec);

// Writes spec.runFolder (run.toml, env.json, metrics.jsonl, deltas/, state/, log.txt; locked against a second writer). selection: used for
// Method::Gps; null: made by a gradient pass first.
//
// spec.resume: the run goes on with the settings of its run.toml, changed as resume.h says (a change is written there and to the log), from
// the state that was saved last: where it was stopped, else the end of the last epoch, else anew. The batch can change between epochs only:
// a run stopped inside one begins it again then. Deltas and metrics of later epochs go.
//
// group: several processes share the run, all called with the same arguments; null or of one rank: an ordinary run. spec.batch stays that
// of the whole batch, of which each rank computes its part, so the run is that of one process but for the order of sums. Rank 0 alone
// writes (and reads) the run folder; the others need it for their part of an unfinished gradient pass only. A run can be resumed by another
// number of ranks. When one rank is asked to stop all stop after the same step; when one fails or is lost the others throw Error(Io).
// Listeners are called on every rank, with the same numbers. Not owned.
//
// On return the model holds the base values. A stop is not an error: TrainOutcome::cancelled. Throws Error; what was saved last stays and
// the run can be resumed:
//   OutOfMemory  says what is not yet done to save memory
//   Diverged     a loss, gradient or value was not finite, or the validation loss. No such number is written to deltas/ or state/; the run
//                stands at the end of the last finished epoch. Resumed unchanged it diverges again.
//   Io           a file could not be written, such as on a full disk
TrainOutcome train(Model& model, const DataSummary& data, std::shared_ptr<const ImageSource> images, const Selection* selection,
                   TrainSpec spec, RunControl& control, const TrainListeners& listeners = {}, const WorkGroup* group = nullptr);

}  // namespace gps
