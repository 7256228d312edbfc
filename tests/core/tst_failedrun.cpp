// A run that fails keeps its last good state, says what to do, and goes on when that was done.
#include <c10/core/CPUAllocator.h>
#include <signal.h>
#include <sys/resource.h>

#include <atomic>
#include <thread>
#include <utility>

#include "core/tuning/memoryremedy.h"
#include "core/tuning/resume.h"
#include "core/tuning/textfile.h"
#include "tests/core/tinyruns.h"
#ifdef GPS_WITH_CUDA
#include <c10/cuda/CUDACachingAllocator.h>
#endif

using namespace gps;
using namespace gps::test;
namespace fs = std::filesystem;

namespace {

using FailedRun = TinyRuns;

// From the n-th tensor of the calling thread on there is no memory, until there is again.
class ShortOfMemory : public c10::Allocator {
 public:
  ShortOfMemory() { c10::SetCPUAllocator(this); }
  ~ShortOfMemory() override { c10::SetCPUAllocator(m_real); }
  void failFrom(int count) { m_left = count; }
  void relieve() { m_left = -1; }
  bool isShort() const { return m_left == 0; }

  c10::DataPtr allocate(std::size_t bytes) override {
    if (std::this_thread::get_id() == m_thread && m_left > 0) --m_left;
    if (std::this_thread::get_id() == m_thread && m_left == 0)
      C10_THROW_ERROR(OutOfMemoryError, "simulated: out of memory. Tried to allocate " + std::to_string(bytes) + " bytes");
    return m_real->allocate(bytes);
  }
  c10::DeleterFnPtr raw_deleter() const override { return m_real->raw_deleter(); }
  void copy_data(void* to, const void* from, std::size_t count) const override { default_copy_data(to, from, count); }

 private:
  c10::Allocator* const m_real = c10::GetCPUAllocator();
  const std::thread::id m_thread = std::this_thread::get_id();
  int m_left = -1;
};

}  // namespace

TEST_P(FailedRun, ALossThatIsNotFiniteEndsItAtItsLastGoodEpoch) {
  const auto sgd = [&](const std::string& name) {
    auto spec = specFor(name);
    spec.optimizer = OptimizerKind::Sgd;
    spec.learningRate = 1e-3;
    return spec;
  };
  m_data = discs(24, 2);  // eight steps an epoch
  run(sgd("whole"));
  // Stopped before the validation of the first epoch, and inside the second.
  for (const int step : {8, 9, 11}) {
    const auto name = "diverged" + std::to_string(step);
    const auto spec = sgd(name);
    runUntil(spec, step);
    auto wild = spec;
    wild.learningRate = 1e3;
    for (int attempt = 0; attempt < 2; ++attempt) {  // resumed unchanged it diverges again
      const auto failure = failureOf([&] { resume(wild); });
      ASSERT_EQ(failure.code(), ErrorCode::Diverged) << failure.what();
      EXPECT_NE(failure.cause().find("in epoch 2, behind step "), std::string::npos) << failure.what();
      EXPECT_NE(failure.remedy().find("end of epoch 1"), std::string::npos) << failure.what();
      EXPECT_NE(failure.remedy().find("--lr"), std::string::npos);
      EXPECT_NE(readText(spec.runFolder + "/log.txt").find("failed: training"), std::string::npos);
      const auto kept = readRun(spec.runFolder);
      EXPECT_TRUE(kept.resumable);
      EXPECT_EQ(kept.epochs.size(), 2u);
      EXPECT_EQ(kept.spec.learningRate, 1e3);
      EXPECT_EQ(positionOf(name).epoch, 1);
      EXPECT_EQ(positionOf(name).nextBatch, 0);
      expectStateIsFinite(name);
      expectSameDelta(name, "whole", 1);
      EXPECT_FALSE(fs::exists(spec.runFolder + "/deltas/epoch-0002.safetensors"));
    }
    resume(spec);
    expectSameRun(name, "whole");
    EXPECT_EQ(readRun(spec.runFolder).spec.learningRate, spec.learningRate);
  }
}

TEST_P(FailedRun, ADamagedNetworkIsReportedAndItsFolderCanBeRead) {
  for (const bool isStopped : {false, true}) {
    const auto spec = [&] {
      auto s = specFor(isStopped ? "stopped" : "bad");
      s.method = Method::Decoder;  // trains nothing that is damaged
      return s;
    }();
    const auto model = tinyModel();
    model->parts().arena->matrix()[0].fill_(std::numeric_limits<float>::quiet_NaN());
    model->parts().arena->noteWrite();
    RunControl control;
    // A stop does not hide what a step found: on a GPU the loss has not been read yet then.
    control.setProgressSink([&](const Progress& p) {
      if (p.stage == "train" && isStopped) control.requestStop();
    });
    const auto failure = failureOf([&] { train(*model, m_data, m_images, nullptr, spec, control); });
    EXPECT_EQ(failure.code(), ErrorCode::Diverged) << failure.what();
    EXPECT_NE(failure.cause().find("in epoch 1, behind step 0"), std::string::npos) << failure.what();
    EXPECT_NE(failure.remedy().find("its beginning"), std::string::npos) << failure.what();
    const auto kept = readRun(spec.runFolder);
    ASSERT_EQ(kept.epochs.size(), 1u);
    EXPECT_TRUE(std::isnan(kept.epochs[0].valLoss));
    EXPECT_TRUE(kept.resumable);
    EXPECT_EQ(positionOf(isStopped ? "stopped" : "bad").step, 0);
    expectStateIsFinite(isStopped ? "stopped" : "bad");
    // With the weights as they should be it runs.
    EXPECT_FALSE(resume(spec).cancelled);
  }
}

TEST_P(FailedRun, WithoutMemoryInAnyStepItKeepsItsStateAndGoesOn) {
  if (GetParam() != DeviceKind::Cpu) GTEST_SKIP() << "the memory of the CPU";
  run(specFor("whole"));
  int failures = 0;
  for (const int allocation : {1, 2, 5, 20, 60, 150, 400, 1000}) {
    const auto name = "short" + std::to_string(allocation);
    const auto spec = specFor(name);
    ShortOfMemory memory;
    TrainListeners listeners;
    listeners.step = [&](const StepPoint& point) {
      if (point.step == kStepsPerEpoch + 1) memory.failFrom(allocation);
    };
    const auto failure = failureOf([&] { run(spec, listeners); });
    ASSERT_TRUE(memory.isShort());
    memory.relieve();
    ++failures;
    EXPECT_EQ(failure.code(), ErrorCode::OutOfMemory) << failure.what();
    EXPECT_NE(failure.remedy().find("--resume and --batch 1 or --recompute"), std::string::npos) << failure.what();
    const auto kept = readRun(spec.runFolder);
    EXPECT_TRUE(kept.resumable);
    EXPECT_EQ(kept.epochs.size(), 2u);
    EXPECT_EQ(positionOf(name).epoch, 1);
    resume(spec);
    expectSameRun(name, "whole");
  }
  EXPECT_EQ(failures, 8);
}

TEST_P(FailedRun, WithoutMemoryForItsFirstScoresItGoesOn) {
  if (GetParam() != DeviceKind::Cpu) GTEST_SKIP() << "the memory of the CPU";
  run(specFor("whole"));
  for (const int allocation : {1, 20, 100}) {
    const auto name = "first" + std::to_string(allocation);
    const auto spec = specFor(name);
    ShortOfMemory memory;
    RunControl control;
    bool isShort = false;
    control.setProgressSink([&](const Progress& p) {
      if (p.stage == "validate" && !std::exchange(isShort, true)) memory.failFrom(allocation);
    });
    const auto failure = failureOf([&] { run(spec, control); });
    ASSERT_TRUE(memory.isShort());
    memory.relieve();
    EXPECT_EQ(failure.code(), ErrorCode::OutOfMemory) << failure.what();
    EXPECT_TRUE(readRun(spec.runFolder).resumable);
    resume(spec);
    expectSameRun(name, "whole");
  }
}

TEST_P(FailedRun, WithoutMemoryToMeasureItsBestInFp32ItIsFinishedAllTheSame) {
  if (GetParam() != DeviceKind::Cpu) GTEST_SKIP() << "the memory of the CPU";
  auto spec = specFor("narrow");
  spec.device.precision = Precision::Bf16;
  ShortOfMemory memory;
  std::string warning;
  TrainListeners listeners;
  listeners.epoch = [&](const EpochRecord& e) {
    if (e.epoch == spec.epochs) memory.failFrom(1);
  };
  listeners.log = [&](LogLevel level, const std::string& text) {
    if (level != LogLevel::Warning) return;
    warning = text;
    memory.relieve();
  };
  const auto outcome = run(spec, listeners);
  EXPECT_NE(warning.find("no memory to measure the best epoch in fp32"), std::string::npos) << warning;
  EXPECT_NE(warning.find("bf16"), std::string::npos) << warning;
  EXPECT_TRUE(readRun(spec.runFolder).finished);
  for (const auto& e : outcome.epochs) EXPECT_FALSE(e.again.has_value());
}

#ifdef GPS_WITH_CUDA
// From the first step on, and from the step on that is recorded.
TEST_P(FailedRun, WithoutMemoryOnTheDeviceItKeepsItsStateAndGoesOn) {
  if (GetParam() != DeviceKind::Cuda) GTEST_SKIP() << "the memory of a GPU";
  namespace allocator = c10::cuda::CUDACachingAllocator;
  m_data = discs(24, 2);  // eight steps an epoch
  run(specFor("whole"));
  for (const int step : {1, 2, 3, 8, 10}) {
    const auto name = "short" + std::to_string(step);
    const auto spec = specFor(name);
    RunControl control;
    std::vector<at::Tensor> rest;  // what is free in blocks that are in use
    control.setProgressSink([&](const Progress& p) {
      if (p.stage != "train" || p.done != step) return;
      allocator::emptyCache();
      allocator::setMemoryFraction(1e-6, 0);
      for (const std::int64_t bytes : {1 << 24, 1 << 20, 1 << 16, 1 << 12, 512}) {
        try {
          for (;;) rest.push_back(at::empty({bytes}, at::TensorOptions(at::kCUDA).dtype(at::kByte)));
        } catch (const c10::OutOfMemoryError&) {
        }
      }
    });
    const auto failure = failureOf([&] { run(spec, control); });
    rest.clear();
    allocator::setMemoryFraction(1.0, 0);
    allocator::emptyCache();
    EXPECT_EQ(failure.code(), ErrorCode::OutOfMemory) << "step " << step << ": " << failure.what();
    EXPECT_NE(failure.remedy().find("--batch 1, --recompute or --precision bf16"), std::string::npos) << failure.what();
    const auto kept = readRun(spec.runFolder);
    EXPECT_TRUE(kept.resumable);
    EXPECT_EQ(positionOf(name).epoch, step <= 8 ? 0 : 1);  // behind step 8 comes a validation
    expectStateIsFinite(name);
    resume(spec);
    expectSameRun(name, "whole");
  }
}
#endif

TEST_P(FailedRun, AFullDiskEndsAnEpochAndNothingIsLost) {
  run(specFor("whole"));
  const auto spec = specFor("full");
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto ignored = signal(SIGXFSZ, SIG_IGN);  // writing then fails with EFBIG
  TrainListeners listeners;
  listeners.epoch = [&](const EpochRecord& e) {
    if (e.epoch != 1) return;
    const rlimit small{rlim_t(8192), before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
  };
  const auto failure = failureOf([&] { run(spec, listeners); });
  setrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, ignored);
  EXPECT_EQ(failure.code(), ErrorCode::Io) << failure.what();
  EXPECT_NE(failure.subject().find("epoch-0002"), std::string::npos) << failure.what();
  EXPECT_FALSE(failure.remedy().empty());
  for (const auto& entry : fs::recursive_directory_iterator(spec.runFolder)) EXPECT_NE(entry.path().extension(), ".tmp") << entry.path();
  EXPECT_EQ(readRun(spec.runFolder).epochs.size(), 2u);
  EXPECT_EQ(positionOf("full").epoch, 1);
  resume(spec);
  expectSameRun("full", "whole");
}

TEST_P(FailedRun, GoesOnWithWhatARemedyNames) {
  // Another batch begins the epoch again that was stopped; the result is that of a run stopped at its beginning.
  runUntil(specFor("inside"), kStepsPerEpoch + 1);
  stopAfterEpoch(specFor("between"), 1);
  for (const auto* name : {"inside", "between"}) {
    auto spec = specFor(name);
    spec.batch = 2;
    spec.recompute = true;
    resume(spec);
    EXPECT_EQ(readRun(spec.runFolder).spec.batch, 2);
    EXPECT_NE(readText(spec.runFolder + "/log.txt").find("training.batch = 2 instead of 3"), std::string::npos);
  }
  expectSameRun("inside", "between");

  auto spec = specFor("precision");
  stopAfterEpoch(spec, 1);
  spec.device.precision = Precision::Fp16;
  spec.resume = true;
  stopAfterEpoch(spec, 2);
  spec.device.precision = Precision::Fp32;  // and back: the loss scale does not stay behind
  resume(spec);
  EXPECT_EQ(readDelta(spec.runFolder + "@2").info.precision, "fp16");
  EXPECT_EQ(readDelta(spec.runFolder + "@3").info.precision, "fp32");
  EXPECT_LT(readRun(spec.runFolder).epochs[3].trainLoss, readRun(spec.runFolder).epochs[1].trainLoss);
}

INSTANTIATE_TEST_SUITE_P(Devices, FailedRun, testing::Values(DeviceKind::Cpu, DeviceKind::Cuda),
                         [](const auto& device) { return wordOf(device.param); });

TEST(MemoryRemedy, NamesWhatIsNotDoneYet) {
  TrainSpec spec;
  spec.batch = 8;
  EXPECT_NE(memoryRemedy(spec, true).find("--batch 4, --recompute or --precision bf16"), std::string::npos) << memoryRemedy(spec, true);
  spec.batch = 1;
  spec.recompute = true;
  EXPECT_NE(memoryRemedy(spec, true).find("--resume and --precision bf16"), std::string::npos) << memoryRemedy(spec, true);
  spec.device.precision = Precision::Bf16;
  for (const bool isCuda : {false, true})
    for (const auto* done : {"--batch", "--recompute", "bf16"}) EXPECT_EQ(memoryRemedy(spec, isCuda).find(done), std::string::npos) << done;
  EXPECT_NE(memoryRemedy(spec, true).find("--image-size"), std::string::npos);
}

TEST(Resume, KeepsWhatARunIsAndTakesHowItComputes) {
  TrainSpec begun, asked;
  begun.batch = 8;
  begun.epochs = asked.epochs = 5;
  asked.learningRate = 1e-5;
  asked.device.precision = Precision::Bf16;
  asked.recompute = true;
  asked.batch = 0;
  asked.model.weightsPath = "/moved.pth";
  const auto spec = resumedSpec(begun, asked);
  EXPECT_EQ(spec.batch, 8);
  EXPECT_EQ(spec.learningRate, 1e-5);
  EXPECT_TRUE(spec.recompute);
  EXPECT_EQ(spec.device.precision, Precision::Bf16);
  EXPECT_EQ(spec.model.weightsPath, "/moved.pth");
  asked.batch = 4;
  EXPECT_NO_THROW(requireResumable(begun, asked));
  asked.epochs = 6;
  try {
    requireResumable(begun, asked);
    ADD_FAILURE();
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ErrorCode::BadArgument);
    EXPECT_NE(std::string(e.what()).find("training.epochs = 6 instead of 5"), std::string::npos) << e.what();
  }
  EXPECT_EQ(differenceOf(begun, begun), "");
}
