// The best epoch of a run that trained in a narrow precision is measured once more in fp32, and every figure says how it was measured.
#include <ATen/ATen.h>

#include <fstream>
#include <regex>

#include "core/data/dataset.h"
#include "core/evaluation/classification.h"
#include "core/evaluation/prediction.h"
#include "core/tuning/metricsjson.h"
#include "core/tuning/textfile.h"
#include "tests/core/tinyclassifier.h"
#include "tests/core/tinyruns.h"

using namespace gps;
using namespace gps::test;

namespace {

class BestEpoch : public TinyRuns {
 protected:
  TrainSpec narrow(const std::string& run, Precision precision = Precision::Bf16) const {
    auto spec = specFor(run);
    spec.device.precision = precision;
    return spec;
  }
  std::string metricsOfRun(const std::string& run) const { return at(run) + "/metrics.jsonl"; }
  const EpochRecord& bestOf(const TrainOutcome& outcome) const { return outcome.epochs.at(std::size_t(outcome.bestEpoch)); }
  DeviceSpec wide() const {
    DeviceSpec device;
    device.device = GetParam();
    device.threads = 2;
    return device;
  }
};

void expectSameFigures(const EpochFigures& a, const EpochFigures& b) {
  EXPECT_EQ(a.precision, b.precision);
  EXPECT_EQ(a.valLoss, b.valLoss);
  EXPECT_EQ(a.diceMean, b.diceMean);
  EXPECT_EQ(a.iouPooled, b.iouPooled);
  EXPECT_EQ(a.top1, b.top1);
  EXPECT_EQ(a.emaTop1, b.emaTop1);
}

}  // namespace

TEST_P(BestEpoch, IsMeasuredAgainInFp32FromItsDelta) {
  for (const auto precision : {Precision::Bf16, Precision::Fp16, Precision::Tf32}) {
    const auto word = wordOf(precision);
    const auto model = tinyModel();
    const auto matrix = model->parts().arena->matrix().clone(), vector = model->parts().arena->vector().clone();
    RunControl control;
    const auto outcome = train(*model, m_data, m_images, nullptr, narrow(word, precision), control);
    EXPECT_TRUE(at::equal(model->parts().arena->matrix().cpu(), matrix)) << word;
    EXPECT_TRUE(at::equal(model->parts().arena->vector().cpu(), vector)) << word;
    ASSERT_GT(outcome.bestEpoch, 0);
    EXPECT_EQ(outcome.bestEpoch, bestEpochOf(outcome.epochs));
    for (const auto& e : outcome.epochs) {
      EXPECT_EQ(e.precision, precision) << e.epoch;
      EXPECT_EQ(e.again.has_value(), e.epoch == outcome.bestEpoch) << e.epoch;
    }
    const auto& best = bestOf(outcome);
    ASSERT_TRUE(best.again.has_value());
    EXPECT_EQ(best.again->precision, Precision::Fp32);
    EXPECT_EQ(best.measuredLast().valLoss, best.again->valLoss);

    // As anybody measures it later, on a model of their own.
    const auto other = tinyModel();
    useDevice(*other, wide());
    const auto delta = readDelta(at(word) + "@" + std::to_string(outcome.bestEpoch));
    applyDelta(delta, *other);
    const auto items = itemsOfSplit(m_data, "val");
    const auto measured = evaluate(*other, items, m_images, {}, 3, control);
    EXPECT_NEAR(best.again->valLoss, measured.meanLoss, 1e-6) << word;
    EXPECT_NEAR(best.again->diceMean, measured.score.diceMean, 1e-6) << word;
    EXPECT_NEAR(best.again->iouPooled, measured.score.iouPooled, 1e-6) << word;
    const bool rounds = precision == Precision::Bf16 || precision == Precision::Fp16;
    if (rounds) {
      EXPECT_NE(best.again->valLoss, best.valLoss) << word;
    }

    // On the disk both stand side by side.
    EXPECT_EQ(delta.info.precision, word);
    EXPECT_EQ(delta.info.metrics.at("val_loss"), best.valLoss);
    EXPECT_EQ(delta.info.fp32Metrics.at("val_loss"), best.again->valLoss);
    EXPECT_EQ(delta.info.fp32Metrics.at("dice_mean"), best.again->diceMean);
    const auto kept = readRun(at(word));
    EXPECT_TRUE(kept.finished);
    EXPECT_EQ(kept.bestEpoch, outcome.bestEpoch);
    for (std::size_t i = 0; i < outcome.epochs.size(); ++i) {
      expectSameFigures(kept.epochs.at(i), outcome.epochs[i]);
      ASSERT_EQ(kept.epochs[i].again.has_value(), outcome.epochs[i].again.has_value());
      if (outcome.epochs[i].again) expectSameFigures(*kept.epochs[i].again, *outcome.epochs[i].again);
    }
    EXPECT_EQ(readDelta(at(word)).info.epoch, outcome.bestEpoch);
  }
}

TEST_P(BestEpoch, StoppedWhileItIsMeasuredAndResumedItIsTheSame) {
  const auto whole = run(narrow("whole"));
  const auto spec = narrow("stopped");
  stopAfterEpoch(spec, spec.epochs);
  for (const auto& e : readRun(at("stopped")).epochs) EXPECT_FALSE(e.again.has_value()) << e.epoch;
  EXPECT_TRUE(readRun(at("stopped")).resumable);
  const auto resumed = resume(spec);
  EXPECT_FALSE(resumed.cancelled);
  expectSameRun("whole", "stopped");
  ASSERT_EQ(resumed.bestEpoch, whole.bestEpoch);
  expectSameFigures(*bestOf(resumed).again, *bestOf(whole).again);
  // Killed before the run was marked: nothing is measured twice, and the end is the same.
  std::filesystem::remove(at("stopped") + "/state/finished");
  const auto text = readText(metricsOfRun("stopped"));
  expectSameFigures(*bestOf(resume(spec)).again, *bestOf(whole).again);
  EXPECT_EQ(readText(metricsOfRun("stopped")), text);
}

TEST_P(BestEpoch, OfARunInFp32OrWithoutScoresStandsAsItWasMeasured) {
  for (const auto& e : run(specFor("wide")).epochs) {
    EXPECT_EQ(e.precision, Precision::Fp32);
    EXPECT_FALSE(e.again.has_value());
  }
  EXPECT_EQ(readText(metricsOfRun("wide")).find("again"), std::string::npos);
  EXPECT_TRUE(readDelta(at("wide")).info.fp32Metrics.empty());
  m_data = discs(8, 0);
  const auto unscored = run(narrow("unscored"));
  EXPECT_TRUE(readRun(at("unscored")).finished);
  for (const auto& e : unscored.epochs) {
    EXPECT_FALSE(e.again.has_value());
    EXPECT_FALSE(e.isScored);
  }
}

// Lines that name no precision were measured in the one of run.toml; such a run goes on and its best epoch is measured in fp32 too.
TEST_P(BestEpoch, ARunWithoutNamedPrecisionsIsReadAndGoesOn) {
  const auto spec = narrow("old");
  stopAfterEpoch(spec, 2);
  const auto path = metricsOfRun("old");
  const auto bare = std::regex_replace(readText(path), std::regex("\"precision\":\"bf16\",?"), "");
  ASSERT_EQ(bare.find("\"precision\""), std::string::npos);
  std::ofstream(path) << bare;
  for (const auto& e : readRun(at("old")).epochs) EXPECT_EQ(e.precision, Precision::Bf16);
  const auto outcome = resume(spec);
  for (const auto& e : outcome.epochs) EXPECT_EQ(e.precision, Precision::Bf16);
  EXPECT_TRUE(bestOf(outcome).again.has_value());
  std::ofstream(path, std::ios::app) << std::regex_replace(metricsLine(outcome.epochs[1]), std::regex("bf16"), "bf61") + "\n";
  const auto failure = failureOf([&] { readRun(at("old")); });
  EXPECT_EQ(failure.code(), ErrorCode::BadFile);
  EXPECT_NE(std::string(failure.what()).find("bf61"), std::string::npos) << failure.what();
}

// The averaged values have figures of their own.
TEST_P(BestEpoch, AveragedValuesAreMeasuredAgainToo) {
  auto spec = defaultTrainSpec(TaskKind::Classification);
  spec.runFolder = at("averaged");
  spec.device = wide();
  spec.device.precision = Precision::Bf16;
  spec.epochs = 2;
  spec.batch = spec.selection.batch = 4;
  spec.emaDecay = 0.75;
  spec.learningRate = 2e-3;
  spec.model.preprocess = wishedPreprocess(spec);
  m_data = stripes(10, 4, 6);
  m_images = std::make_shared<StripeSource>();
  const auto model = tinyClassifier();
  RunControl control;
  const auto outcome = train(*model, m_data, m_images, nullptr, spec, control);
  const auto& best = bestOf(outcome);
  ASSERT_TRUE(best.again && best.again->emaTop1);
  const auto name = at("averaged") + "@" + std::to_string(best.epoch);
  for (const bool isAverage : {false, true}) {
    const auto other = tinyClassifier();
    useDevice(*other, wide());
    const auto delta = readDelta(name + (isAverage ? "-average" : ""));
    applyDelta(delta, *other);
    const auto result =
        evaluateClasses(*other, m_data, itemsOfSplit(m_data, "val"), m_images, spec.model, headOutputs(m_data, {}, 3), 4, control);
    EXPECT_NEAR(isAverage ? *best.again->emaTop1 : best.again->top1, result.score.top1, 1e-6);
    if (!isAverage) {
      EXPECT_NEAR(best.again->valLoss, result.meanLoss, 1e-6);
    }
    EXPECT_EQ(delta.info.fp32Metrics.at("top1"), isAverage ? *best.again->emaTop1 : best.again->top1);
  }
}

INSTANTIATE_TEST_SUITE_P(Devices, BestEpoch, testing::Values(DeviceKind::Cpu, DeviceKind::Cuda),
                         [](const auto& p) { return wordOf(p.param); });
