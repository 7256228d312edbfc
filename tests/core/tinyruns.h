#pragma once
// Whole runs of the tiny model on drawn discs, in a folder of their own.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <functional>

#include "core/backbones/device.h"
#include "core/checkpoints/deltafile.h"
#include "core/checkpoints/readers/tensorfile.h"
#include "core/tuning/runfolder.h"
#include "core/tuning/runstate.h"
#include "core/tuning/trainer.h"
#include "tests/core/tinymodel.h"

namespace gps::test {

class TinyRuns : public testing::TestWithParam<DeviceKind> {
 protected:
  static constexpr int kStepsPerEpoch = 3;

  void SetUp() override {
    if (GetParam() == DeviceKind::Cuda && !cudaIsUsable()) GTEST_SKIP() << "no CUDA device";
    m_folder = std::filesystem::temp_directory_path() / ("gps-runs-" + std::to_string(::getpid()));
    std::filesystem::remove_all(m_folder);
  }
  void TearDown() override { std::filesystem::remove_all(m_folder); }

  std::string at(const std::string& run) const { return (m_folder / run).string(); }

  TrainSpec specFor(const std::string& run, int epochs = 3) const {
    TrainSpec spec;
    spec.runFolder = at(run);
    spec.device.device = GetParam();
    spec.device.threads = 2;
    spec.epochs = epochs;
    spec.batch = 3;
    spec.selection.batch = 4;
    spec.learningRate = 2e-3;
    return spec;
  }

  TrainOutcome run(const TrainSpec& spec, RunControl& control, const TrainListeners& listeners = {}) {
    const auto model = tinyModel();
    return train(*model, m_data, m_images, nullptr, spec, control, listeners);
  }
  TrainOutcome run(const TrainSpec& spec, const TrainListeners& listeners = {}) {
    RunControl control;
    return run(spec, control, listeners);
  }
  TrainOutcome resume(TrainSpec spec, const TrainListeners& listeners = {}) {
    spec.resume = true;
    return run(spec, listeners);
  }
  // Until so many steps of the whole run are done.
  void runUntil(const TrainSpec& spec, std::int64_t step) {
    RunControl control;
    control.setProgressSink([&](const Progress& p) {
      if (p.stage == "train" && p.done == step) control.requestStop();
    });
    ASSERT_TRUE(run(spec, control).cancelled);
  }
  void stopAfterEpoch(const TrainSpec& spec, int epoch) {
    RunControl control;
    TrainListeners listeners;
    listeners.epoch = [&](const EpochRecord& e) {
      if (e.epoch == epoch) control.requestStop();
    };
    ASSERT_TRUE(run(spec, control, listeners).cancelled);
  }
  // What a run fails with.
  Error failureOf(const std::function<void()>& work) {
    try {
      work();
    } catch (const Error& e) {
      return e;
    }
    ADD_FAILURE() << "nothing was thrown";
    return Error(ErrorCode::Internal, "", "");
  }

  RunPosition positionOf(const std::string& run) const { return readRunPosition(at(run) + "/state/last.safetensors"); }

  void expectStateIsFinite(const std::string& run) const {
    const auto path = at(run) + "/state/last.safetensors";
    const auto file = openTensorFile(path);
    for (const auto* name : {"values", "m", "v"}) {
      const auto* record = file.find(name);
      ASSERT_NE(record, nullptr);
      std::vector<float> values(std::size_t(record->elements()));
      copyAsFloat(file, *record, values.data());
      for (const auto x : values) ASSERT_TRUE(std::isfinite(x)) << name;
    }
  }

  // Deltas of every epoch and the metrics, bit for bit.
  void expectSameRun(const std::string& a, const std::string& b) const {
    const auto first = readRun(at(a)), second = readRun(at(b));
    EXPECT_TRUE(first.finished);
    EXPECT_TRUE(second.finished);
    ASSERT_EQ(first.epochs.size(), second.epochs.size());
    for (std::size_t i = 0; i < first.epochs.size(); ++i) {
      const auto &x = first.epochs[i], &y = second.epochs[i];
      EXPECT_EQ(x.epoch, y.epoch);
      EXPECT_EQ(x.trainLoss, y.trainLoss) << i;
      EXPECT_EQ(x.valLoss, y.valLoss) << i;
      EXPECT_EQ(x.diceMean, y.diceMean) << i;
      if (x.epoch > 0) expectSameDelta(a, b, x.epoch);
    }
  }
  void expectSameDelta(const std::string& a, const std::string& b, int epoch) const {
    const auto which = "@" + std::to_string(epoch);
    const auto x = readDelta(at(a) + which), y = readDelta(at(b) + which);
    EXPECT_EQ(x.offsets, y.offsets) << which;
    EXPECT_EQ(x.values, y.values) << which;
    EXPECT_EQ(x.pictures, y.pictures) << which;
    ASSERT_EQ(x.whole.size(), y.whole.size());
    for (std::size_t i = 0; i < x.whole.size(); ++i) EXPECT_EQ(x.whole[i].values, y.whole[i].values) << x.whole[i].name << which;
  }

  std::filesystem::path m_folder;
  DataSummary m_data = discs(8, 2);
  std::shared_ptr<const ImageSource> m_images = std::make_shared<DiscSource>();
};

}  // namespace gps::test
