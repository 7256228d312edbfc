// The flat update on the GPU against the CPU, and captured in a CUDA graph.
#include <ATen/cuda/CUDAContext.h>
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAGuard.h>
#include <gtest/gtest.h>

#include <cstring>
#include <limits>

#include "tests/kernels/flatproblem.h"

namespace gps::kernels::test {
namespace {

constexpr std::int64_t kSizes[] = {0, 1, 3, 1023, 1025, 4095, 4096, 4097, 100000};
constexpr double kRate = 3e-3;

// A problem on the device with its control, loss and workspace.
struct Device {
  Problem p;
  at::Tensor control = at::zeros({std::int64_t(sizeof(StepControl))}, on(at::kByte));
  at::Tensor workspace = at::empty({kSquareBlocks}, on(at::kDouble));
  at::Tensor loss = at::ones({1}, on(at::kFloat));

  static at::TensorOptions on(at::ScalarType type) { return at::TensorOptions().device(at::kCUDA).dtype(type); }
  static void* stream() { return at::cuda::getCurrentCUDAStream().stream(); }

  Device(std::int64_t n, const Case& c, MatrixType type = MatrixType::AsValues) : p(n, at::kFloat, c, type) {
    p.toCuda();
    writeControl(freshControl(kRate, c.settings.scaling));
  }
  StepControl* controlPointer() const { return reinterpret_cast<StepControl*>(control.data_ptr()); }
  void writeControl(const StepControl& c) const { ASSERT_EQ(writeControlOnCuda(controlPointer(), c, stream()), 0); }
  StepControl readControl() const {
    StepControl c;
    const auto host = control.cpu();
    std::memcpy(&c, host.data_ptr(), sizeof c);
    return c;
  }
  void step(const OptimizerSettings& s) const {
    ASSERT_EQ(updateOnCuda(s, controlPointer(), loss.data_ptr<float>(), 2, reinterpret_cast<const FlatChunk*>(p.deviceChunks.data_ptr()),
                           std::int64_t(p.chunks.size()), p.arrays<float>(), workspace.data_ptr<double>(), stream()),
              0);
  }
};

class FlatUpdateOnCuda : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    if (!at::hasCUDA() || !at::cuda::is_available()) GTEST_SKIP() << "no CUDA device";
  }
};

}  // namespace

TEST_P(FlatUpdateOnCuda, EqualsTheCpu) {
  const auto& s = GetParam().settings;
  for (const auto type : {MatrixType::AsValues, MatrixType::BFloat16, MatrixType::Half})
    for (const auto n : kSizes) {
      SCOPED_TRACE(testing::Message() << n << " values, matrix type " << int(type));
      Problem host(n, at::kFloat, GetParam(), type);
      const auto matrix = host.matrix.clone(), vector = host.vector.clone();
      Device device(n, GetParam(), type);
      auto control = freshControl(kRate, s.scaling);
      for (int step = 1; step <= 6; ++step) {
        host.gradient.copy_(gradientOf(host, step) * control.lossScale);
        if (s.scaling.isOn && step == 3 && n > 0) host.gradient[n / 2].fill_(std::numeric_limits<double>::infinity());
        device.p.gradient.copy_(host.gradient);
        host.step<float>(s, control, 1.0);
        device.step(s);
      }
      const auto there = device.readControl();
      EXPECT_EQ(there.steps, control.steps);
      EXPECT_EQ(there.skipped, control.skipped);
      EXPECT_EQ(there.goodSteps, control.goodSteps);
      EXPECT_EQ(there.lossScale, control.lossScale);
      EXPECT_EQ(there.lossSum, control.lossSum);
      EXPECT_NEAR(there.gradientNorm, control.gradientNorm, 1e-12 * control.gradientNorm);
      EXPECT_TRUE(at::allclose(device.p.value.cpu(), host.value, 1e-5, 1e-6));
      EXPECT_TRUE(at::allclose(device.p.m.cpu(), host.m, 1e-5, 1e-6));
      EXPECT_TRUE(at::allclose(device.p.v.cpu(), host.v, 1e-5, 1e-6));
      if (GetParam().hasAverage) {
        EXPECT_TRUE(at::allclose(device.p.average.cpu(), host.average, 1e-5, 1e-6));
      }
      EXPECT_TRUE(device.p.isInArena(matrix, vector));
    }
}

TEST_P(FlatUpdateOnCuda, WritesNothingOnceItIsBad) {
  const auto& s = GetParam().settings;
  Device device(4097, GetParam());
  device.p.gradient.copy_(gradientOf(device.p, 1));
  device.step(s);
  const auto kept = device.p.copies();
  device.loss.fill_(std::numeric_limits<double>::quiet_NaN());
  device.step(s);
  EXPECT_EQ(device.readControl().bad, BadCause::Loss);
  EXPECT_TRUE(device.p.equals(kept));
  device.loss.fill_(1);
  device.step(s);
  EXPECT_TRUE(device.p.equals(kept));
  EXPECT_EQ(device.readControl().steps, 1);
}

// One captured step, replayed: counts, corrects, skips and grows as the steps launched one by one, bit for bit.
TEST_P(FlatUpdateOnCuda, ReplaysFromAGraph) {
  const auto& s = GetParam().settings;
  const c10::cuda::CUDAStreamGuard guard(c10::cuda::getStreamFromPool());
  Device launched(4097, GetParam()), replayed(4097, GetParam());
  for (const auto* d : {&launched, &replayed}) d->step(s);  // kernels are loaded before the capture
  at::cuda::getCurrentCUDAStream().synchronize();
  at::cuda::CUDAGraph graph;
  graph.capture_begin();
  replayed.step(s);
  graph.capture_end();
  for (int step = 1; step <= 6; ++step) {
    auto g = gradientOf(launched.p, step) * 65536;
    if (s.scaling.isOn && step == 3) g[5].fill_(std::numeric_limits<double>::infinity());
    for (const auto* d : {&launched, &replayed}) d->p.gradient.copy_(g);
    if (step == 4) {
      for (const auto* d : {&launched, &replayed}) ASSERT_EQ(startEpochOnCuda(d->controlPointer(), kRate / 2, Device::stream()), 0);
    }
    launched.step(s);
    graph.replay();
  }
  at::cuda::getCurrentCUDAStream().synchronize();
  EXPECT_TRUE(replayed.p.equals(launched.p.copies()));
  EXPECT_TRUE(at::equal(replayed.control.cpu(), launched.control.cpu()));
  EXPECT_EQ(replayed.readControl().steps, s.scaling.isOn ? 6 : 7);
}

INSTANTIATE_TEST_SUITE_P(Settings, FlatUpdateOnCuda, testing::ValuesIn(cases()), [](const auto& c) { return c.param.name; });

}  // namespace gps::kernels::test
