#include "core/tuning/objective.h"

#include <ATen/ATen.h>

#include "core/backbones/modelparts.h"
#include "core/backbones/sametask.h"
#include "core/data/views/mixing.h"
#include "core/evaluation/classification.h"
#include "core/evaluation/loss.h"
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
  return loading;
}

class SegmentationObjective : public Objective {
 public:
  SegmentationObjective(const Model& model, std::shared_ptr<const ImageSource> images, const TrainSpec& spec)
      : m_model(model), m_images(std::move(images)), m_spec(spec) {}

  LoaderSpec loading(const std::vector<DataItem>& items) const override { return commonLoading(m_model, m_spec, items); }

  at::Tensor loss(const BatchTensors& t, const Batch&, int) const override {
    return segmentationLoss(m_model.parts().samNetwork().forward(t.images, m_spec.model.prompt), t.masks);
  }

  EpochRecord score(const std::vector<DataItem>& items, RunControl& control) const override {
    const auto result = evaluate(m_model, items, m_images, m_spec.model, m_spec.batch, control);
    EpochRecord record;
    record.valLoss = result.meanLoss;
    record.diceMean = result.score.diceMean;
    record.iouMean = result.score.iouMean;
    record.dicePooled = result.score.dicePooled;
    record.iouPooled = result.score.iouPooled;
    return record;
  }

 private:
  const Model& m_model;
  std::shared_ptr<const ImageSource> m_images;
  const TrainSpec& m_spec;
};

class ClassificationObjective : public Objective {
 public:
  ClassificationObjective(const Model& model, const DataSummary& data, std::shared_ptr<const ImageSource> images, const TrainSpec& spec)
      : m_model(model),
        m_data(data),
        m_images(std::move(images)),
        m_spec(spec),
        m_outputs(headOutputs(data, {}, int(model.parts().classifierNetwork().classes()))) {}

  LoaderSpec loading(const std::vector<DataItem>& items) const override {
    auto loading = commonLoading(m_model, m_spec, items);
    loading.masks = false;
    loading.labels = labelsOf(items, m_data.classes);
    loading.randomInterpolation = m_spec.augment == AugmentKind::Fgvc;
    loading.onDevice = m_model.parts().arena->device().is_cuda();
    return loading;
  }

  at::Tensor loss(const BatchTensors& t, const Batch& batch, int epoch) const override {
    const auto& network = m_model.parts().classifierNetwork();
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
    const DropPathScope scope(m_model.parts().registry.state(), step);
    const auto logits = network.forward(mix ? mixImages(t.images, *mix) : t.images);
    if (!mix && m_spec.labelSmoothing == 0) return at::cross_entropy_loss(logits, t.labels);
    return softCrossEntropy(logits, softTargets(t.labels, network.classes(), m_spec.labelSmoothing, mix));
  }

  EpochRecord score(const std::vector<DataItem>& items, RunControl& control) const override {
    const auto result = evaluateClasses(m_model, m_data, items, m_images, m_spec.model, m_outputs, m_spec.batch, control);
    EpochRecord record;
    record.task = TaskKind::Classification;
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
