#include "core/tuning/stepbench.h"

#include <ATen/ATen.h>

#include <chrono>

#include "core/backbones/device.h"
#include "core/checkpoints/selectionfile.h"
#include "core/kernels/profiling.h"
#include "core/nn/devicewait.h"
#include "core/nn/errortranslation.h"
#include "core/nn/gradientpaths.h"
#include "core/selection/levels/choose.h"
#include "core/selection/pass/benchfield.h"
#include "core/selection/sets/structure.h"
#include "core/tuning/methods.h"
#include "core/tuning/step/optimizersettings.h"
#include "core/tuning/step/trainingstep.h"

namespace gps {
namespace {

Selection selectionFor(Model& model, const TrainSpec& spec, const StepBench& bench, RunControl& control) {
  if (bench.selection != nullptr) return *bench.selection;
  if (bench.columns == "random") return chooseEntries(model.parts().map, normalField(model, spec.seed), spec.selection);
  if (bench.columns != "noise") return readSelection(bench.columns, model);
  const auto field = noiseField(model, spec.batch, spec.seed, control);
  for (auto* p : model.parts().registry.parameters()) p->freeze();
  return chooseEntries(model.parts().map, field, spec.selection);
}

StepInput noiseInput(const ModelParts& parts, int batch, std::uint64_t seed) {
  auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
  const auto options = parts.arena->vector().options();
  const std::int64_t side = parts.imageSize;
  const auto noise = [&](at::IntArrayRef shape) { return at::randn(shape, generator, at::kFloat).to(options); };
  StepInput input{noise({batch, 3, side, side}), {}, {}, batch};
  if (parts.sam)
    input.targets = noise({batch, 1, side, side}).gt(0).to(options);
  else
    input.targets = at::randint(parts.classifier->classes(), {batch}, generator, at::kLong).to(options.device());
  return input;
}

}  // namespace

StepTimes timeSteps(Model& model, const TrainSpec& spec, const StepBench& bench, RunControl& control) {
  return withTorchErrors("bench", [&] {
    auto& parts = model.parts();
    const OwnStream stream;
    StepTimes times;
    const auto& paths = *GradientPaths::ofThisProcess();
    const int measuredBefore = paths.measured();
    const auto selection = selectionFor(model, spec, bench, control);
    const auto layers = structureOf(model.map(), selection).layers;
    for (const auto& layer : layers) times.unionShare += layer.unionShare() / double(layers.size());

    const auto set = makeTrainableSet(parts.map, spec.method, spec.selection.decoder, &selection);
    for (const auto& slice : set.slices())
      if (parts.map->entry(slice.id).part == ModelPart::Encoder) times.trainable += slice.count;
    times.selected = std::int64_t(set.offsets().size());
    times.trainableTotal = set.size();

    const Precision before = parts.precision;
    FlatState state(set, *parts.arena, optimizerSettings(spec));
    const auto base = state.values.clone();
    setPrecision(parts, spec.device.precision, PrecisionUse::Training);
    times.isPeakOfSteps = restartPeakMemory();  // the selection's own memory is no part of a step
    state.attach(parts.registry, spec.rule, spec.backward);
    const auto restore = [&] {
      for (auto* p : parts.registry.parameters()) p->freeze();
      setPrecision(parts, before);
      state.scatter(base);
    };
    try {
      TrainingStep step(parts, state, spec);
      state.startEpoch(spec.learningRate);
      const auto input = noiseInput(parts, spec.batch, spec.seed + 1);
      ProgressMeter meter(control, "bench", "steps", bench.warmUps + bench.steps);
      for (int i = 0; i < bench.warmUps + bench.steps; ++i) {
        control.stepBoundary();
        waitFor(base.device());
        if (i == bench.warmUps && base.is_cuda()) kernels::startProfiling();
        const auto start = std::chrono::steady_clock::now();
        step.run(input);
        waitFor(base.device());
        const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
        meter.advance();
        if (i < bench.warmUps) continue;
        times.milliseconds.push_back(took.count());
        times.losses.push_back(state.control().lastLoss);
      }
    } catch (...) {
      restore();
      throw;
    }
    if (base.is_cuda()) kernels::stopProfiling();
    times.peakMib = peakMemoryMib();
    times.pathsMeasured = paths.measured() - measuredBefore;
    restore();
    return times;
  });
}

}  // namespace gps
