// Whole runs that real processes share: the run folder is that of one process, and every way to end leaves a run that goes on.
#include <ATen/detail/CUDAHooksInterface.h>
#include <signal.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <set>

#include "core/checkpoints/deltafile.h"
#include "core/checkpoints/deltapath.h"
#include "core/distributed/workgroup.h"
#include "core/tuning/runfolder.h"
#include "core/tuning/runstate.h"
#include "core/tuning/trainer.h"
#include "tests/core/tinyclassifier.h"
#include "tests/core/tinymodel.h"
#include "tests/distributed/ranks.h"
#include "tests/support/temporaryfolder.h"

namespace gps::test {
namespace {

namespace fs = std::filesystem;

constexpr int kEpochs = 3, kStepsPerEpoch = 3;  // of 3, 3 and 2 pictures

class BadSource : public DiscSource {
 public:
  RgbImage loadImage(const std::string& path) const override {
    if (path == "6") throw Error(ErrorCode::BadFile, "picture 6", "the picture cannot be decoded");
    return DiscSource::loadImage(path);
  }
};

TrainSpec specFor(const std::string& folder, bool isVit) {
  auto spec = defaultTrainSpec(isVit ? TaskKind::Classification : TaskKind::Segmentation);
  spec.runFolder = folder;
  spec.device.device = DeviceKind::Cpu;
  spec.device.threads = 1;
  spec.epochs = kEpochs;
  spec.batch = 3;
  spec.selection.batch = 4;
  spec.learningRate = 2e-3;
  if (isVit) {
    spec.schedule = ScheduleKind::Cosine;
    spec.mixup = 0.8;
    spec.dropPath = 0.3;
    spec.emaDecay = 0.9;
    spec.labelSmoothing = 0.1;
    spec.clipNorm = 1;
  } else {
    spec.warmupEpochs = 1;
  }
  return spec;
}

// RUN seg|vit|vit16 alone|shared|aloneOnGpu|sharedOnGpu WHAT [AT]: a run of which rank 1 does WHAT once AT steps are done.
//   on: nothing; resume: goes on; stop: it is asked to stop; stopPass: so in the gradient pass; kill: it is killed; killMain: rank 0 is
//   instead; bad: it cannot read picture 6; blocked: rank 0 cannot write the delta of epoch 1; otherBase: its weights are others;
//   otherRate: its learning rate is; stopWarmUp: it is asked to stop in the warm-up. vit16: vit in bf16. Exit code 130: cancelled.
int run(const Arguments& arguments) {
  const bool isVit = arguments.at(1).starts_with("vit");
  const std::string& what = arguments.at(3);
  const auto at = arguments.size() > 4 ? std::stoll(arguments[4]) : 0;
  const bool onGpu = arguments.at(2).ends_with("OnGpu");
  WorkGroupOptions options;
  if (onGpu) {
    setenv("CUDA_VISIBLE_DEVICES", std::getenv("LOCAL_RANK"), 1);
    options.cudaDevice = 0;
  }
  const auto group = arguments[2].starts_with("alone") ? nullptr : WorkGroup::join(launchEnvironment().value(), options);
  const int rank = group ? group->rank() : 0;
  auto spec = specFor(arguments.at(0), isVit);
  if (onGpu) {
    spec.device.device = DeviceKind::Cuda;
    spec.backward = BackwardPath::Sampled;  // measured, the ways of two runs may differ
  }
  if (arguments[1] == "vit16") spec.device.precision = Precision::Bf16;
  if (what == "otherRate" && rank == 1) spec.learningRate *= 2;
  spec.resume = what == "resume";
  const auto model = isVit ? tinyClassifier() : tinyModel();
  if (what == "otherBase" && rank == 1) model->setBaseHash("another");
  std::shared_ptr<const ImageSource> images = std::make_shared<StripeSource>();
  if (!isVit) images = std::make_shared<DiscSource>();
  if (what == "bad" && rank == 1) images = std::make_shared<BadSource>();
  RunControl control;
  control.setProgressSink([&](const Progress& p) {
    if (what == "stopPass" && p.stage == "gradient" && rank == 1) control.requestStop();
    if (what == "stopWarmUp" && p.stage == "warm-up" && rank == 1) control.requestStop();
    if (p.stage != "train" || p.done != at) return;
    if (what == "stop" && rank == 1) control.requestStop();
    if (what == "kill" && rank == 1) ::raise(SIGKILL);
    if (what == "killMain" && rank == 0) ::raise(SIGKILL);
  });
  TrainListeners listeners;
  listeners.epoch = [&](const EpochRecord& e) {
    if (what == "blocked" && rank == 0 && e.epoch == 0)
      fs::create_directories(spec.runFolder + "/deltas/epoch-0001.safetensors/in the way");
  };
  const auto outcome = train(*model, isVit ? stripes(8, 5) : discs(8, 5), images, nullptr, spec, control, listeners, group.get());
  EXPECT_EQ(outcome.ranks, group ? group->size() : 1);
  EXPECT_EQ(outcome.bytesPerStep, group ? (outcome.trainableTotal + 1) * 4 : 0);
  return testing::Test::HasFailure() ? 3 : outcome.cancelled ? 130 : 0;
}

class SharedRun : public testing::Test {
 protected:
  static void SetUpTestSuite() { s_folder = std::make_unique<TemporaryFolder>(); }
  static void TearDownTestSuite() { s_folder.reset(); }
  static std::string at(const std::string& run) { return *s_folder / run; }

  // The run of so many ranks from beginning to end, made once.
  std::string whole(int size, const std::string& task) const {
    const auto name = task + "By" + std::to_string(size);
    if (!fs::exists(at(name))) expectRuns(size, name, task);
    return name;
  }

  std::vector<RankEnd> start(int size, const std::string& name, const std::string& task, const std::string& what, int step = 0) const {
    return runRanks(size, "run", {at(name), task, (size > 1 ? "shared" : "alone") + place, what, std::to_string(step)});
  }
  void expectRuns(int size, const std::string& name, const std::string& task, const std::string& what = "on") const {
    for (const auto& end : start(size, name, task, what)) ASSERT_EQ(end.exitCode, 0) << name << ": " << end.output;
    EXPECT_TRUE(readRun(at(name)).finished);
  }
  RunPosition positionOf(const std::string& name) const { return readRunPosition(at(name) + "/state/last.safetensors"); }

  std::set<std::string> filesOf(const std::string& name) const {
    std::set<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(at(name))) files.insert(fs::relative(entry.path(), at(name)).string());
    // Their names tell time and process; a run that was resumed has several.
    std::erase_if(files, [](const std::string& file) { return file.starts_with("events.out.tfevents."); });
    return files;
  }

  std::string place;  // "OnGpu"

  // tolerance 0: bit for bit; else relative, of what a step changed.
  void expectSame(const std::string& a, const std::string& b, double tolerance = 0) const {
    const auto first = readRun(at(a)), second = readRun(at(b));
    EXPECT_EQ(filesOf(a), filesOf(b));
    const auto pictures = std::string("/deltas/") + kRunPicturesName;
    EXPECT_EQ(textOfFile(at(a) + pictures), textOfFile(at(b) + pictures));
    EXPECT_FALSE(textOfFile(at(a) + pictures).empty());
    ASSERT_EQ(first.epochs.size(), std::size_t(kEpochs + 1));
    ASSERT_EQ(second.epochs.size(), first.epochs.size());
    const auto expectNear = [&](double x, double y, const char* name, std::size_t epoch) {
      EXPECT_LE(std::abs(x - y), tolerance * std::abs(y)) << name << " of epoch " << epoch << " in " << a << ": " << x << ", " << y;
    };
    for (std::size_t i = 0; i < first.epochs.size(); ++i) {
      const auto &x = first.epochs[i], &y = second.epochs[i];
      if (i == 0) {
        EXPECT_EQ(x.valLoss, y.valLoss);  // put together in the order of one process
      }
      expectNear(x.trainLoss, y.trainLoss, "training loss", i);
      expectNear(x.valLoss, y.valLoss, "validation loss", i);
      expectNear(x.headline(), y.headline(), "score", i);
      EXPECT_EQ(x.emaTop1.has_value(), y.emaTop1.has_value());
      if (i > 0) expectSameDelta(a, b, int(i), tolerance);
    }
  }
  void expectSameDelta(const std::string& a, const std::string& b, int epoch, double tolerance) const {
    const auto which = "@" + std::to_string(epoch);
    const auto x = readDelta(at(a) + which), y = readDelta(at(b) + which);
    EXPECT_EQ(x.offsets, y.offsets) << which;
    EXPECT_EQ(x.pictures, y.pictures) << which;
    EXPECT_FALSE(x.pictures.empty());
    const auto apart = [](const std::vector<float>& p, const std::vector<float>& q) {
      double difference = 0, norm = 0;
      for (std::size_t i = 0; i < std::min(p.size(), q.size()); ++i) {
        difference += std::pow(double(p[i]) - double(q[i]), 2);
        norm += double(q[i]) * double(q[i]);
      }
      return p.size() != q.size() ? 1 : norm > 0 ? std::sqrt(difference / norm) : difference;
    };
    EXPECT_LE(apart(x.values, y.values), tolerance) << a << which;
    ASSERT_EQ(x.whole.size(), y.whole.size());
    // Adam makes whole steps of what rounding leaves where there is no gradient, as at a key bias.
    if (tolerance > 0) return;
    for (std::size_t i = 0; i < x.whole.size(); ++i) EXPECT_EQ(x.whole[i].values, y.whole[i].values) << x.whole[i].name << which;
  }

  static inline std::unique_ptr<TemporaryFolder> s_folder;
};

class SharedRunOf : public SharedRun, public testing::WithParamInterface<int> {};

TEST_P(SharedRunOf, EqualsTheSingleProcessAndItself) {
  NEEDS_GLOO();
  const int size = GetParam();
  for (const std::string task : {"seg", "vit"}) {
    const auto shared = whole(size, task), again = shared + "Again";
    expectRuns(size, again, task);
    expectSame(shared, whole(1, task), 2e-3);
    expectSame(shared, again);
    const auto log = textOfFile(at(shared) + "/log.txt");
    EXPECT_NE(log.find(std::to_string(size) + " ranks; each hands "), std::string::npos) << log;
    EXPECT_NE(textOfFile(at(shared) + "/env.json").find("\"ranks\": " + std::to_string(size)), std::string::npos);
  }
}

TEST_P(SharedRunOf, StoppedOnOneRankAllStopBehindTheSameStepAndGoOnBitForBit) {
  NEEDS_GLOO();
  const int size = GetParam();
  for (const std::string task : {"seg", "vit"}) {
    if (size > 2 && task == "seg") continue;
    const auto name = task + "StoppedBy" + std::to_string(size);
    for (const auto& end : start(size, name, task, "stop", 4)) ASSERT_EQ(end.exitCode, 130) << end.output;
    EXPECT_EQ(positionOf(name).step, 4);
    expectRuns(size, name, task, "resume");
    expectSame(name, whole(size, task));
  }
}

TEST_P(SharedRunOf, StoppedOnOneRankInTheWarmUpItBeginsThereAgain) {
  NEEDS_GLOO();
  const int size = GetParam();
  const auto name = "stoppedWarmUp" + std::to_string(size);
  for (const auto& end : start(size, name, "seg", "stopWarmUp")) ASSERT_EQ(end.exitCode, 130) << end.output;
  EXPECT_FALSE(positionOf(name).warmedUp);
  expectRuns(size, name, "seg", "resume");
  expectSame(name, whole(size, "seg"));
}

TEST_P(SharedRunOf, StoppedInItsGradientPassItGoesOnAndLeavesNothingOfThePass) {
  NEEDS_GLOO();
  const int size = GetParam();
  const auto name = "stoppedPass" + std::to_string(size);
  for (const auto& end : start(size, name, "seg", "stopPass")) ASSERT_EQ(end.exitCode, 130) << end.output;
  EXPECT_TRUE(readRun(at(name)).resumable);
  expectRuns(size, name, "seg", "resume");
  expectSame(name, whole(size, "seg"));
}

TEST_P(SharedRunOf, AKilledRankEndsAllAndTheRunGoesOn) {
  NEEDS_GLOO();
  const int size = GetParam();
  for (const std::string what : {"kill", "killMain"}) {
    if (size > 2 && what == "killMain") continue;
    const auto name = what + std::to_string(size);
    const auto ends = start(size, name, "seg", what, 5);
    const int killed = what == "kill" ? 1 : 0;
    for (int rank = 0; rank < size; ++rank) {
      const auto& end = ends[std::size_t(rank)];
      if (rank == killed) {
        EXPECT_EQ(end.signal, SIGKILL);
        continue;
      }
      EXPECT_EQ(end.exitCode, 1) << end.output;
      EXPECT_NE(end.output.find("lost contact"), std::string::npos) << end.output;
      EXPECT_NE(end.output.find("--resume"), std::string::npos) << end.output;
      EXPECT_LT(end.seconds - ends[std::size_t(killed)].seconds, 5);
    }
    EXPECT_TRUE(readRun(at(name)).resumable);
    expectRuns(size, name, "seg", "resume");
    expectSame(name, whole(size, "seg"));
  }
}

INSTANTIATE_TEST_SUITE_P(Ranks, SharedRunOf, testing::Values(2, 3), [](const auto& p) { return "of" + std::to_string(p.param); });

TEST_F(SharedRun, TwoGpusEqualOneStopAndEndWhenOneIsKilled) {
  NEEDS_GLOO();
  if (at::detail::getCUDAHooks().getNumGPUs() < 2) GTEST_SKIP() << "fewer than two CUDA devices; NCCL needs one for each rank";
  place = "OnGpu";
  for (const std::string task : {"seg", "vit"}) {
    const auto name = task + "Gpu";
    expectRuns(1, name + "1", task);
    expectRuns(2, name, task);
    expectRuns(2, name + "Again", task);
    expectSame(name, name + "1", 2e-2);
    expectSame(name, name + "Again");
    for (const auto& end : start(2, name + "Stopped", task, "stop", 4)) ASSERT_EQ(end.exitCode, 130) << end.output;
    expectRuns(2, name + "Stopped", task, "resume");
    expectSame(name + "Stopped", name);
  }
  const auto ends = start(2, "killedGpu", "vit", "kill", 5);
  EXPECT_EQ(ends[0].exitCode, 1) << ends[0].output;
  EXPECT_NE(ends[0].output.find("lost contact"), std::string::npos) << ends[0].output;
  EXPECT_LT(ends[0].seconds - ends[1].seconds, 15);
  expectRuns(2, "killedGpu", "vit", "resume");
  expectSame("killedGpu", "vitGpu");
}

TEST_F(SharedRun, GoesOnWithAnotherNumberOfRanks) {
  NEEDS_GLOO();
  for (const auto& [before, after] : {std::pair{2, 1}, {1, 3}}) {
    const auto name = std::to_string(before) + "then" + std::to_string(after);
    const auto ends = before == 1 ? start(1, name, "vit", "killMain", 5) : start(before, name, "vit", "stop", 4);
    for (const auto& end : ends) EXPECT_NE(end.exitCode, 0) << end.output;
    expectRuns(after, name, "vit", "resume");
    expectSame(name, whole(1, "vit"), 2e-3);
  }
}

TEST_F(SharedRun, TheBestEpochOfANarrowRunIsMeasuredInFp32ByAll) {
  NEEDS_GLOO();
  const auto name = whole(2, "vit16");
  expectRuns(2, "vit16Again", "vit16");
  expectSame(name, "vit16Again");
  const auto run = readRun(at(name)), again = readRun(at("vit16Again"));
  int measured = 0;
  for (std::size_t i = 0; i < run.epochs.size(); ++i) {
    EXPECT_EQ(run.epochs[i].precision, Precision::Bf16);
    ASSERT_EQ(run.epochs[i].again.has_value(), again.epochs[i].again.has_value());
    if (!run.epochs[i].again) continue;
    ++measured;
    EXPECT_EQ(run.epochs[i].epoch, run.bestEpoch);
    EXPECT_EQ(run.epochs[i].again->precision, Precision::Fp32);
    EXPECT_EQ(run.epochs[i].again->valLoss, again.epochs[i].again->valLoss);
    EXPECT_TRUE(run.epochs[i].again->emaTop1.has_value());
    EXPECT_NEAR(run.epochs[i].again->valLoss, run.epochs[i].valLoss, 0.05 * run.epochs[i].valLoss);
    EXPECT_NE(run.epochs[i].again->valLoss, run.epochs[i].valLoss);
  }
  EXPECT_EQ(measured, 1);
}

TEST_F(SharedRun, ARankThatFailsSaysWhyAndTheOthersSayThatOneFailed) {
  NEEDS_GLOO();
  struct Failure {
    std::string what;
    int rank;
    std::string says;
  };
  for (const auto& [what, rank, says] :
       {Failure{"bad", 1, "picture 6: the picture cannot be decoded"}, Failure{"blocked", 0, "epoch-0001.safetensors"},
        Failure{"otherBase", 1, "has other weights than rank 0"}, Failure{"otherRate", 1, "has other settings than rank 0"}}) {
    const auto ends = start(3, what, "seg", what);
    for (int r = 0; r < 3; ++r) {
      const auto& end = ends[std::size_t(r)];
      EXPECT_EQ(end.exitCode, 1) << end.output;
      EXPECT_NE(end.output.find(r == rank ? says : "another rank has failed"), std::string::npos)
          << what << ", rank " << r << ": " << end.output;
    }
  }
  fs::remove_all(at("blocked") + "/deltas/epoch-0001.safetensors");
  expectRuns(2, "blocked", "seg", "resume");
}

}  // namespace
}  // namespace gps::test

int main(int argc, char** argv) { return gps::test::runTestsOrRole(argc, argv, {{"run", gps::test::run}}); }
