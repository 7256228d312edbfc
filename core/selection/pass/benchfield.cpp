#include "core/selection/pass/benchfield.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include "core/backbones/modelparts.h"
#include "core/evaluation/loss.h"
#include "core/nn/determinism.h"
#include "core/nn/errortranslation.h"
#include "core/selection/levels/choose.h"
#include "core/selection/pass/fieldaccumulator.h"
#include "core/selection/scoretensor.h"
#include "core/selection/sets/structure.h"

namespace gps {
namespace {

at::Tensor seededNoise(at::IntArrayRef shape, std::uint64_t seed, const at::TensorOptions& options) {
  auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
  return at::randn(shape, generator, at::kFloat).to(options);
}

at::Tensor noiseLoss(const ModelParts& parts, int batch, std::uint64_t seed) {
  const auto options = parts.arena->vector().options();
  const std::int64_t side = parts.imageSize;
  if (parts.classifier) {
    const auto labels = at::arange(batch, options.dtype(at::kLong)).remainder(2);
    return contrastiveLoss(parts.classifier->features(seededNoise({2 * batch, 3, side, side}, seed, options)), labels);
  }
  const auto logits = parts.samNetwork().forward(seededNoise({batch, 3, side, side}, seed, options), PromptMode::None);
  return segmentationLoss(logits, seededNoise(logits.sizes(), seed + 1, options).gt(0).to(logits.scalar_type()));
}

}  // namespace

Scores noiseField(Model& model, int batch, std::uint64_t seed, RunControl& control) {
  return withTorchErrors("bench", [&] {
    const auto accumulator = FieldAccumulator::make(FieldKind::Gradient, model.parts(), DecoderMode::Train, FieldMemory::Device);
    control.stepBoundary();
    const StrictDeterminism strict;
    torch::autograd::backward({noiseLoss(model.parts(), batch, seed)}, {});
    accumulator->endBatch();
    return scoresOf(accumulator->field(batch));
  });
}

Scores normalField(const Model& model, std::uint64_t seed) {
  const auto& matrix = model.parts().arena->matrix();
  auto values = at::zeros({matrix.numel()}, at::kFloat);
  const auto noise = seededNoise({matrix.numel()}, seed, at::kFloat);
  for (const auto id : model.map().matrixIds()) {  // padding stays zero
    const auto& e = model.map().entry(id);
    values.narrow(0, e.offset, e.count).copy_(noise.narrow(0, e.offset, e.count));
  }
  return scoresOf(values.to(matrix.device()));
}

double unionShare(const Model& model, const Scores& scores, int keptPerRow) {
  SelectionSpec spec;
  spec.keptPerRow = keptPerRow;
  const auto layers = structureOf(model.map(), chooseEntries(model.parts().map, scores, spec)).layers;
  double sum = 0;
  for (const auto& layer : layers) sum += layer.unionShare();
  return layers.empty() ? 0 : sum / double(layers.size());
}

}  // namespace gps
