// A run folder as a process leaves it that was killed between two writes: it can be read, and resumed it ends as if nothing had happened.
#include <fstream>

#include "core/nn/gradientpaths.h"
#include "core/tuning/textfile.h"
#include "tests/core/tinyruns.h"

using namespace gps;
using namespace gps::test;
namespace fs = std::filesystem;

namespace {

class InterruptedRun : public TinyRuns {
 protected:
  void SetUp() override {
    TinyRuns::SetUp();
    if (IsSkipped()) return;
    // A copy of the folder as it stands at the end of every epoch, 0 being the untuned model.
    TrainListeners listeners;
    listeners.epoch = [&](const EpochRecord& e) { copy("whole", "after" + std::to_string(e.epoch)); };
    run(specFor("whole"), listeners);
  }

  void copy(const std::string& from, const std::string& to) const {
    fs::copy(at(from), at(to), fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  }
  // One file of another moment.
  void take(const std::string& run, const std::string& moment, const std::string& file) const {
    fs::copy_file(at(moment) + "/" + file, at(run) + "/" + file, fs::copy_options::overwrite_existing);
  }
  void drop(const std::string& run, const std::string& file) const { fs::remove(at(run) + "/" + file); }
  void expectGoesOn(const std::string& name) {
    const auto killed = readRun(at(name));
    EXPECT_TRUE(killed.resumable);
    EXPECT_FALSE(killed.finished);
    resume(specFor(name));
    expectSameRun(name, "whole");
  }
};

}  // namespace

TEST_P(InterruptedRun, BetweenAnyTwoWritesOfAnEpoch) {
  for (const int epoch : {1, 2, 3}) {
    const auto before = "after" + std::to_string(epoch - 1), after = "after" + std::to_string(epoch);
    const auto delta = "deltas/epoch-000" + std::to_string(epoch) + ".safetensors";
    copy(before, "running");
    expectGoesOn("running");

    copy(before, "delta");
    take("delta", after, delta);
    EXPECT_EQ(readRun(at("delta")).epochs.size(), std::size_t(epoch));
    expectGoesOn("delta");

    copy(before, "torn");
    take("torn", after, delta);
    std::ofstream(at("torn") + "/metrics.jsonl", std::ios::app) << "{\"epoch\":" << epoch << ",\"train_lo";
    EXPECT_EQ(readRun(at("torn")).epochs.size(), std::size_t(epoch));
    expectGoesOn("torn");

    copy(before, "metrics");
    take("metrics", after, delta);
    take("metrics", after, "metrics.jsonl");
    EXPECT_EQ(readRun(at("metrics")).epochs.size(), std::size_t(epoch) + 1);
    expectGoesOn("metrics");

    copy(after, "state");
    expectGoesOn("state");
    for (const auto* name : {"running", "delta", "torn", "metrics", "state"}) fs::remove_all(at(name));
  }
}

TEST_P(InterruptedRun, AnEpochBehindTheStateIsNoEpoch) {
  copy("after1", "killed");
  take("killed", "after2", "deltas/epoch-0002.safetensors");
  auto spec = specFor("killed");
  spec.resume = true;
  RunControl control;
  control.requestStop();
  EXPECT_TRUE(run(spec, control).cancelled);
  EXPECT_FALSE(fs::exists(at("killed") + "/deltas/epoch-0002.safetensors"));
  EXPECT_THROW(readDelta(at("killed") + "@2"), Error);
  expectGoesOn("killed");
}

TEST_P(InterruptedRun, WhileTheUntunedModelIsScored) {
  copy("after0", "killed");
  drop("killed", "metrics.jsonl");
  EXPECT_TRUE(readRun(at("killed")).epochs.empty());
  expectGoesOn("killed");

  RunControl control;
  control.setProgressSink([&](const Progress& p) {
    if (p.stage == "validate") control.requestStop();
  });
  ASSERT_TRUE(run(specFor("stopped"), control).cancelled);
  expectGoesOn("stopped");
}

TEST_P(InterruptedRun, BeforeItsStateExisted) {
  const auto passes = [&](const std::string& name) {
    bool hasPassed = false;
    auto spec = specFor(name);
    spec.resume = true;
    RunControl control;
    control.setProgressSink([&](const Progress& p) { hasPassed = hasPassed || p.stage == "gradient"; });
    run(spec, control);
    expectSameRun(name, "whole");
    return hasPassed;
  };
  // With the settings alone it begins anew.
  copy("after0", "settings");
  fs::remove_all(at("settings") + "/state");
  fs::remove_all(at("settings") + "/deltas");
  drop("settings", "metrics.jsonl");
  drop("settings", "env.json");
  EXPECT_TRUE(readRun(at("settings")).resumable);
  EXPECT_TRUE(passes("settings"));
  EXPECT_TRUE(fs::exists(at("settings") + "/env.json"));
  // With the base delta it does not select again.
  copy("after0", "selected");
  fs::remove_all(at("selected") + "/state");
  drop("selected", "metrics.jsonl");
  EXPECT_FALSE(passes("selected"));
  // Without settings there is no run yet, and nothing in the way of one.
  copy("after0", "nameless");
  drop("nameless", "run.toml");
  fs::remove_all(at("nameless") + "/state");
  drop("nameless", "metrics.jsonl");
  EXPECT_THROW(readRun(at("nameless")), Error);
  run(specFor("nameless"));
  expectSameRun("nameless", "whole");
}

TEST_P(InterruptedRun, TheWaysOfItsGradientsAreKnownFromTheFirstStepOn) {
  const auto paths = GradientPaths::ofThisProcess();
  paths->choose(
      "another shape", {GradientPath::Union, GradientPath::Dense}, true, [](GradientPath) {}, [] {});
  struct Killed {};
  TrainListeners listeners;
  listeners.step = [](const StepPoint&) { throw Killed{}; };
  EXPECT_THROW(run(specFor("killed", 5), listeners), Killed);  // on a GPU at the end of the first epoch
  const auto file = at("killed") + "/state/paths";
  EXPECT_EQ(readText(file), paths->text());
  EXPECT_EQ(positionOf("killed").step, 0);
  // Another process would have measured otherwise.
  writeTextAtomically(file, "another shape = sampled\n");
  runUntil(
      [&] {
        auto spec = specFor("killed", 5);
        spec.resume = true;
        return spec;
      }(),
      10);
  EXPECT_NE(paths->text().find("another shape = sampled"), std::string::npos);
}

TEST_P(InterruptedRun, WithASelectionOfTheCallerThatIsNowhereElse) {
  const auto model = tinyModel();
  Selection selection;
  const auto made = readDelta(at("whole") + "/deltas/base.safetensors");
  selection.offsets = made.offsets;
  selection.pictures = made.pictures;
  selection.spec = made.info.selection;
  RunControl control;
  TrainListeners listeners;
  struct Killed {};
  listeners.epoch = [](const EpochRecord&) { throw Killed{}; };  // the untuned model: the state has just been written
  EXPECT_THROW(train(*model, m_data, m_images, &selection, specFor("given"), control, listeners), Killed);
  fs::remove_all(at("given") + "/state");
  drop("given", "metrics.jsonl");
  expectGoesOn("given");
}

TEST_P(InterruptedRun, UnfinishedFilesGo) {
  copy("after1", "killed");
  for (const auto* name : {"run.toml.tmp", "metrics.jsonl.tmp", "deltas/epoch-0002.safetensors.tmp", "state/last.safetensors.tmp",
                           "state/gradient.partial.tmp"})
    std::ofstream(at("killed") + "/" + name) << "half";
  expectGoesOn("killed");
  for (const auto& entry : fs::recursive_directory_iterator(at("killed"))) EXPECT_NE(entry.path().extension(), ".tmp") << entry.path();
  EXPECT_FALSE(fs::exists(at("killed") + "/state/epoch.safetensors"));
}

TEST_P(InterruptedRun, PicturesOfAStoppedFirstEpochAreRemembered) {
  run(specFor("one", 1));
  const auto spec = specFor("stopped", 1);
  runUntil(spec, 2);
  resume(spec);
  expectSameRun("stopped", "one");
  EXPECT_FALSE(readDelta(at("one") + "@1").pictures.empty());
}

TEST_P(InterruptedRun, OtherWeightsAreRefusedWhateverTrains) {
  for (const auto method : {Method::Gps, Method::Full, Method::Decoder, Method::Bias}) {
    auto spec = specFor(wordOf(method));
    spec.method = method;
    runUntil(spec, 1);
    const auto other = tinyModel();
    other->setBaseHash("other");
    spec.resume = true;
    RunControl control;
    const auto failure = failureOf([&] { train(*other, m_data, m_images, nullptr, spec, control); });
    EXPECT_EQ(failure.code(), ErrorCode::Mismatch) << wordOf(method);
  }
}

// Every finished run is refused, every other one is not.
TEST_P(InterruptedRun, AFinishedRunIsNotResumed) {
  EXPECT_EQ(failureOf([&] { resume(specFor("whole")); }).code(), ErrorCode::BadArgument);
  copy("whole", "unmarked");  // killed before it was marked
  drop("unmarked", "state/finished");
  expectGoesOn("unmarked");
}

INSTANTIATE_TEST_SUITE_P(Devices, InterruptedRun, testing::Values(DeviceKind::Cpu, DeviceKind::Cuda),
                         [](const auto& device) { return wordOf(device.param); });
