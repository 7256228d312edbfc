#include "core/selection/gradientpass.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/backbones/defaultbatch.h"
#include "core/backbones/modelparts.h"
#include "core/backbones/sametask.h"
#include "core/data/dataset.h"
#include "core/data/loader.h"
#include "core/evaluation/batchtensors.h"
#include "core/evaluation/loss.h"
#include "core/nn/droppath.h"
#include "core/nn/errortranslation.h"
#include "core/selection/scoretensor.h"
#include "core/selection/selection.h"

namespace gps {

namespace {

// Puts the network into accumulate mode and back to frozen, whatever happens.
class Accumulating {
 public:
  Accumulating(ModelParts& parts, const SelectionSpec& spec, const at::Tensor& field, const RunControl& control) : m_parts(parts) {
    SelectionSpec everything = spec;  // exclusions are applied to the field later, so that they can change without a new pass
    everything.excludedBlocks.clear();
    everything.excludedKinds.clear();
    for (const auto id : selectableIds(*parts.map, everything)) {
      const auto& e = parts.map->entry(id);
      dynamic_cast<SelectiveWeight&>(parts.registry.parameter(id)).accumulateInto(field.narrow(0, e.offset, e.count));
    }
    parts.registry.state()->control = &control;
  }
  ~Accumulating() {
    for (auto* p : m_parts.registry.parameters()) p->freeze();
    m_parts.registry.state()->control = nullptr;
  }
  Accumulating(const Accumulating&) = delete;
  Accumulating& operator=(const Accumulating&) = delete;

 private:
  ModelParts& m_parts;
};

LoaderSpec loadingFor(const Model& model, const DataSummary& data, const ModelSpec& modelSpec, const SelectionSpec& spec) {
  LoaderSpec loading;
  loading.items = itemsOfSplit(data, "train", spec.limit);
  if (loading.items.empty())
    throw Error(ErrorCode::BadArgument, data.folder, "has no training pictures; selection never looks at other splits",
                "Add a train.txt with one id a line, or a folder train");
  loading.preprocess = model.preprocess(modelSpec.preprocess);
  loading.batch = spec.batch;
  loading.view = ViewKind::Plain;
  loading.cacheBytes = 0;
  loading.shuffle = spec.loss != LossKind::Segmentation;
  if (spec.loss == LossKind::Segmentation) return loading;
  loading.masks = false;
  loading.seed = spec.seed;
  loading.labels = labelsOf(loading.items, data.classes);
  loading.dropLast = loading.items.size() >= std::size_t(spec.batch);
  if (spec.loss == LossKind::Contrastive) {
    loading.view = ViewKind::Contrastive;
    loading.views = 2;
    loading.randomInterpolation = spec.randomInterpolation;
    loading.onDevice = model.parts().arena->device().is_cuda();
  }
  return loading;
}

at::Tensor lossOf(const ModelParts& parts, const BatchTensors& t, const Batch& batch, const ModelSpec& modelSpec,
                  const SelectionSpec& spec) {
  if (spec.loss == LossKind::Segmentation) return segmentationLoss(parts.samNetwork().forward(t.images, modelSpec.prompt), t.masks);
  DropPathStep step;
  step.rate = spec.dropPath;
  step.seed = spec.seed;
  for (int view = 0; view < batch.views; ++view)
    for (const int item : batch.itemIndex) step.samples.push_back(std::uint64_t(item) * 2 + std::uint64_t(view));
  const DropPathScope scope(parts.registry.state(), step);
  const auto features = parts.classifierNetwork().features(t.images);
  if (spec.loss == LossKind::Contrastive) return contrastiveLoss(features, t.labels);
  return at::cross_entropy_loss(parts.classifierNetwork().classify(features), t.labels);
}

void requireTask(const Model& model, const DataSummary& data, const SelectionSpec& spec) {
  const auto task = model.description().task;
  const auto wanted = spec.loss == LossKind::Segmentation ? TaskKind::Segmentation : TaskKind::Classification;
  if (wanted != task)
    throw Error(ErrorCode::BadArgument, "--loss " + wordOf(spec.loss),
                "is for " + wordOf(wanted) + "; " + model.description().id + " does " + wordOf(task),
                task == TaskKind::Segmentation ? "Choose seg" : "Choose supcon or ce");
  requireSameTask(model.description(), data);
  if (spec.loss == LossKind::CrossEntropy && model.parts().classifierNetwork().classes() != std::int64_t(data.classes.size()))
    throw Error(
        ErrorCode::Mismatch, "the model's head",
        "has " + std::to_string(model.parts().classifierNetwork().classes()) + " classes, the data " + std::to_string(data.classes.size()),
        "Load the model for the classes of this data");
}

}  // namespace

GradientField runGradientPass(Model& model, const DataSummary& data, std::shared_ptr<const ImageSource> images, const ModelSpec& modelSpec,
                              const SelectionSpec& asked, RunControl& control) {
  return withTorchErrors("gradient pass", [&] {
    SelectionSpec spec = asked;
    if (spec.batch == 0) spec.batch = defaultBatch(model.description(), model.imageSize());
    requireTask(model, data, spec);
    const LoaderSpec loading = loadingFor(model, data, modelSpec, spec);
    if (spec.loss == LossKind::CrossEntropy && model.isHeadNew()) model.initialiseHead(spec.seed);
    auto& parts = model.parts();
    const auto device = parts.arena->device();
    Loader loader(loading, images);
    const auto total = loading.dropLast ? std::int64_t(loader.batchesPerEpoch()) * loading.batch : std::int64_t(loading.items.size());
    const auto field = at::zeros({parts.map->matrixSize()}, parts.arena->matrix().options());
    GradientField result;
    const auto start = std::chrono::steady_clock::now();
    const auto pausedBefore = control.pausedSeconds();
    {
      Accumulating mode(parts, spec, field, control);
      ProgressMeter meter(control, "gradient", "images", total);
      loader.startEpoch(0);
      while (auto b = loader.next()) {
        control.stepBoundary();
        const auto loss = lossOf(parts, toTensors(*b, loading.preprocess, device, parts.arena->type()), *b, modelSpec, spec);
        torch::autograd::backward({loss}, {});
        const auto value = loss.item<double>();
        if (!std::isfinite(value))
          throw Error(ErrorCode::Diverged, "gradient pass", "the loss is not a finite number in batch " + std::to_string(b->batchIndex + 1),
                      "Check that the weights belong to the model and the pictures are readable");
        result.meanLoss += value * b->count;
        result.images += b->count;
        result.pictures.insert(result.pictures.end(), b->fingerprints.begin(), b->fingerprints.end());
        ++result.batches;
        meter.advance(b->count);
      }
    }
    std::sort(result.pictures.begin(), result.pictures.end());
    result.map = parts.map;
    result.values = scoresOf(field);
    result.baseHash = model.baseHash();
    result.dataHash = data.dataHash;
    result.meanLoss /= result.images;
    result.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() - (control.pausedSeconds() - pausedBefore);
    return result;
  });
}

}  // namespace gps
