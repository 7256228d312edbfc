#include "core/selection/gradientpass.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include <chrono>
#include <cmath>

#include "core/backbones/modelparts.h"
#include "core/data/dataset.h"
#include "core/data/leakcheck.h"
#include "core/data/loader.h"
#include "core/evaluation/batchtensors.h"
#include "core/evaluation/loss.h"
#include "core/nn/errortranslation.h"
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

}  // namespace

GradientField runGradientPass(Model& model, const DataSummary& data, std::shared_ptr<const ImageSource> images, const ModelSpec& modelSpec,
                              const SelectionSpec& spec, RunControl& control) {
  return withTorchErrors("gradient pass", [&] {
    LoaderSpec loading;
    loading.items = itemsOfSplit(data, "train", spec.limit);
    if (loading.items.empty())
      throw Error(ErrorCode::BadArgument, data.folder, "has no training pictures; selection never looks at other splits",
                  "Add a train.txt with one id a line");
    loading.preprocess = model.preprocess(modelSpec.preprocess);
    loading.batch = spec.batch;
    loading.shuffle = false;
    loading.augment = AugmentKind::None;
    loading.cacheBytes = 0;

    auto& parts = model.parts();
    const auto device = parts.arena->device();
    const auto total = std::int64_t(loading.items.size());
    Loader loader(loading, images);
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
        const auto t = toTensors(*b, device, parts.arena->type());
        const auto loss = segmentationLoss(parts.samNetwork().forward(t.images, modelSpec.prompt), t.masks);
        torch::autograd::backward({loss}, {});
        const auto value = loss.item<double>();
        if (!std::isfinite(value))
          throw Error(ErrorCode::Diverged, "gradient pass", "the loss is not a finite number in batch " + std::to_string(b->batchIndex + 1),
                      "Check that the weights belong to the model and the pictures are readable");
        result.meanLoss += value * b->count;
        result.images += b->count;
        ++result.batches;
        meter.advance(b->count);
      }
    }
    result.map = parts.map;
    const auto host = field.to(at::kCPU, at::kFloat).contiguous();
    result.values.assign(host.data_ptr<float>(), host.data_ptr<float>() + host.numel());
    result.baseHash = model.baseHash();
    result.dataHash = data.dataHash;
    result.meanLoss /= result.images;
    result.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() - (control.pausedSeconds() - pausedBefore);
    return result;
  });
}

}  // namespace gps
