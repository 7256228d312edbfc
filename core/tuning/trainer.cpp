#include "core/tuning/trainer.h"

#include "core/backbones/defaultbatch.h"
#include "core/backbones/device.h"
#include "core/backbones/modelparts.h"
#include "core/nn/errortranslation.h"
#include "core/tuning/resume.h"
#include "core/tuning/runfolder.h"
#include "core/tuning/step/objective.h"
#include "core/tuning/trainingrun.h"

namespace gps {

TrainSpec resolvedFor(TrainSpec spec, const Model& model) {
  spec.model.id = model.description().id;
  if (spec.model.weightsPath.empty()) spec.model.weightsPath = model.weightsPath();
  spec.model.imageSize = model.imageSize();
  spec.model.preprocess = model.preprocess(wishedPreprocess(spec)).kind;
  const bool classifies = model.description().task == TaskKind::Classification;
  if (classifies) {
    spec.model.classes = int(model.parts().classifierNetwork().classes());
    spec.selection.dropPath = spec.dropPath;  // the pass sees the network as training does (gps-method 1.3)
    spec.selection.randomInterpolation = spec.augment == AugmentKind::Fgvc;
  }
  if (spec.batch == 0) spec.batch = defaultBatch(model.description(), model.imageSize());
  if (spec.selection.batch == 0) spec.selection.batch = spec.batch;
  return spec;
}

void readyForPass(Model& model, const TrainSpec& spec) {
  if (model.isHeadNew()) model.initialiseHead(spec.seed);
  // The pass that selects computes wide: rounded products change what it picks (gps-method 1.3).
  auto device = spec.device;
  if (device.precision == Precision::Bf16 || device.precision == Precision::Fp16) device.precision = Precision::Fp32;
  useDevice(model, device, spec.fast);
}

// What only one of the tasks has.
static void requireTask(const TrainSpec& spec, const ModelDescription& model) {
  const auto refuse = [&](bool wrong, const std::string& option, const std::string& cause) {
    if (wrong) throw Error(ErrorCode::BadArgument, option, cause + "; " + model.id + " does " + wordOf(model.task), "Leave it out");
  };
  if (model.task == TaskKind::Classification) {
    refuse(spec.method == Method::Decoder, "--method decoder", "trains a mask decoder");
    refuse(spec.warmupEpochs > 0, "--warmup", "warms up a mask decoder");
    refuse(spec.selection.decoder == DecoderMode::Sparse, "--decoder sparse", "selects in a mask decoder");
    return;
  }
  refuse(spec.augment == AugmentKind::Fgvc || spec.augment == AugmentKind::Vtab, "--augment " + wordOf(spec.augment),
         "is for classification");
  refuse(spec.mixup > 0, "--mixup", "is for classification");
  refuse(spec.cutmix > 0, "--cutmix", "is for classification");
  refuse(spec.labelSmoothing > 0, "--smoothing", "is for classification");
  refuse(spec.dropPath > 0, "--drop-path", "is for classification");
  refuse(spec.emaDecay > 0, "--ema", "is for classification");
}

// Of the run folder, which rank 0 reads.
static TrainSpec begunSpec(const TrainSpec& asked, const TrainSharing& sharing) {
  auto spec = asked;
  if (sharing.isMain()) {
    const auto saved = readRun(spec.runFolder);
    if (!saved.resumable) throw Error(ErrorCode::BadArgument, spec.runFolder, "this run is finished", "Start a new run");
    spec = resumedSpec(saved.spec, spec);
  }
  if (!sharing.isShared()) return spec;
  const auto text = sharing.ofMain(toToml(spec));
  if (!sharing.isMain()) spec = trainSpecFromToml(text, spec.runFolder, spec);
  return spec;
}

static TrainOutcome trainAs(const TrainSharing& sharing, Model& model, const DataSummary& data, std::shared_ptr<const ImageSource> images,
                            const Selection* selection, TrainSpec spec, RunControl& control, const TrainListeners& listeners) {
  if (spec.resume) spec = begunSpec(spec, sharing);
  if (selection != nullptr) spec.selection.decoder = selection->spec.decoder;
  const auto problems = validate(spec);
  if (!problems.empty()) throw Error(ErrorCode::BadArgument, "training", problems.front(), problems.size() > 1 ? problems[1] : "");
  requireTask(spec, model.description());
  spec = resolvedFor(std::move(spec), model);
  // Refuses data that do not fit the model before a run folder is made.
  auto objective = makeObjective(model, data, images, spec);
  return withTorchErrors("training", [&] {
    readyForPass(model, spec);
    const OwnStream stream;
    return TrainingRun(model, data, std::move(images), spec, control, listeners, std::move(objective), sharing).run(selection);
  });
}

TrainOutcome train(Model& model, const DataSummary& data, std::shared_ptr<const ImageSource> images, const Selection* selection,
                   TrainSpec spec, RunControl& control, const TrainListeners& listeners, const WorkGroup* group) {
  const TrainSharing sharing(group);
  return sharing.guarded([&] { return trainAs(sharing, model, data, std::move(images), selection, std::move(spec), control, listeners); });
}

}  // namespace gps
