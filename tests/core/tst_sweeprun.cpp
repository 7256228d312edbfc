// A sweep on the tiny model: runs that share a pass are those of gps train bit for bit, one that fails stops nobody, and a sweep that was
// stopped goes on.
#include "core/tuning/sweep/sweeprun.h"

#include <fstream>

#include "core/tuning/textfile.h"
#include "tests/core/tinyruns.h"

using namespace gps;
using namespace gps::test;

namespace {

class SweepRuns : public TinyRuns {
 protected:
  SweepPlan planOf(const std::string& sweep, int epochs = 2) const {
    return sweepPlanFromToml("[sweep]\n" + sweep, "plan.toml", at("sweep"), specFor("", epochs));
  }

  std::vector<SweepResult> sweep(const SweepPlan& plan, RunControl& control, const SweepListeners& listeners = {}) {
    control.setProgressSink([&](const Progress& p) { m_passes += p.stage == "gradient" && p.done == p.total; });
    const auto model = tinyModel();
    return runSweep(
        plan, at("sweep"), m_data, m_images, [&](TrainSpec&) -> Model& { return *model; }, control, listeners);
  }
  std::vector<SweepResult> sweep(const SweepPlan& plan, const SweepListeners& listeners = {}) {
    RunControl control;
    return sweep(plan, control, listeners);
  }

  int m_passes = 0;
};

TEST_P(SweepRuns, RunsThatShareAPassAreThoseOfTheirOwn) {
  const auto plan = planOf("k = [1, 3]\nscheme = [\"neuron\", \"net\", \"random\", \"decoder\"]\nseed = [1, 2]\n");
  ASSERT_EQ(plan.runs.size(), 14u);
  const auto results = sweep(plan);
  EXPECT_EQ(m_passes, 2);  // one for each seed
  EXPECT_FALSE(std::filesystem::exists(at("sweep/passes")));
  ASSERT_EQ(results.size(), plan.runs.size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    EXPECT_EQ(results[i].status, SweepStatus::Finished) << results[i].error;
    EXPECT_EQ(results[i].run.name, plan.runs[i].name);
    EXPECT_EQ(results[i].outcome.epochs.size(), 3u);
    EXPECT_GT(results[i].deltaMib, 0);
  }
  for (const std::size_t i : {3u, 5u, 9u, 12u}) {
    auto spec = plan.runs[i].spec;
    spec.runFolder = at("own" + std::to_string(i));
    run(spec);
    expectSameRun("sweep/" + plan.runs[i].name, "own" + std::to_string(i));
    EXPECT_EQ(readText(spec.runFolder + "/run.toml"), readText(plan.runs[i].spec.runFolder + "/run.toml"));
  }
}

TEST_P(SweepRuns, OneThatFailsDoesNotStopTheRest) {
  const auto plan = planOf("k = [1]\nlearning_rate = [1e-3, 1e3]\nseed = [1, 2]\n");
  const auto results = sweep(plan);
  EXPECT_EQ(results[0].status, SweepStatus::Finished);
  EXPECT_EQ(results[1].status, SweepStatus::Finished);
  for (const int i : {2, 3}) {
    EXPECT_EQ(results[std::size_t(i)].status, SweepStatus::Failed);
    EXPECT_NE(results[std::size_t(i)].error.find("finite"), std::string::npos) << results[std::size_t(i)].error;
  }
}

TEST_P(SweepRuns, StoppedAnywhereItGoesOnAndDoesNothingTwice) {
  const auto plan = planOf("k = [1, 3]\nscheme = [\"neuron\", \"full\"]\n");
  RunControl control;
  SweepListeners listeners;
  listeners.epoch = [&](const SweepRun& run, const EpochRecord& e) {
    if (run.name == "neuron-k3" && e.epoch == 1) control.requestStop();
  };
  const auto stopped = sweep(plan, control, listeners);
  EXPECT_EQ(stopped[0].status, SweepStatus::Finished);
  EXPECT_EQ(stopped[1].status, SweepStatus::Stopped);
  EXPECT_EQ(stopped[2].status, SweepStatus::Waiting);
  EXPECT_EQ(m_passes, 1);

  const auto results = sweep(plan);
  EXPECT_EQ(m_passes, 1);  // the stopped run knows its selection
  EXPECT_EQ(results[0].status, SweepStatus::Before);
  EXPECT_EQ(results[0].outcome.bestEpoch, stopped[0].outcome.bestEpoch);
  EXPECT_EQ(results[1].status, SweepStatus::Finished) << results[1].error;
  EXPECT_EQ(results[2].status, SweepStatus::Finished) << results[2].error;
  auto spec = plan.runs[1].spec;
  spec.runFolder = at("own");
  run(spec);
  expectSameRun("sweep/neuron-k3", "own");
}

TEST_P(SweepRuns, StoppedInItsPassItGoesOnWithThePass) {
  const auto plan = planOf("k = [1, 3]\n");
  RunControl control;
  const auto model = tinyModel();
  control.setProgressSink([&](const Progress& p) {
    if (p.stage == "gradient" && p.done > 0) control.requestStop();
  });
  const auto supply = [&](TrainSpec&) -> Model& { return *model; };
  const auto stopped = runSweep(plan, at("sweep"), m_data, m_images, supply, control);
  EXPECT_EQ(stopped[0].status, SweepStatus::Stopped);
  EXPECT_EQ(stopped[1].status, SweepStatus::Waiting);
  for (const auto& result : sweep(plan)) EXPECT_EQ(result.status, SweepStatus::Finished) << result.error;
  auto spec = plan.runs[1].spec;
  spec.runFolder = at("own");
  run(spec);
  expectSameRun("sweep/k3", "own");
}

INSTANTIATE_TEST_SUITE_P(Devices, SweepRuns, testing::Values(DeviceKind::Cpu, DeviceKind::Cuda),
                         [](const auto& p) { return wordOf(p.param); });

}  // namespace
