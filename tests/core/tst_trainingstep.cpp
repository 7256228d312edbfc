// A training step, in every family and precision: sparse gradients equal dense ones, a recorded step equals the same operations one by one,
// a recomputed block equals a kept one, and what a narrow arena rounds is given back.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "core/backbones/device.h"
#include "core/selection/criteria.h"
#include "core/selection/levels/choose.h"
#include "core/tuning/methods.h"
#include "core/tuning/step/controlreadback.h"
#include "core/tuning/step/optimizersettings.h"
#include "core/tuning/step/trainingstep.h"
#include "tests/core/passharness.h"

using namespace gps;
using namespace gps::test;

namespace {

std::vector<PassCase> networks() {
  return {{"sam", LossKind::Segmentation},
          {"vit", LossKind::CrossEntropy, Family::Vit},
          {"swin", LossKind::CrossEntropy, Family::Swin},
          {"convnext", LossKind::CrossEntropy, Family::ConvNext}};
}

StepInput noise(const ModelParts& parts, int batch, std::uint64_t seed) {
  auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
  const auto options = parts.arena->vector().options();
  const std::int64_t side = parts.imageSize;
  StepInput input{at::randn({batch, 3, side, side}, generator, at::kDouble).to(options), {}, {}, batch};
  if (parts.sam)
    input.targets = at::randn({batch, 1, side, side}, generator, at::kDouble).gt(0).to(options);
  else
    input.targets = at::randint(3, {batch}, generator, at::kLong).to(options.device());
  DropPathStep drop;
  drop.rate = parts.classifier ? 0.3 : 0;
  for (int i = 0; i < batch; ++i) drop.samples.push_back(seed * 100 + std::uint64_t(i));
  input.dropPath = dropPathFactors(*parts.registry.state(), drop);
  if (input.dropPath.defined()) input.dropPath = input.dropPath.to(options.device());
  return input;
}

TrainableSet chosen(const Model& model, int k) {
  SelectionSpec spec;
  spec.keptPerRow = k;
  const auto selection = chooseEntries(model.parts().map, randomScores(model.map(), 5), spec);
  return makeTrainableSet(model.parts().map, Method::Gps, spec.decoder, &selection);
}

struct Outcome {
  std::vector<double> losses;
  at::Tensor values, firstGradient;  // fp64, CPU
  bool wasRecorded = false;
};

// `steps` steps of K = k with a short batch and a change of the rate among them.
Outcome train(Model& model, const TrainSpec& spec, int steps, int k = 2) {
  auto& parts = model.parts();
  const auto set = chosen(model, k);
  FlatState state(set, *parts.arena, optimizerSettings(spec));
  const auto base = state.values.clone();
  if (spec.device.precision != Precision::Fp32 && parts.arena->type() == at::kFloat)
    setPrecision(parts, spec.device.precision, PrecisionUse::Training);
  state.attach(parts.registry, spec.rule, spec.backward);
  const OwnStream stream;
  Outcome outcome;
  {
    TrainingStep step(parts, state, spec);
    state.startEpoch(1e-3);
    for (int i = 0; i < steps; ++i) {
      if (i == steps / 2) state.startEpoch(3e-4);
      step.run(noise(parts, i % 4 == 3 ? 2 : 3, std::uint64_t(i) + 1));
      if (i == 0) outcome.firstGradient = state.gradient.to(at::kCPU, at::kDouble);
      outcome.losses.push_back(state.control().lastLoss);
    }
    outcome.wasRecorded = step.isRecorded();
  }
  outcome.values = state.values.to(at::kCPU, at::kDouble);
  for (auto* p : parts.registry.parameters()) p->freeze();
  if (parts.arena->type() == at::kFloat) setPrecision(parts, Precision::Fp32);
  state.scatter(base);
  return outcome;
}

double gap(const at::Tensor& a, const at::Tensor& b) { return ((a - b).norm() / b.norm()).item<double>(); }

struct Where {
  DeviceKind device;
  PassCase network;
};

class Step : public testing::TestWithParam<Where> {
 protected:
  void SetUp() override {
    if (GetParam().device == DeviceKind::Cuda && !cudaIsUsable()) GTEST_SKIP() << "no CUDA device";
  }
  std::unique_ptr<Model> model(Precision precision = Precision::Fp32) const {
    auto m = GetParam().network.model();
    DeviceSpec device;
    device.device = GetParam().device;
    device.precision = precision == Precision::Tf32 ? precision : Precision::Fp32;
    useDevice(*m, device);
    return m;
  }
  static TrainSpec spec(Precision precision = Precision::Fp32, Rule rule = Rule::Sparse) {
    TrainSpec s;
    s.device.precision = precision;
    s.rule = rule;
    return s;
  }
};

TEST_P(Step, SparseEqualsDenseOverTwentySteps) {
  for (const auto path : {BackwardPath::Sampled, BackwardPath::Union, BackwardPath::Auto}) {
    auto s = spec();
    s.backward = path;
    const auto a = model(), b = model();
    const auto sparse = train(*a, s, 20), dense = train(*b, spec(Precision::Fp32, Rule::Dense), 20);
    for (std::size_t i = 0; i < sparse.losses.size(); ++i)
      EXPECT_NEAR(sparse.losses[i], dense.losses[i], 1e-5 * std::abs(dense.losses[i])) << wordOf(path) << " step " << i;
    EXPECT_LE(gap(sparse.firstGradient, dense.firstGradient), 1e-5) << wordOf(path);
  }
}

// Design, promise 3c: sparse products in a narrow type are no further from the truth than dense ones.
TEST_P(Step, NarrowPrecisionsStayAsNearToTheTruthAsTheDenseRule) {
  const auto exact = GetParam().network.model(at::kDouble);
  const auto truth = train(*exact, spec(), 12);
  for (const auto precision : {Precision::Tf32, Precision::Bf16, Precision::Fp16}) {
    if (GetParam().device == DeviceKind::Cpu && precision != Precision::Bf16) continue;  // slow there, and of no use
    const auto a = model(precision), b = model(precision);
    const auto sparse = train(*a, spec(precision), 12), dense = train(*b, spec(precision, Rule::Dense), 12);
    // With a scaled loss the gradient may overflow, and its step is left out on both sides.
    if (precision != Precision::Fp16) {
      EXPECT_LE(gap(sparse.firstGradient, truth.firstGradient), 1.5 * gap(dense.firstGradient, truth.firstGradient) + 1e-6)
          << wordOf(precision);
    }
    EXPECT_LE(gap(sparse.values, truth.values), 1.5 * gap(dense.values, truth.values) + 1e-6) << wordOf(precision);
    for (std::size_t i = 0; i < truth.losses.size(); ++i)
      EXPECT_NEAR(sparse.losses[i], truth.losses[i], 0.1 * std::abs(truth.losses[i])) << wordOf(precision) << " step " << i;
  }
}

TEST_P(Step, ArenaIsGivenBackBitForBitAndTheRestWasNeverTouched) {
  for (const auto precision : {Precision::Fp32, Precision::Bf16, Precision::Fp16}) {
    const auto m = model();
    const auto matrix = m->parts().arena->matrix().clone(), vector = m->parts().arena->vector().clone();
    const auto set = chosen(*m, 2);
    FlatState state(set, *m->parts().arena, optimizerSettings(spec(precision)));
    const auto base = state.values.clone();
    setPrecision(m->parts(), precision, PrecisionUse::Training);
    const auto outside = hashOutside(set, *m->parts().arena);
    state.attach(m->parts().registry, Rule::Sparse);
    const OwnStream stream;
    {
      TrainingStep step(m->parts(), state, spec(precision));
      state.startEpoch(1e-2);
      for (int i = 0; i < 3; ++i) step.run(noise(m->parts(), 2, std::uint64_t(i)));
    }
    EXPECT_EQ(hashOutside(set, *m->parts().arena), outside) << wordOf(precision);
    EXPECT_FALSE(at::equal(state.values, base));
    // The arena holds the rounded values.
    EXPECT_TRUE(at::equal(state.gather(),
                          [&] {
                            auto rounded = state.values.clone();
                            const auto n = std::int64_t(set.offsets().size());
                            rounded.narrow(0, 0, n).copy_(rounded.narrow(0, 0, n).to(m->parts().arena->matrixType()));
                            for (const auto& slice : set.slices())
                              if (!slice.selected && set.map().entry(slice.id).region == Region::Matrix)
                                rounded.narrow(0, slice.flatBegin, slice.count)
                                    .copy_(rounded.narrow(0, slice.flatBegin, slice.count).to(m->parts().arena->matrixType()));
                            return rounded;
                          }()))
        << wordOf(precision);
    for (auto* p : m->parts().registry.parameters()) p->freeze();
    setPrecision(m->parts(), Precision::Fp32);
    state.scatter(base);
    EXPECT_TRUE(at::equal(m->parts().arena->matrix(), matrix)) << wordOf(precision);
    EXPECT_TRUE(at::equal(m->parts().arena->vector(), vector)) << wordOf(precision);
  }
}

// The host hears of a step while later ones are queued, and of that step only.
TEST_P(Step, ReadBackTheControlIsThatOfTheStepAskedFor) {
  const auto m = model();
  auto& parts = m->parts();
  const auto set = chosen(*m, 2);
  FlatState state(set, *parts.arena, {});
  const auto base = state.values.clone();
  state.attach(parts.registry, Rule::Sparse);
  const OwnStream stream;
  {
    TrainingStep step(parts, state, spec());
    ControlReadback readback(state);
    state.startEpoch(1e-3);
    EXPECT_FALSE(readback.take() || readback.wait());
    for (int i = 0; i < 6; ++i) {
      step.run(noise(parts, 3, std::uint64_t(i) + 1));
      RunPosition position;
      position.step = i + 1;
      readback.ask(position);
      const auto now = i % 2 == 0 ? state.control() : kernels::StepControl{};
      step.run(noise(parts, 3, std::uint64_t(i) + 100));
      const auto reading = readback.wait();
      ASSERT_TRUE(reading.has_value());
      EXPECT_EQ(reading->position.step, i + 1);
      EXPECT_EQ(reading->control.steps, 2 * i + 1);
      if (i % 2 == 0) {
        EXPECT_EQ(reading->control.lastLoss, now.lastLoss);
        EXPECT_EQ(reading->control.lossSum, now.lossSum);
      }
      EXPECT_FALSE(readback.take().has_value());  // given once
      if (i > 0) continue;
      readback.ask(position);
      state.control();  // the device is there
      ASSERT_TRUE(readback.take().has_value());
    }
  }
  for (auto* p : parts.registry.parameters()) p->freeze();
  state.scatter(base);
}

TEST_P(Step, RecomputedBlocksGiveTheSame) {
  auto again = spec();
  again.recompute = true;
  const auto a = model(), b = model();
  const auto kept = train(*a, spec(), 6), recomputed = train(*b, again, 6);
  for (std::size_t i = 0; i < kept.losses.size(); ++i)
    EXPECT_NEAR(recomputed.losses[i], kept.losses[i], 1e-6 * std::abs(kept.losses[i])) << i;
  EXPECT_LE(gap(recomputed.firstGradient, kept.firstGradient), 1e-6);
}

TEST_P(Step, RecordedStepsAreTheEagerOnesBitForBit) {
  if (GetParam().device != DeviceKind::Cuda) GTEST_SKIP() << "steps are recorded on a GPU";
  for (const auto precision : {Precision::Fp32, Precision::Tf32, Precision::Bf16, Precision::Fp16})
    for (const bool recompute : {false, true}) {
      auto recorded = spec(precision), eager = recorded;
      recorded.recompute = eager.recompute = recompute;
      eager.eager = true;
      const auto a = model(precision), b = model(precision);
      const auto x = train(*a, recorded, 10), y = train(*b, eager, 10);
      EXPECT_TRUE(x.wasRecorded);
      EXPECT_FALSE(y.wasRecorded);
      EXPECT_EQ(x.losses, y.losses) << wordOf(precision) << " recompute " << recompute;
      EXPECT_TRUE(at::equal(x.values, y.values)) << wordOf(precision) << " recompute " << recompute;
    }
}

// A recording cannot measure the ways of its layers: what it met first would take others than the same batch run operation by operation.
TEST_P(Step, OnlyAShapeThatHasRunIsRecorded) {
  if (GetParam().device != DeviceKind::Cuda) GTEST_SKIP() << "steps are recorded on a GPU";
  const auto m = model();
  auto& parts = m->parts();
  const auto set = chosen(*m, 2);
  FlatState state(set, *parts.arena, optimizerSettings(spec()));
  state.attach(parts.registry, Rule::Sparse, BackwardPath::Auto);
  const OwnStream stream;
  TrainingStep step(parts, state, spec());
  state.startEpoch(1e-3);
  std::vector<bool> isRecorded;
  for (const int pictures : {3, 3, 2, 3}) {
    step.run(noise(parts, pictures, 1));
    isRecorded.push_back(step.isRecorded());
  }
  EXPECT_EQ(isRecorded, (std::vector<bool>{false, false, false, true}));
}

std::vector<Where> everywhere() {
  std::vector<Where> all;
  for (const auto device : {DeviceKind::Cpu, DeviceKind::Cuda})
    for (const auto& n : networks()) all.push_back({device, n});
  return all;
}

INSTANTIATE_TEST_SUITE_P(Networks, Step, testing::ValuesIn(everywhere()),
                         [](const auto& where) { return wordOf(where.param.device) + "_" + where.param.network.name; });

TEST(StepInDouble, SparseEqualsDenseInEveryFamily) {
  for (const auto& n : networks())
    for (const int k : {1, 3}) {
      const auto a = n.model(at::kDouble), b = n.model(at::kDouble);
      TrainSpec sparseSpec, denseSpec;
      denseSpec.rule = Rule::Dense;
      const auto sparse = train(*a, sparseSpec, 20, k), dense = train(*b, denseSpec, 20, k);
      for (std::size_t i = 0; i < sparse.losses.size(); ++i)
        EXPECT_NEAR(sparse.losses[i], dense.losses[i], 1e-9 * std::abs(dense.losses[i])) << n.name << " step " << i;
      // A key bias has no true gradient; Adam makes steps of what rounding leaves there, up to its rate each.
      EXPECT_LE(gap(sparse.firstGradient, dense.firstGradient), 1e-9) << n.name;
      EXPECT_LE((sparse.values - dense.values).abs().median().item<double>(), 1e-12) << n.name;
    }
}

}  // namespace
