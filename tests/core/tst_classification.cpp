// A whole classification run: what trains, what stays, stop and resume, averaged values, and the scores.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "core/backbones/device.h"
#include "core/checkpoints/deltafile.h"
#include "core/data/dataset.h"
#include "core/evaluation/classification.h"
#include "core/tuning/runfolder.h"
#include "core/tuning/step/flatstate.h"
#include "core/tuning/trainer.h"
#include "tests/core/tinyclassifier.h"
#include "tests/support/temporaryfolder.h"

namespace gps {
namespace {

using namespace test;

class Classification : public testing::TestWithParam<std::tuple<Family, DeviceKind>> {
 protected:
  void SetUp() override {
    if (std::get<1>(GetParam()) == DeviceKind::Cuda && !cudaIsUsable()) GTEST_SKIP() << "no CUDA device";
  }
  Family family() const { return std::get<0>(GetParam()); }
  TrainSpec specFor(const std::string& run) const {
    TrainSpec spec = defaultTrainSpec(TaskKind::Classification);
    spec.runFolder = m_folder / run;
    spec.device.device = std::get<1>(GetParam());
    spec.device.threads = 2;
    spec.epochs = 2;
    spec.batch = spec.selection.batch = 4;
    spec.learningRate = 2e-3;
    spec.schedule = ScheduleKind::Constant;
    return spec;
  }
  TrainOutcome run(const TrainSpec& spec, RunControl& control) {
    const auto model = tinyClassifier(family());
    return train(*model, m_data, m_images, nullptr, spec, control);
  }

  TemporaryFolder m_folder;
  DataSummary m_data = stripes(10, 4, 6);
  std::shared_ptr<const ImageSource> m_images = std::make_shared<StripeSource>();
};

void expectSame(const Delta& a, const Delta& b) {
  EXPECT_EQ(a.offsets, b.offsets);
  EXPECT_EQ(a.values, b.values);
  ASSERT_EQ(a.whole.size(), b.whole.size());
  for (std::size_t i = 0; i < a.whole.size(); ++i) EXPECT_EQ(a.whole[i].values, b.whole[i].values) << a.whole[i].name;
}

TEST_P(Classification, EveryMethodLearnsAndLeavesTheRestAlone) {
  for (const auto method : {Method::Gps, Method::Full, Method::Linear, Method::Bias}) {
    auto spec = specFor(wordOf(method));
    spec.method = method;
    spec.epochs = 3;
    const auto model = tinyClassifier(family());
    const auto before = model->parts().arena->matrix().clone();
    RunControl control;
    const auto outcome = train(*model, m_data, m_images, nullptr, spec, control);
    ASSERT_EQ(outcome.epochs.size(), 4u);
    EXPECT_EQ(outcome.scoredSplit, "val");
    EXPECT_LT(outcome.epochs.back().trainLoss, outcome.epochs[1].trainLoss) << wordOf(method);
    EXPECT_TRUE(at::equal(model->parts().arena->matrix().cpu(), before)) << wordOf(method);
    const auto delta = readDelta(spec.runFolder + "@3");
    EXPECT_EQ(delta.info.classes, m_data.classes);
    std::vector<std::size_t> whole;
    for (const auto& w : delta.whole) whole.push_back(std::size_t(model->map().idOf(w.name)));
    const TrainableSet set(model->parts().map, delta.offsets, whole);
    EXPECT_EQ(set.size(), outcome.trainableTotal);
    EXPECT_EQ(delta.offsets.empty(), method != Method::Gps);
    const auto outside = hashOutside(set, *model->parts().arena);
    applyDelta(delta, *model);
    EXPECT_EQ(hashOutside(set, *model->parts().arena), outside) << wordOf(method);
    // The delta computes what the run scored.
    const auto result = evaluateClasses(*model, m_data, {m_data.items.begin() + 10, m_data.items.begin() + 14}, m_images,
                                        {"", "", 0, PromptMode::None, PreprocessKind::Squash, 3}, {0, 1, 2}, 4, control);
    EXPECT_EQ(result.score.top1, outcome.epochs.back().top1);
    EXPECT_NEAR(result.meanLoss, outcome.epochs.back().valLoss, 1e-6);
    // It knows the pictures it comes from, and no others.
    EXPECT_EQ(delta.pictures.size(), 10u);
    for (const auto fingerprint : result.fingerprints)
      EXPECT_FALSE(std::binary_search(delta.pictures.begin(), delta.pictures.end(), fingerprint));
    removeDelta(delta, *model);
    EXPECT_TRUE(at::equal(model->parts().arena->matrix().cpu(), before)) << wordOf(method);
  }
}

TEST_P(Classification, StoppedAfterAnyStepAndResumedIsBitIdentical) {
  auto whole = specFor("whole");
  whole.augment = AugmentKind::Fgvc;
  whole.mixup = 0.8;
  whole.cutmix = 1;
  whole.labelSmoothing = 0.1;
  whole.dropPath = 0.2;
  whole.emaDecay = 0.9;
  RunControl none;
  ASSERT_FALSE(run(whole, none).cancelled);
  for (int stopAfter = 1; stopAfter <= 6; ++stopAfter) {
    auto spec = whole;
    spec.runFolder = m_folder / std::to_string(stopAfter);
    RunControl control;
    control.setProgressSink([&](const Progress& p) {
      if (p.stage == "train" && p.done == stopAfter) control.requestStop();
    });
    ASSERT_TRUE(run(spec, control).cancelled) << stopAfter;
    spec.resume = true;
    RunControl again;
    ASSERT_FALSE(run(spec, again).cancelled);
    expectSame(readDelta(whole.runFolder + "@2"), readDelta(spec.runFolder + "@2"));
    expectSame(readDelta(whole.runFolder + "@2-average"), readDelta(spec.runFolder + "@2-average"));
  }
}

// One step an epoch, so that every value that goes into the average stands in a delta.
TEST_P(Classification, AveragesTheTrainedValuesOverSteps) {
  auto spec = specFor("ema");
  spec.emaDecay = 0.75;
  spec.epochs = 3;
  spec.batch = 10;
  RunControl control;
  const auto outcome = run(spec, control);
  EXPECT_FALSE(outcome.epochs.front().emaTop1.has_value());
  ASSERT_TRUE(outcome.epochs.back().emaTop1.has_value());
  auto expected = readDelta(spec.runFolder + "@1").base;
  for (int epoch = 1; epoch <= 3; ++epoch) {
    const auto plain = readDelta(spec.runFolder + "@" + std::to_string(epoch));
    const auto averaged = readDelta(spec.runFolder + "@" + std::to_string(epoch) + "-average");
    ASSERT_EQ(averaged.values.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      expected[i] = 0.75F * expected[i] + 0.25F * plain.values[i];
      EXPECT_NEAR(averaged.values[i], expected[i], 1e-6F);
    }
    EXPECT_NE(averaged.values, plain.values);
  }
}

INSTANTIATE_TEST_SUITE_P(Families, Classification,
                         testing::Combine(testing::Values(Family::Vit, Family::Swin, Family::ConvNext),
                                          testing::Values(DeviceKind::Cpu, DeviceKind::Cuda)));

TEST(ClassificationCases, TrainOnValScoresOnTest) {
  const TemporaryFolder folder;
  TrainSpec spec = defaultTrainSpec(TaskKind::Classification);
  spec.runFolder = folder / "run";
  spec.epochs = 1;
  spec.schedule = ScheduleKind::Constant;
  spec.trainOnVal = true;
  spec.method = Method::Linear;
  const auto model = tinyClassifier();
  RunControl control;
  std::int64_t steps = 0;
  control.setProgressSink([&](const Progress& p) {
    if (p.stage == "train") steps = p.total;
  });
  spec.batch = 7;
  const auto outcome = train(*model, stripes(10, 4, 6), std::make_shared<StripeSource>(), nullptr, spec, control);
  EXPECT_EQ(outcome.scoredSplit, "test");
  EXPECT_EQ(steps, 2);  // 14 pictures
  EXPECT_EQ(readRun(spec.runFolder).spec.trainOnVal, true);
  EXPECT_EQ(readRun(spec.runFolder).epochs.back().task, TaskKind::Classification);
}

TEST(ClassificationCases, WhatBelongsToTheOtherTaskIsRefusedBeforeARunFolderIsMade) {
  const TemporaryFolder folder;
  const auto model = tinyClassifier();
  const auto images = std::make_shared<StripeSource>();
  RunControl control;
  const auto refused = [&](auto change, const DataSummary& data) {
    TrainSpec spec = defaultTrainSpec(TaskKind::Classification);
    spec.runFolder = folder / "run";
    change(spec);
    EXPECT_THROW(train(*model, data, images, nullptr, spec, control), Error);
    EXPECT_FALSE(std::filesystem::exists(spec.runFolder));
  };
  refused([](TrainSpec& s) { s.method = Method::Decoder; }, stripes(4, 2));
  refused([](TrainSpec& s) { s.warmupEpochs = 2; }, stripes(4, 2));
  auto masks = stripes(4, 2);
  masks.task = TaskKind::Segmentation;
  refused([](TrainSpec&) {}, masks);
  auto more = stripes(4, 2);
  more.classes.push_back("fourth");
  refused([](TrainSpec&) {}, more);
}

TEST(ClassScores, FollowTheirDefinitions) {
  const std::vector<std::string> classes{"a", "b", "c"};
  const auto score = summarise(
      {{"1", 0, 0, 0.9, 0.9, true}, {"2", 0, 1, 0.6, 0.3, true}, {"3", 1, 1, 0.5, 0.5, true}, {"4", 1, 0, 0.8, 0.1, false}}, classes);
  EXPECT_EQ(score.n, 4);
  EXPECT_DOUBLE_EQ(score.top1, 0.5);
  EXPECT_DOUBLE_EQ(score.top5, 0.75);
  EXPECT_EQ(score.confusion, (std::vector<int>{1, 1, 0, 1, 1, 0, 0, 0, 0}));
  EXPECT_DOUBLE_EQ(*score.accuracy(0), 0.5);
  EXPECT_FALSE(score.accuracy(2).has_value());
  EXPECT_DOUBLE_EQ(score.meanClassAccuracy(), 0.5);
  EXPECT_EQ(summarise(std::vector<ClassCase>{}, classes).top1, 0);
}

TEST(ClassificationCases, ALimitTakesAsManyOfEachClass) {
  auto data = stripes(12, 0);
  std::stable_sort(data.items.begin(), data.items.end(), [](const DataItem& a, const DataItem& b) { return a.className < b.className; });
  std::map<std::string, int> counts;
  for (const auto& item : itemsOfSplit(data, "train", 7)) ++counts[item.className];
  EXPECT_EQ(counts, (std::map<std::string, int>{{"across", 3}, {"down", 2}, {"slant", 2}}));
  EXPECT_EQ(itemsOfSplit(data, "train", 12).size(), 12u);
  EXPECT_EQ(itemsOfSplit(data, "train", 2)[1].id, itemsOfSplit(data, "train")[4].id);
}

TEST(HeadOutputs, FollowTheNamesOfTheDelta) {
  const auto data = stripes(3, 0);
  EXPECT_EQ(headOutputs(data, {}, 3), (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(headOutputs(data, {"slant", "across", "other", "down"}, 4), (std::vector<int>{1, 3, 0}));
  EXPECT_THROW(headOutputs(data, {}, 10), Error);
  EXPECT_THROW(headOutputs(data, {"slant", "across", "other"}, 3), Error);
  EXPECT_THROW(headOutputs(data, {"slant"}, 3), Error);
}

// With a subset only the classes that occur compete (ImageNet-A, -R).
TEST(ClassSubset, ConsidersTheClassesThatOccur) {
  const auto model = tinyClassifier();
  auto data = stripes(0, 9);
  std::erase_if(data.items, [](const DataItem& item) { return item.className == "down"; });
  const auto images = std::make_shared<StripeSource>();
  RunControl control;
  const auto score = [&] { return evaluateClasses(*model, data, data.items, images, {}, {0, 1, 2}, 4, control); };
  const auto all = score();
  data.isClassSubset = true;
  const auto some = score();
  for (std::size_t i = 0; i < some.score.perImage.size(); ++i) {
    EXPECT_NE(some.score.perImage[i].predicted, 1);
    EXPECT_GT(some.score.perImage[i].truthProbability, all.score.perImage[i].truthProbability);
  }
  EXPECT_LT(some.meanLoss, all.meanLoss);
}

}  // namespace
}  // namespace gps
