// Ctrl+C: save, say so, end with 130, and go on later as if nothing had happened.
#include <chrono>
#include <filesystem>

#include "core/checkpoints/deltafile.h"
#include "core/tuning/runfolder.h"
#include "tests/cli/pipeline.h"

namespace gps::test {
namespace {

namespace fs = std::filesystem;

class CliInterrupt : public SmallProject {
 protected:
  // By one way of computing gradients: the fastest is measured by each run for itself, so two runs may take different ones.
  static std::vector<std::string> threeEpochs(const std::string& run) {
    return trainWords() +
           std::vector<std::string>{"--selection", at("s.safetensors"), "--epochs", "3", "--backward", "sampled", "--out", at(run)};
  }
};

TEST_F(CliInterrupt, AStoppedRunGoesOnBitForBit) {
  expectGps(0, threeEpochs("whole"));
  RunOptions options;
  options.interruptAfter = {"epoch 1/3"};
  const auto stopped = expectGps(130, threeEpochs("stopped"), options);
  const auto json = stopped.json();
  EXPECT_TRUE(json["cancelled"].get<bool>());
  EXPECT_TRUE(json["resumable"].get<bool>());
  EXPECT_LT(json["epochs"].size(), 4u);
  EXPECT_NE(stopped.err.find("Stopping"), std::string::npos) << stopped.err;
  EXPECT_TRUE(readRun(at("stopped")).resumable);
  // Its finished epochs can be used.
  EXPECT_EQ(readDelta(at("stopped") + "@1").values, readDelta(at("whole") + "@1").values);

  const auto resumed = expectGps(0, {"train", "--resume", "--out", at("stopped"), "--device", "cpu", "--json"}).json();
  EXPECT_FALSE(resumed["cancelled"].get<bool>());
  ASSERT_EQ(resumed["epochs"].size(), 4u);
  const auto a = readDelta(at("whole") + "@3"), b = readDelta(at("stopped") + "@3");
  EXPECT_EQ(a.offsets, b.offsets);
  EXPECT_EQ(a.values, b.values);
  ASSERT_EQ(a.whole.size(), b.whole.size());
  for (std::size_t i = 0; i < a.whole.size(); ++i) EXPECT_EQ(a.whole[i].values, b.whole[i].values) << a.whole[i].name;
}

TEST_F(CliInterrupt, AResumedRunTakesAnotherRateAndNoOtherLength) {
  RunOptions options;
  options.interruptAfter = {"epoch 1/3"};
  expectGps(130, threeEpochs("changed"), options);
  const auto words = std::vector<std::string>{"train", "--resume", "--out", at("changed"), "--device", "cpu", "--json"};
  const auto refused = expectGps(2, words + std::vector<std::string>{"--epochs", "4", "--lr", "1e-5"}).json()["error"];
  EXPECT_EQ(refused["code"], "bad_argument");
  EXPECT_NE(refused["cause"].get<std::string>().find("training.epochs = 4 instead of 3"), std::string::npos) << refused;
  EXPECT_EQ(refused["cause"].get<std::string>().find("learning_rate"), std::string::npos) << refused;
  expectGps(0, words + std::vector<std::string>{"--lr", "1e-5"});
  EXPECT_EQ(readRun(at("changed")).spec.learningRate, 1e-5);
  EXPECT_NE(readText(at("changed/log.txt")).find("training.learning_rate = 1e-05 instead of"), std::string::npos);
  EXPECT_LE(readRun(at("changed")).epochs.back().learningRate, 1e-5);
}

TEST_F(CliInterrupt, StoppedWhileSelectingNothingIsLeftInTheWay) {
  RunOptions options;
  options.interruptAfter = {" px on "};  // the model is ready, the gradient pass begins
  const auto words = trainWords() + std::vector<std::string>{"--epochs", "1", "--k", "1", "--batch", "1", "--out", at("early")};
  auto once = words;
  once.erase(std::find(once.begin(), once.end(), "--batch"), std::find(once.begin(), once.end(), "--batch") + 2);
  const auto outcome = expectGps(130, once, options);
  EXPECT_TRUE(outcome.json()["cancelled"].get<bool>()) << outcome.out;
  if (!fs::exists(at("early/run.toml"))) {
    once.insert(once.end(), {"--limit", "2", "--val-limit", "1"});
    expectGps(0, once);
  }
}

TEST_F(CliInterrupt, EvaluateStopsToo) {
  RunOptions options;
  options.interruptAfter = {" px on "};
  const auto outcome = expectGps(130, evaluateWords() + std::vector<std::string>{"--split", "train"}, options);
  EXPECT_TRUE(outcome.json()["cancelled"].get<bool>()) << outcome.out;
}

TEST_F(CliInterrupt, TheSecondInterruptEndsAtOnce) {
  RunOptions options;
  options.interruptAfter = {"epoch 1/3", ""};
  const auto start = std::chrono::steady_clock::now();
  const auto outcome = runGps(threeEpochs("twice"), options);
  EXPECT_EQ(outcome.exitCode, 130) << outcome.err;
  EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), 60);
  // Whatever the moment, what is on the disk can be read: the run has its first epoch.
  EXPECT_FALSE(readDelta(at("twice") + "@1").values.empty());
}

}  // namespace
}  // namespace gps::test
