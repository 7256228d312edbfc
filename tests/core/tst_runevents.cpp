// What a run leaves for TensorBoard, and outcome.json: the same numbers as its metrics, also when it was stopped in between.
#include <algorithm>
#include <set>

#include "core/tuning/metricsjson.h"
#include "tests/core/eventparser.h"
#include "tests/core/tinyruns.h"

using namespace gps;
using namespace gps::test;
namespace fs = std::filesystem;

namespace {

class RunEventFiles : public TinyRuns {
 protected:
  std::vector<std::string> filesOf(const std::string& run) const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(at(run)))
      if (entry.path().filename().string().starts_with("events.out.tfevents.")) names.push_back(entry.path().string());
    std::sort(names.begin(), names.end());
    return names;
  }
  // As TensorBoard sees them: a session's start voids what older files tell of its step and later ones.
  std::map<std::string, std::map<std::int64_t, double>> scalarsOf(const std::string& run) const {
    std::map<std::string, std::map<std::int64_t, double>> all;
    for (const auto& file : filesOf(run))
      for (const auto& event : EventParser::read(file)) {
        if (event.isSessionStart)
          for (auto& [tag, points] : all) points.erase(points.lower_bound(event.step), points.end());
        for (const auto& [tag, value] : event.scalars) all[tag][event.step] = double(value);
      }
    return all;
  }
};

}  // namespace

TEST_P(RunEventFiles, TellWhatTheMetricsTell) {
  std::vector<StepPoint> steps;
  TrainListeners listeners;
  listeners.step = [&](const StepPoint& p) { steps.push_back(p); };
  const auto outcome = run(specFor("run"), listeners);
  ASSERT_EQ(filesOf("run").size(), 1U);
  const auto scalars = scalarsOf("run");
  const auto& loss = scalars.at("train/loss");
  ASSERT_EQ(loss.size(), steps.size());
  for (const auto& p : steps) {
    EXPECT_FLOAT_EQ(float(loss.at(p.step)), float(p.loss));
    EXPECT_FLOAT_EQ(float(scalars.at("train/learning_rate").at(p.step)), float(p.learningRate));
  }
  for (const auto& e : readRun(at("run")).epochs) {
    const auto step = std::int64_t(e.epoch) * kStepsPerEpoch;
    EXPECT_FLOAT_EQ(float(scalars.at("val/loss").at(step)), float(e.valLoss));
    EXPECT_FLOAT_EQ(float(scalars.at("val/dice_mean").at(step)), float(e.diceMean));
    EXPECT_EQ(scalars.at("epoch/number").at(step), e.epoch);
    if (e.epoch > 0) {
      EXPECT_FLOAT_EQ(float(scalars.at("epoch/train_loss").at(step)), float(e.trainLoss));
    }
  }
  int changes = 0, gradients = 0;
  for (const auto& event : EventParser::read(filesOf("run").front())) {
    for (const auto& [tag, h] : event.histograms) {
      EXPECT_EQ(h.num, double(outcome.trainableTotal)) << tag;
      changes += tag == "trained/change";
      gradients += tag == "trained/gradient";
    }
  }
  EXPECT_EQ(changes, 3);
  EXPECT_EQ(gradients, 3);
}

TEST_P(RunEventFiles, ShowTheFirstPicturesAfterEveryEpoch) {
  TrainListeners listeners;
  std::size_t drawn = 0, withTruth = 0;
  listeners.draw = [&](const RgbImage& image, const ProbabilityMap& map, const MaskImage* truth) {
    EXPECT_EQ(image.width, map.width);
    EXPECT_EQ(image.height, map.height);
    withTruth += truth != nullptr && truth->width == image.width;
    return CompressedPicture{image.width, image.height, "picture " + std::to_string(drawn++)};
  };
  run(specFor("run"), listeners);
  run(specFor("plain"));
  std::map<std::int64_t, std::set<std::string>> shown;
  for (const auto& event : EventParser::read(filesOf("run").front()))
    for (const auto& [tag, picture] : event.pictures) {
      EXPECT_TRUE(picture.bytes.starts_with("picture "));
      shown[event.step].insert(tag);
    }
  ASSERT_EQ(shown.size(), 4U);  // untuned and three epochs
  std::size_t all = 0;
  for (const auto& [step, tags] : shown) {
    EXPECT_EQ(step % kStepsPerEpoch, 0);
    EXPECT_EQ(tags, shown.begin()->second);  // always the same ones
    EXPECT_LE(tags.size(), 4U);
    all += tags.size();
  }
  EXPECT_GT(all, 0U);
  EXPECT_EQ(drawn, all);
  EXPECT_EQ(withTruth, all);
  // Looking on changes nothing.
  expectSameRun("run", "plain");
}

TEST_P(RunEventFiles, APictureThatCannotBeDrawnEndsNothing) {
  TrainListeners listeners;
  int tries = 0;
  std::string told;
  listeners.draw = [&](const RgbImage&, const ProbabilityMap&, const MaskImage*) -> CompressedPicture {
    ++tries;
    throw Error(ErrorCode::Io, "picture", "cannot be encoded");
  };
  listeners.log = [&](LogLevel level, const std::string& text) {
    if (level == LogLevel::Warning) told += text;
  };
  run(specFor("run"), listeners);
  EXPECT_TRUE(readRun(at("run")).finished);
  EXPECT_EQ(tries, 1);
  EXPECT_NE(told.find("no more pictures for TensorBoard"), std::string::npos);
}

TEST_P(RunEventFiles, AStoppedRunGoesOnInAnotherFile) {
  run(specFor("whole"));
  runUntil(specFor("parts"), kStepsPerEpoch + 1);
  resume(specFor("parts"));
  EXPECT_EQ(filesOf("parts").size(), 2U);
  const auto whole = scalarsOf("whole"), parts = scalarsOf("parts");
  ASSERT_EQ(whole.size(), parts.size());
  for (const auto& [tag, points] : whole)
    if (tag != "epoch/seconds") {
      EXPECT_EQ(points, parts.at(tag)) << tag;
    }
  const auto second = EventParser::read(filesOf("parts").back());
  EXPECT_EQ(second.at(1).step, kStepsPerEpoch + 2);
  EXPECT_TRUE(second.at(1).isSessionStart);
}

TEST_P(RunEventFiles, TheOutcomeIsKept) {
  const auto outcome = run(specFor("run"));
  const auto totals = readTotals(at("run"));
  ASSERT_TRUE(totals);
  EXPECT_EQ(*totals, totalsOf(outcome));
  EXPECT_GT(totals->trainable, 0);
  EXPECT_GT(totals->seconds, 0);
  // Over both stretches of one that was stopped.
  runUntil(specFor("parts"), 2);
  const auto before = readTotals(at("parts"));
  ASSERT_TRUE(before);
  resume(specFor("parts"));
  const auto after = readTotals(at("parts"));
  ASSERT_TRUE(after);
  EXPECT_EQ(after->trainableTotal, totals->trainableTotal);
  EXPECT_GT(after->seconds, before->seconds);
}

INSTANTIATE_TEST_SUITE_P(Devices, RunEventFiles, testing::Values(DeviceKind::Cpu, DeviceKind::Cuda),
                         [](const auto& device) { return wordOf(device.param); });
