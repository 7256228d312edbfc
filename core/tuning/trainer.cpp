#include "core/tuning/trainer.h"

#include "core/backbones/device.h"
#include "core/backbones/modelparts.h"
#include "core/nn/errortranslation.h"
#include "core/tuning/runfolder.h"
#include "core/tuning/trainingrun.h"

namespace gps {

// Fills in what depends on the model, so that run.toml says it all.
static void resolve(TrainSpec& spec, const Model& model) {
  spec.model.id = model.description().id;
  if (spec.model.weightsPath.empty()) spec.model.weightsPath = model.weightsPath();
  spec.model.imageSize = model.imageSize();
  spec.model.preprocess = model.preprocess(spec.model.preprocess).kind;
  if (spec.batch == 0) spec.batch = model.imageSize() >= 1024 ? 1 : 8;
  if (spec.selection.batch == 0) spec.selection.batch = spec.batch;
}

TrainOutcome train(Model& model, const DataSummary& data, std::shared_ptr<const ImageSource> images, const Selection* selection,
                   TrainSpec spec, RunControl& control, const TrainListeners& listeners) {
  if (spec.resume) {
    auto saved = readRun(spec.runFolder);
    if (!saved.resumable)
      throw Error(ErrorCode::BadArgument, spec.runFolder, saved.finished ? "this run is finished" : "has no state to resume from",
                  "Start a new run");
    saved.spec.device = spec.device;
    saved.spec.resume = true;
    spec = saved.spec;
  }
  model.parts().samNetwork();  // refuses a model of the other task before a run folder is made
  if (selection != nullptr) spec.selection.decoder = selection->spec.decoder;
  const auto problems = validate(spec);
  if (!problems.empty()) throw Error(ErrorCode::BadArgument, "training", problems.front(), problems.size() > 1 ? problems[1] : "");
  resolve(spec, model);
  return withTorchErrors("training", [&] {
    useDevice(model, spec.device, spec.fast);
    return TrainingRun(model, data, std::move(images), spec, control, listeners).run(selection);
  });
}

}  // namespace gps
