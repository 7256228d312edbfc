#include "core/tuning/step/objective.h"

#include <ATen/ATen.h>

#include "core/backbones/modelparts.h"
#include "core/backbones/sametask.h"
#include "core/data/views/mixing.h"
#include "core/data/views/upload.h"
#include "core/evaluation/batchtensors.h"
#include "core/evaluation/classification.h"
#include "core/evaluation/prediction.h"
#include "core/nn/droppath.h"
#include "core/values/counterrandom.h"
#include "core/values/error.h"

namespace gps {

namespace {

LoaderSpec commonLoading(const Model& model, const TrainSpec& spec, const std::vector<DataItem>& items) {
  LoaderSpec loading;
  loading.items = items;
  loading.preprocess = model.preprocess(spec.model.preprocess);
  loading.batch = spec.batch;
  loading.view = viewOf(spec.augment);
  loading.seed = spec.seed;
  loading.onDevice = loading.pinned = model.parts().arena->device().is_cuda();
  return loading;
}

BatchTensors tensorsOf(const Model& model, const Batch& batch, const PreprocessSpec& preprocess) {
  const auto& arena = *model.parts().arena;
  return toTensors(batch, preprocess, arena.device(), arena.type());
}

class SegmentationObjective : public Objective {
 public:
  SegmentationObjective(const Model& model, std::shared_ptr<const ImageSource> images, const TrainSpec& spec)
      : m_model(model), m_images(std::move(images)), m_spec(spec), m_preprocess(model.preprocess(spec.model.preprocess)) {}

  LoaderSpec loading(const std::vector<DataItem>& items) const override { return commonLoading(m_model, m_spec, items); }

  StepInput input(const Batch& batch, int) const override {
    const auto t = tensorsOf(m_model, batch, m_preprocess);
    return {t.images, t.masks, {}, batch.count, batch.globalCount};
  }

  EpochRecord score(const std::vector<DataItem>& items, RunControl& control, const WorkGroup* group,
                    const MapListener& onMap) const override {
    const auto tell = [&onMap](const CaseScore& scored, const ProbabilityMap& map) {
      if (onMap) onMap(scored.id, map);
    };
    const auto result = evaluate(m_model, items, m_images, m_spec.model, m_spec.batch, control, tell, group);
    EpochRecord record;
    record.precision = m_model.parts().precision;
    record.valLoss = result.meanLoss;
    record.diceMean = result.score.diceMean;
    record.iouMean = result.score.iouMean;
    record.dicePooled = result.score.dicePooled;
    record.iouPooled = result.score.iouPooled;
    record.precisionMean = result.score.precisionMean;
    record.recallMean = result.score.recallMean;
    return record;
  }

 private:
  const Model& m_model;
  std::shared_ptr<const ImageSource> m_images;
  const TrainSpec& m_spec;
  PreprocessSpec m_preprocess;
};

class ClassificationObjective : public Objective {
 public:
  ClassificationObjective(const Model& model, const DataSummary& data, std::shared_ptr<const ImageSource> images, const TrainSpec& spec)
      : m_model(model),
        m_data(data),
        m_images(std::move(images)),
        m_spec(spec),
        m_preprocess(model.preprocess(spec.model.preprocess)),
        m_outputs(headOutputs(data, {}, int(model.parts().classifierNetwork().classes()))) {}

  LoaderSpec loading(const std::vector<DataItem>& items) const override {
    auto loading = commonLoading(m_model, m_spec, items);
    loading.masks = false;
    loading.labels = labelsOf(items, m_data.classes);
    loading.randomInterpolation = m_spec.augment == AugmentKind::Fgvc;
    return loading;
  }

  StepInput input(const Batch& batch, int epoch) const override {
    const auto& parts = m_model.parts();
    const auto t = tensorsOf(m_model, batch, m_preprocess);
    std::optional<MixPlan> mix;
    if (m_spec.mixup > 0 || m_spec.cutmix > 0) {
      CounterRandom random(m_spec.seed, std::uint64_t(epoch), std::uint64_t(batch.batchIndex), RandomPurpose::Mix);
      mix = drawMix(m_spec.mixup, m_spec.cutmix, batch.size, random);
    }
    DropPathStep step;
    step.rate = m_spec.dropPath;
    step.seed = m_spec.seed;
    step.epoch = std::uint64_t(epoch) + 1;  // 0 is the gradient pass
    step.samples.assign(batch.itemIndex.begin(), batch.itemIndex.end());

    StepInput input{mix ? mixImages(t.images, *mix) : t.images, t.labels, dropPathFactors(*parts.registry.state(), step), batch.count,
                    batch.globalCount};
    if (input.dropPath.defined()) input.dropPath = uploaded(input.dropPath, parts.arena->device());
    if (mix || m_spec.labelSmoothing > 0)
      input.targets = softTargets(t.labels, parts.classifierNetwork().classes(), m_spec.labelSmoothing, mix);
    return input;
  }

  EpochRecord score(const std::vector<DataItem>& items, RunControl& control, const WorkGroup* group,
                    const MapListener& /*onMap*/) const override {
    const auto result = evaluateClasses(m_model, m_data, items, m_images, m_spec.model, m_outputs, m_spec.batch, control, {}, group);
    EpochRecord record;
    record.task = TaskKind::Classification;
    record.precision = m_model.parts().precision;
    record.valLoss = result.meanLoss;
    record.top1 = result.score.top1;
    record.top5 = result.score.top5;
    return record;
  }

 private:
  const Model& m_model;
  const DataSummary& m_data;
  std::shared_ptr<const ImageSource> m_images;
  const TrainSpec& m_spec;
  PreprocessSpec m_preprocess;
  std::vector<int> m_outputs;
};

}  // namespace

std::unique_ptr<Objective> makeObjective(const Model& model, const DataSummary& data, std::shared_ptr<const ImageSource> images,
                                         const TrainSpec& spec) {
  const auto task = model.description().task;
  requireSameTask(model.description(), data);
  if (task == TaskKind::Segmentation) return std::make_unique<SegmentationObjective>(model, std::move(images), spec);
  return std::make_unique<ClassificationObjective>(model, data, std::move(images), spec);
}

}  // namespace gps
