// The engine's promises for a whole run: untouched weights stay untouched, sparse equals dense, and a run that was stopped after any
// step and resumed equals the uninterrupted one bit for bit.
#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include <filesystem>
#include <fstream>

#include "core/backbones/device.h"
#include "core/checkpoints/deltafile.h"
#include "core/data/loader.h"
#include "core/evaluation/batchtensors.h"
#include "core/evaluation/loss.h"
#include "core/evaluation/prediction.h"
#include "core/selection/criteria.h"
#include "core/selection/levels/choose.h"
#include "core/selection/pass/gradientpass.h"
#include "core/tuning/methods.h"
#include "core/tuning/runfolder.h"
#include "core/tuning/step/flatstate.h"
#include "core/tuning/trainer.h"
#include "tests/core/tinymodel.h"

using namespace gps;
using namespace gps::test;
namespace fs = std::filesystem;

namespace {

class Training : public testing::TestWithParam<DeviceKind> {
 protected:
  void SetUp() override {
    if (GetParam() == DeviceKind::Cuda && !cudaIsUsable()) GTEST_SKIP() << "no CUDA device";
    m_folder = fs::temp_directory_path() / ("gps-training-" + std::to_string(::getpid()));
    fs::remove_all(m_folder);
  }
  void TearDown() override { fs::remove_all(m_folder); }

  TrainSpec specFor(const std::string& run) const {
    TrainSpec spec;
    spec.runFolder = (m_folder / run).string();
    spec.device.device = GetParam();
    spec.device.threads = 2;
    spec.epochs = 2;
    spec.batch = 3;
    spec.selection.batch = 4;
    spec.learningRate = 2e-3;
    return spec;
  }
  TrainOutcome run(const TrainSpec& spec, RunControl& control, const TrainListeners& listeners = {}) {
    const auto model = tinyModel();
    return train(*model, m_data, m_images, nullptr, spec, control, listeners);
  }
  TrainOutcome run(const TrainSpec& spec) {
    RunControl control;
    return run(spec, control);
  }
  Delta last(const TrainSpec& spec) const { return readDelta(spec.runFolder + "@2"); }

  fs::path m_folder;
  DataSummary m_data = discs(8, 2);
  std::shared_ptr<const ImageSource> m_images = std::make_shared<DiscSource>();
};

void expectSame(const Delta& a, const Delta& b) {
  EXPECT_EQ(a.offsets, b.offsets);
  EXPECT_EQ(a.values, b.values);
  ASSERT_EQ(a.whole.size(), b.whole.size());
  for (std::size_t i = 0; i < a.whole.size(); ++i) {
    EXPECT_EQ(a.whole[i].name, b.whole[i].name);
    EXPECT_EQ(a.whole[i].values, b.whole[i].values) << a.whole[i].name;
  }
}

}  // namespace

TEST_P(Training, TellsTheMemoryThatItTakes) {
  const auto spec = specFor("memory");
  RunControl control;
  std::vector<Progress> told;
  control.setProgressSink([&](const Progress& p) {
    if (p.stage == "train") told.push_back(p);
  });
  const auto outcome = run(spec, control);
  ASSERT_FALSE(told.empty());
  const auto parameters = tinyModel()->parts().map->parameterCount();
  ASSERT_GT(parameters, outcome.trainableTotal);
  for (const auto& p : told) {
    EXPECT_GT(p.peakMib, 0);
    EXPECT_LE(p.peakMib, outcome.peakMib);
    EXPECT_DOUBLE_EQ(p.densePeakMib, p.peakMib + 16 * double(parameters - outcome.trainableTotal) / (1 << 20));
  }
}

TEST_P(Training, EveryMethodLearnsAndLeavesTheRestAlone) {
  for (const auto method : {Method::Gps, Method::Full, Method::Decoder, Method::Linear, Method::Bias}) {
    auto spec = specFor(wordOf(method));
    spec.method = method;
    spec.epochs = 3;
    spec.schedule = ScheduleKind::Constant;
    const auto model = tinyModel();
    const auto before = model->parts().arena->matrix().clone(), vectorBefore = model->parts().arena->vector().clone();
    RunControl control;
    const auto outcome = train(*model, m_data, m_images, nullptr, spec, control);
    ASSERT_EQ(outcome.epochs.size(), 4u) << wordOf(method);
    EXPECT_LT(outcome.epochs.back().trainLoss, outcome.epochs[1].trainLoss) << wordOf(method);
    // The model comes back as it went in.
    EXPECT_TRUE(at::equal(model->parts().arena->matrix().cpu(), before)) << wordOf(method);
    EXPECT_TRUE(at::equal(model->parts().arena->vector().cpu(), vectorBefore)) << wordOf(method);
    // With the delta applied only trained values differ.
    const auto delta = readDelta(spec.runFolder + "@3");
    std::vector<std::size_t> whole;
    for (const auto& w : delta.whole) whole.push_back(std::size_t(model->map().idOf(w.name)));
    const TrainableSet set(model->parts().map, delta.offsets, whole);
    EXPECT_EQ(set.size(), outcome.trainableTotal);
    const auto outside = hashOutside(set, *model->parts().arena);
    applyDelta(delta, *model);
    EXPECT_EQ(hashOutside(set, *model->parts().arena), outside) << wordOf(method);
    EXPECT_FALSE(at::equal(model->parts().arena->matrix().cpu(), before) && at::equal(model->parts().arena->vector().cpu(), vectorBefore));
    removeDelta(delta, *model);
    EXPECT_TRUE(at::equal(model->parts().arena->matrix().cpu(), before)) << wordOf(method);
    EXPECT_TRUE(at::equal(model->parts().arena->vector().cpu(), vectorBefore)) << wordOf(method);
  }
}

TEST_P(Training, StoppedWhileSelectingAndResumedIsBitIdentical) {
  auto whole = specFor("whole");
  whole.selection.batch = 2;
  run(whole);
  for (int batches = 0; batches < 4; ++batches) {
    auto spec = whole;
    spec.runFolder = (m_folder / ("selecting" + std::to_string(batches))).string();
    RunControl control;
    control.setProgressSink([&](const Progress& p) {
      if (p.stage == "gradient" && p.done == 2 * batches) control.requestStop();
    });
    if (batches == 0) control.requestStop();
    ASSERT_TRUE(run(spec, control).cancelled);
    if (batches == 0) {  // nothing is left that would be in the way
      EXPECT_FALSE(fs::exists(spec.runFolder + "/run.toml"));
      run(spec);
    } else {
      ASSERT_TRUE(readRun(spec.runFolder).resumable) << batches;
      spec.resume = true;
      const auto resumed = run(spec);
      EXPECT_EQ(resumed.epochs.size(), 3u);  // the untuned model is scored too
      EXPECT_FALSE(fs::exists(spec.runFolder + "/state/gradient.partial"));
    }
    expectSame(last(spec), last(whole));
  }
}

TEST_P(Training, StoppedAfterAnyStepAndResumedIsBitIdentical) {
  for (const auto decoder : {DecoderMode::Train, DecoderMode::Sparse}) {
    auto whole = specFor("whole-" + wordOf(decoder));
    whole.selection.decoder = decoder;
    const auto reference = run(whole);
    ASSERT_FALSE(reference.cancelled);
    const int steps = 2 * 3;
    for (int stopAfter = 1; stopAfter <= steps; ++stopAfter) {
      auto spec = whole;
      spec.runFolder = (m_folder / (wordOf(decoder) + std::to_string(stopAfter))).string();
      RunControl control;
      std::int64_t done = 0;
      control.setProgressSink([&](const Progress& p) {
        if (p.stage != "train") return;
        done = p.done;
        if (p.done == stopAfter) control.requestStop();
      });
      const auto stopped = run(spec, control);
      ASSERT_TRUE(stopped.cancelled) << stopAfter;
      ASSERT_EQ(done, stopAfter);
      ASSERT_TRUE(readRun(spec.runFolder).resumable);
      spec.resume = true;
      const auto resumed = run(spec);
      ASSERT_FALSE(resumed.cancelled);
      expectSame(last(spec), last(whole));
      ASSERT_EQ(resumed.epochs.size(), reference.epochs.size());
      for (std::size_t i = 0; i < resumed.epochs.size(); ++i) {
        EXPECT_EQ(resumed.epochs[i].trainLoss, reference.epochs[i].trainLoss) << "stop " << stopAfter << " epoch " << i;
        EXPECT_EQ(resumed.epochs[i].valLoss, reference.epochs[i].valLoss);
        EXPECT_EQ(resumed.epochs[i].diceMean, reference.epochs[i].diceMean);
      }
    }
  }
}

TEST_P(Training, TwoRunsOfOneSeedAgreeAndTheSeedMatters) {
  auto a = specFor("a"), b = specFor("b"), c = specFor("c");
  c.seed = 43;
  run(a);
  run(b);
  run(c);
  expectSame(last(a), last(b));
  EXPECT_NE(last(a).values, last(c).values);
}

TEST_P(Training, AnswersRequestsWhilePausedWithCurrentBaseAndEarlierValues) {
  auto spec = specFor("requests");
  RunControl control;
  ProbabilityMap current, base, first, again;
  const auto picture = m_images->loadImage("3");
  bool posted = false;
  control.setProgressSink([&](const Progress& p) {
    if (p.stage != "train" || p.done != 5 || posted) return;
    posted = true;
    control.setPaused(true);
    control.post([&](RequestContext& context) {
      current = context.predict(picture, std::nullopt);
      base = context.predict(picture, 0);
      first = context.predict(picture, 1);
      again = context.predict(picture, std::nullopt);
      control.setPaused(false);
    });
  });
  const auto outcome = run(spec, control);
  ASSERT_FALSE(outcome.cancelled);
  ASSERT_FALSE(current.empty());
  EXPECT_EQ(current, again);
  EXPECT_NE(current, base);
  EXPECT_NE(first, base);
  const auto model = tinyModel();
  useDevice(*model, spec.device);
  EXPECT_EQ(base, predict(*model, picture, {}));
  applyDelta(readDelta(spec.runFolder + "@1"), *model);
  EXPECT_EQ(first, predict(*model, picture, {}));
  // Looking did not disturb the run.
  auto undisturbed = specFor("undisturbed");
  run(undisturbed);
  expectSame(last(spec), last(undisturbed));
}

TEST_P(Training, WarmUpMovesTheDecoderOnlyAndSurvivesAStop) {
  auto spec = specFor("warm");
  spec.warmupEpochs = 2;
  spec.warmupLearningRate = 1e-2;
  spec.learningRate = 1e-12;  // the epochs themselves move nothing by a visible amount
  spec.minLearningRate = 0;
  run(spec);
  const auto delta = last(spec);
  const auto base = readDelta(spec.runFolder + "/deltas/base.safetensors");
  const auto gapOf = [](const std::vector<float>& a, const std::vector<float>& b) {
    float gap = 0;
    for (std::size_t i = 0; i < a.size(); ++i) gap = std::max(gap, std::abs(a[i] - b[i]));
    return gap;
  };
  EXPECT_LT(gapOf(delta.values, base.base), 1e-8f);
  float decoderGap = 0;
  for (std::size_t i = 0; i < delta.whole.size(); ++i) {
    const auto gap = gapOf(delta.whole[i].values, base.whole[i].base);
    const bool encoder = delta.whole[i].name.starts_with("image_encoder");
    if (encoder) {
      EXPECT_LT(gap, 1e-8f) << delta.whole[i].name;
    } else
      decoderGap = std::max(decoderGap, gap);
  }
  EXPECT_GT(decoderGap, 1e-3f);

  auto stopped = spec;
  stopped.runFolder = (m_folder / "warm-stopped").string();
  RunControl control;
  control.setProgressSink([&](const Progress& p) {
    if (p.stage == "warm-up" && p.done == 3) control.requestStop();
  });
  ASSERT_TRUE(run(stopped, control).cancelled);
  stopped.resume = true;
  ASSERT_FALSE(run(stopped).cancelled);
  expectSame(last(stopped), delta);
}

INSTANTIATE_TEST_SUITE_P(Devices, Training, testing::Values(DeviceKind::Cpu, DeviceKind::Cuda),
                         [](const auto& device) { return wordOf(device.param); });

namespace {

// One run of flat training steps without files; returns losses and final values.
struct Steps {
  std::vector<double> losses;
  at::Tensor values, firstGradient;
};

Steps trainFlat(Model& model, const TrainableSet& set, Rule rule, int count) {
  auto& parts = model.parts();
  FlatState state(set, *parts.arena);
  state.attach(parts.registry, rule);
  state.startEpoch(1e-3);
  LoaderSpec loading;
  loading.items = discs(6, 0).items;
  loading.preprocess = {kTinySide, PreprocessKind::Squash, Normalisation::MinMax};
  loading.batch = 3;
  Loader loader(loading, std::make_shared<DiscSource>());
  Steps steps;
  for (int step = 1, epoch = 0; step <= count; ++epoch) {
    loader.startEpoch(epoch);
    while (auto batch = loader.next()) {
      const auto t = toTensors(*batch, loading.preprocess, parts.arena->device(), parts.arena->type());
      state.zeroGradient();
      const auto loss = segmentationLoss(parts.sam->forward(t.images, PromptMode::None), t.masks);
      torch::autograd::backward({loss}, {});
      if (step == 1) steps.firstGradient = state.gradient.clone();
      ++step;
      state.update(loss.detach(), batch->count);
      steps.losses.push_back(loss.item<double>());
    }
  }
  steps.values = state.values.clone();
  for (auto* p : parts.registry.parameters()) p->freeze();
  return steps;
}

TrainableSet gpsSet(Model& model, int k, DecoderMode decoder) {
  SelectionSpec spec;
  spec.keptPerRow = k;
  spec.decoder = decoder;
  const auto scores = randomScores(model.map(), 5);
  const auto selection = chooseEntries(model.parts().map, scores, spec);
  return makeTrainableSet(model.parts().map, Method::Gps, decoder, &selection);
}

// The rule as the paper writes it: every weight gets a dense gradient, the mask zeroes it, a dense Adam steps everything.
Steps maskedDense(Model& model, const TrainableSet& set, int count) {
  auto& parts = model.parts();
  auto& arena = *parts.arena;
  std::vector<std::size_t> all;
  for (const auto& slice : set.slices()) all.push_back(slice.id);
  const TrainableSet wholeSet(parts.map, {}, all);
  FlatState state(wholeSet, arena);
  auto mask = at::zeros_like(state.values);
  std::map<std::size_t, std::int64_t> begin;
  for (const auto& slice : wholeSet.slices()) begin[slice.id] = slice.flatBegin;
  for (const auto& slice : set.slices()) {
    if (!slice.selected) {
      mask.narrow(0, begin[slice.id], slice.count).fill_(1);
      continue;
    }
    for (const auto o : set.localOffsets(slice)) mask[begin[slice.id] + o].fill_(1);
  }
  state.attach(parts.registry, Rule::Sparse);
  LoaderSpec loading;
  loading.items = discs(6, 0).items;
  loading.preprocess = {kTinySide, PreprocessKind::Squash, Normalisation::MinMax};
  loading.batch = 3;
  Loader loader(loading, std::make_shared<DiscSource>());
  Steps steps;
  auto m = at::zeros_like(state.values), v = at::zeros_like(m);
  for (int step = 1, epoch = 0; step <= count; ++epoch) {
    loader.startEpoch(epoch);
    while (auto batch = loader.next()) {
      const auto t = toTensors(*batch, loading.preprocess, arena.device(), arena.type());
      state.zeroGradient();
      const auto loss = segmentationLoss(parts.sam->forward(t.images, PromptMode::None), t.masks);
      torch::autograd::backward({loss}, {});
      const auto g = state.gradient * mask;
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      const auto next = state.values - 1e-3 / (1 - std::pow(0.9, step)) * m / (v.sqrt() / std::sqrt(1 - std::pow(0.999, step)) + 1e-8);
      state.values.copy_(next);
      state.scatter(next);
      ++step;
      steps.losses.push_back(loss.item<double>());
    }
  }
  steps.values = FlatState(set, arena).values;
  for (auto* p : parts.registry.parameters()) p->freeze();
  return steps;
}

bool isKeyBias(const std::string& name) {
  return name.find("k_proj.bias") != std::string::npos || name.find("qkv.bias") != std::string::npos;
}

void expectClose(const Steps& a, const Steps& b, const TrainableSet& set, double relative, double keyAbsolute) {
  ASSERT_EQ(a.losses.size(), b.losses.size());
  for (std::size_t i = 0; i < a.losses.size(); ++i) EXPECT_NEAR(a.losses[i], b.losses[i], relative * std::abs(b.losses[i])) << "step " << i;
  for (const auto& slice : set.slices()) {
    const auto& name = set.map().entry(slice.id).name;
    const auto x = a.values.narrow(0, slice.flatBegin, slice.count), y = b.values.narrow(0, slice.flatBegin, slice.count);
    const auto gap = (x - y).abs().max().item<double>();
    // A key bias shifts every attention score of a query alike: its true gradient is zero, and Adam amplifies what rounding leaves.
    EXPECT_LE(gap, isKeyBias(name) ? keyAbsolute : relative * std::max(1e-3, y.abs().max().item<double>())) << name;
  }
}

}  // namespace

TEST(SparseEqualsDense, InDoublePrecisionOverTwentySteps) {
  for (const auto decoder : {DecoderMode::Train, DecoderMode::Sparse})
    for (const int k : {1, 3}) {
      const auto a = tinyModel(at::kDouble), b = tinyModel(at::kDouble), c = tinyModel(at::kDouble);
      const auto set = gpsSet(*a, k, decoder);
      const auto sparse = trainFlat(*a, set, Rule::Sparse, 20);
      const auto dense = trainFlat(*b, set, Rule::Dense, 20);
      const auto masked = maskedDense(*c, set, 20);
      expectClose(sparse, dense, set, 1e-9, 1e-9);
      expectClose(sparse, masked, set, 1e-9, 1e-9);
      EXPECT_EQ(hashOutside(set, *a->parts().arena), hashOutside(set, *tinyModel(at::kDouble)->parts().arena));
    }
}

class SparseEqualsDenseSingle : public testing::TestWithParam<DeviceKind> {};

TEST_P(SparseEqualsDenseSingle, LossesAndGradients) {
  if (GetParam() == DeviceKind::Cuda && !cudaIsUsable()) GTEST_SKIP() << "no CUDA device";
  const auto a = tinyModel(), b = tinyModel();
  DeviceSpec device;
  device.device = GetParam();
  useDevice(*a, device);
  useDevice(*b, device);
  const auto set = gpsSet(*a, 2, DecoderMode::Train);
  const auto sparse = trainFlat(*a, set, Rule::Sparse, 20);
  const auto dense = trainFlat(*b, set, Rule::Dense, 20);
  for (std::size_t i = 0; i < sparse.losses.size(); ++i) EXPECT_NEAR(sparse.losses[i], dense.losses[i], 1e-5 * dense.losses[i]) << i;
  for (const auto& slice : set.slices()) {
    if (isKeyBias(set.map().entry(slice.id).name)) continue;
    const auto x = sparse.firstGradient.narrow(0, slice.flatBegin, slice.count),
               y = dense.firstGradient.narrow(0, slice.flatBegin, slice.count);
    EXPECT_LE((x - y).norm().item<double>(), 1e-5 * y.norm().item<double>() + 1e-12) << set.map().entry(slice.id).name;
  }
}

INSTANTIATE_TEST_SUITE_P(Devices, SparseEqualsDenseSingle, testing::Values(DeviceKind::Cpu, DeviceKind::Cuda),
                         [](const auto& device) { return wordOf(device.param); });

TEST(GradientPass, IsTheSumOfBatchGradientsAndLooksAtTheTrainingSplitOnly) {
  const auto model = tinyModel();
  const auto before = model->parts().arena->matrix().clone();
  SelectionSpec spec;
  spec.batch = 3;
  RunControl control;
  const auto images = std::make_shared<DiscSource>();
  const auto field = runGradientPass(*model, discs(7, 3), images, {}, spec, control);
  EXPECT_EQ(field.images, 7);
  EXPECT_EQ(field.batches, 3);
  EXPECT_TRUE(at::equal(model->parts().arena->matrix(), before));
  // Other validation pictures, same field; other training pictures, another field.
  EXPECT_EQ(runGradientPass(*model, discs(7, 0), images, {}, spec, control).values.copy(), field.values.copy());
  EXPECT_NE(runGradientPass(*model, discs(6, 4), images, {}, spec, control).values.copy(), field.values.copy());

  // Batch by batch with every matrix trained whole through torch's own backward.
  auto& parts = model->parts();
  std::vector<std::size_t> ids = selectableIds(*parts.map, spec);
  const TrainableSet set(parts.map, {}, ids);
  FlatState state(set, *parts.arena);
  state.attach(parts.registry, Rule::Sparse);
  LoaderSpec loading;
  loading.items = discs(7, 0).items;
  loading.preprocess = {kTinySide, PreprocessKind::Squash, Normalisation::MinMax};
  loading.batch = 3;
  loading.shuffle = false;
  loading.view = ViewKind::Plain;
  Loader loader(loading, images);
  loader.startEpoch(0);
  while (auto batch = loader.next()) {
    const auto t = toTensors(*batch, loading.preprocess, at::kCPU, at::kFloat);
    torch::autograd::backward({segmentationLoss(parts.sam->forward(t.images, PromptMode::None), t.masks)}, {});
  }
  for (const auto& slice : set.slices()) {
    const auto& e = parts.map->entry(slice.id);
    const auto mine = at::from_blob(const_cast<float*>(field.values.host()) + e.offset, {e.count}, at::kFloat);
    const auto plain = state.gradient.narrow(0, slice.flatBegin, slice.count);
    EXPECT_LE((mine - plain).norm().item<double>(), 2e-5 * plain.norm().item<double>() + 1e-9) << e.name;
  }
  for (auto* p : parts.registry.parameters()) p->freeze();
}

TEST(GradientPass, CancelLeavesTheModelFrozen) {
  const auto model = tinyModel();
  RunControl control;
  control.setProgressSink([&](const Progress& p) {
    if (p.done >= 2) control.requestStop();
  });
  SelectionSpec spec;
  spec.batch = 2;
  EXPECT_THROW(runGradientPass(*model, discs(8, 0), std::make_shared<DiscSource>(), {}, spec, control), Cancelled);
  for (auto* p : model->parts().registry.parameters()) EXPECT_FALSE(p->value().requires_grad());
}
