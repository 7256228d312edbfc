// What a step decides: norm and clip, loss scaling as torch.amp.GradScaler does it, and when a run is bad for good.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "core/kernels/hostthreads.h"
#include "core/kernels/stepdecision.h"
#ifdef GPS_WITH_CUDA
#include <ATen/cuda/CUDAContext.h>
#endif

namespace gps::kernels {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN(), kInfinity = std::numeric_limits<double>::infinity();
constexpr std::int64_t kSizes[] = {0, 1, 3, 255, 4095, 4096, 4097, 100000, 700001};

const GradientSquares kGood{4, true}, kOverflow{kInfinity, false};

OptimizerSettings scaled() {
  OptimizerSettings s;
  s.scaling.isOn = true;
  return s;
}

}  // namespace

TEST(Squares, SumEveryEntryInAnOrderThatThreadsDoNotChange) {
  for (const auto n : kSizes) {
    at::manual_seed(n);
    const auto wide = at::randn({n}, at::kDouble), narrow = wide.to(at::kFloat);
    setHostThreads(1);
    const auto one = sumSquares(wide.data_ptr<double>(), n);
    setHostThreads(5);
    const auto five = sumSquares(wide.data_ptr<double>(), n);
    setHostThreads(0);
    EXPECT_EQ(one.sum, five.sum);
    EXPECT_NEAR(one.sum, wide.square().sum().item<double>(), 1e-12 * double(n));
    EXPECT_NEAR(sumSquares(narrow.data_ptr<float>(), n).sum, narrow.to(at::kDouble).square().sum().item<double>(), 1e-12 * double(n));
    EXPECT_TRUE(one.isFinite);
  }
}

TEST(Squares, FindOneEntryThatIsNotFiniteAnywhere) {
  for (const auto n : kSizes)
    for (const auto place : {std::int64_t(0), n / 2, n - 1}) {
      if (n == 0) continue;
      for (const double poison : {kNaN, kInfinity, -kInfinity}) {
        auto g = at::zeros({n}, at::kDouble);
        g[place].fill_(poison);
        EXPECT_FALSE(sumSquares(g.data_ptr<double>(), n).isFinite) << n << " " << place;
        const auto narrow = g.to(at::kFloat);
        EXPECT_FALSE(sumSquares(narrow.data_ptr<float>(), n).isFinite) << n << " " << place;
      }
    }
  const auto huge = at::full({5}, 1e300, at::kDouble);  // finite, though its square is not
  EXPECT_TRUE(sumSquares(huge.data_ptr<double>(), 5).isFinite);
}

TEST(Decision, CountsStepsSumsTheLossAndCorrectsTheMoments) {
  OptimizerSettings s;
  auto c = freshControl(0.5);
  EXPECT_EQ(c.lossScale, 1);
  for (int t = 1; t <= 3; ++t) {
    decideStep(s, c, 2.0 * t, 8, kGood);
    EXPECT_EQ(c.isWritten, 1);
    EXPECT_EQ(c.steps, t);
    EXPECT_DOUBLE_EQ(c.rate, 0.5 / (1 - std::pow(0.9, t)));
    EXPECT_DOUBLE_EQ(c.rootCorrection, 1 / std::sqrt(1 - std::pow(0.999, t)));
    EXPECT_EQ(c.gradientFactor, 1);
    EXPECT_EQ(c.gradientNorm, 2);
    EXPECT_EQ(c.lastLoss, 2.0 * t);
  }
  EXPECT_EQ(c.lossSum, 8 * (2 + 4 + 6));
  EXPECT_EQ(c.lossWeight, 24);
  startEpoch(c, 0.25);
  EXPECT_EQ(c.learningRate, 0.25);
  EXPECT_EQ(c.lossSum, 0);
  EXPECT_EQ(c.lossWeight, 0);
  EXPECT_EQ(c.steps, 3);
}

TEST(Decision, ClipsAsClipGradNorm) {
  OptimizerSettings s;
  s.clipNorm = 0.5;
  auto c = freshControl(1);
  decideStep(s, c, 1, 1, kGood);  // norm 2
  EXPECT_DOUBLE_EQ(c.gradientFactor, 0.5 / (2 + 1e-6));
  decideStep(s, c, 1, 1, {0.09, true});  // norm 0.3
  EXPECT_EQ(c.gradientFactor, 1);
  decideStep(s, c, 1, 1, {0, true});
  EXPECT_EQ(c.gradientFactor, 1);
  s.scaling.isOn = true;
  c.lossScale = 1024;  // the norm that is clipped is that of the gradient without the scale
  decideStep(s, c, 1, 1, {4.0 * 1024 * 1024, true});
  EXPECT_EQ(c.gradientNorm, 2);
  EXPECT_DOUBLE_EQ(c.gradientFactor, 0.5 / (2 + 1e-6) / 1024);
}

TEST(Decision, WithoutScalingALossOrGradientThatIsNotFiniteIsBadForGood) {
  for (const auto& [loss, g, cause] :
       {std::tuple{kNaN, kGood, BadCause::Loss}, std::tuple{kInfinity, kGood, BadCause::Loss},
        std::tuple{1.0, kOverflow, BadCause::Gradient}, std::tuple{1.0, GradientSquares{kNaN, false}, BadCause::Gradient}}) {
    OptimizerSettings s;
    auto c = freshControl(1);
    decideStep(s, c, 3, 2, kGood);
    decideStep(s, c, loss, 2, g);
    EXPECT_EQ(c.bad, cause);
    EXPECT_EQ(c.isWritten, 0);
    EXPECT_EQ(c.steps, 1);
    EXPECT_EQ(c.lossSum, 6);
    const auto before = c;
    decideStep(s, c, 1, 2, kGood);
    EXPECT_EQ(c.isWritten, 0);
    EXPECT_EQ(std::memcmp(&before, &c, sizeof c), 0);
  }
}

// torch.amp.GradScaler: _amp_update_scale_ with growth 2, backoff 0.5, interval 2000.
TEST(Decision, ScaleFallsOnOverflowAndGrowsAfterTheInterval) {
  auto s = scaled();
  auto c = freshControl(1, s.scaling);
  EXPECT_EQ(c.lossScale, 65536);
  decideStep(s, c, 1, 4, kOverflow);
  EXPECT_EQ(c.isWritten, 0);
  EXPECT_EQ(c.bad, BadCause::None);
  EXPECT_EQ(c.lossScale, 32768);
  EXPECT_EQ(c.skipped, 1);
  EXPECT_EQ(c.steps, 0);
  EXPECT_EQ(c.lossSum, 4);  // the loss itself was fine
  for (int i = 0; i < 1999; ++i) decideStep(s, c, 1, 0, kGood);
  EXPECT_EQ(c.lossScale, 32768);
  EXPECT_EQ(c.goodSteps, 1999);
  decideStep(s, c, 1, 0, kGood);
  EXPECT_EQ(c.gradientFactor, 1.0 / 32768);  // of the scale that this gradient was made with
  EXPECT_EQ(c.lossScale, 65536);
  EXPECT_EQ(c.goodSteps, 0);
  for (int i = 0; i < 1500; ++i) decideStep(s, c, 1, 0, kGood);
  decideStep(s, c, 1, 0, kOverflow);  // counting starts again
  EXPECT_EQ(c.goodSteps, 0);
  EXPECT_EQ(c.lossScale, 32768);
  EXPECT_EQ(c.steps, 3500);
  EXPECT_EQ(c.skipped, 2);
}

TEST(Decision, ScaleNeverGrowsToInfinity) {
  auto s = scaled();
  s.scaling.interval = 1;
  auto c = freshControl(1, s.scaling);
  c.lossScale = 0x1p127f;
  decideStep(s, c, 1, 1, kGood);
  EXPECT_EQ(c.lossScale, 0x1p127f);
  EXPECT_EQ(c.isWritten, 1);
}

TEST(Decision, WithScalingBadIsALossOrAScaleBelowOne) {
  auto s = scaled();
  auto c = freshControl(1, s.scaling);
  for (int i = 0; i < 16; ++i) decideStep(s, c, 1, 1, kOverflow);
  EXPECT_EQ(c.lossScale, 1);
  EXPECT_EQ(c.bad, BadCause::None);
  decideStep(s, c, 1, 1, kOverflow);
  EXPECT_EQ(c.bad, BadCause::Scale);
  EXPECT_EQ(c.skipped, 17);
  decideStep(s, c, 1, 1, kGood);
  EXPECT_EQ(c.isWritten, 0);

  c = freshControl(1, s.scaling);
  decideStep(s, c, kNaN, 1, kOverflow);
  EXPECT_EQ(c.bad, BadCause::Loss);
  EXPECT_EQ(c.lossScale, 65536);
  EXPECT_EQ(c.skipped, 0);
}

#ifdef GPS_WITH_CUDA
namespace {

StepControl onHost(const at::Tensor& bytes) {
  StepControl c;
  const auto host = bytes.cpu();
  std::memcpy(&c, host.data_ptr(), sizeof c);
  return c;
}

}  // namespace

TEST(DecisionOnCuda, EqualsTheHost) {
  if (!at::hasCUDA() || !at::cuda::is_available()) GTEST_SKIP() << "no CUDA device";
  auto* stream = at::cuda::getCurrentCUDAStream().stream();
  const auto device = at::TensorOptions().device(at::kCUDA);
  const auto bytes = at::zeros({std::int64_t(sizeof(StepControl))}, device.dtype(at::kByte));
  auto* control = reinterpret_cast<StepControl*>(bytes.data_ptr());
  const auto workspace = at::empty({kSquareBlocks}, device.dtype(at::kDouble));
  auto s = scaled();
  s.clipNorm = 0.5;
  s.scaling.interval = 3;
  auto host = freshControl(0.5, s.scaling);
  ASSERT_EQ(writeControlOnCuda(control, host, stream), 0);
  for (const auto n : kSizes)
    for (const double poison : {0.0, kInfinity, kNaN}) {
      at::manual_seed(n);
      auto g = at::randn({n}, at::kFloat);
      if (n > 0) g[n / 2].add_(poison);
      const auto loss = at::full({1}, 1.5, at::kFloat);
      const auto there = g.to(at::kCUDA), lossThere = loss.to(at::kCUDA);
      decideStep(s, host, 1.5, 2, sumSquares(g.data_ptr<float>(), n));
      ASSERT_EQ(decideOnCuda(s, control, lossThere.data_ptr<float>(), 2, there.data_ptr<float>(), n, workspace.data_ptr<double>(), stream),
                0);
      const auto c = onHost(bytes);
      EXPECT_EQ(c.isWritten, host.isWritten) << n;
      EXPECT_EQ(c.steps, host.steps);
      EXPECT_EQ(c.skipped, host.skipped);
      EXPECT_EQ(c.goodSteps, host.goodSteps);
      EXPECT_EQ(c.lossScale, host.lossScale);
      EXPECT_EQ(c.bad, host.bad);
      EXPECT_EQ(c.lossSum, host.lossSum);
      EXPECT_EQ(c.lossWeight, host.lossWeight);
      EXPECT_NEAR(c.rate, host.rate, 1e-12 * host.rate);
      if (host.isWritten) {
        EXPECT_NEAR(c.gradientNorm, host.gradientNorm, 1e-12 * host.gradientNorm);
        EXPECT_NEAR(c.gradientFactor, host.gradientFactor, 1e-12 * host.gradientFactor);
      }
    }
  EXPECT_GT(host.skipped, 0);
  EXPECT_GT(host.steps, 0);

  ASSERT_EQ(startEpochOnCuda(control, 0.125, stream), 0);
  EXPECT_EQ(onHost(bytes).learningRate, 0.125);
  EXPECT_EQ(onHost(bytes).lossSum, 0);
  const auto nan = at::full({1}, kNaN, device.dtype(at::kFloat));
  ASSERT_EQ(decideOnCuda(s, control, nan.data_ptr<float>(), 2, nullptr, 0, workspace.data_ptr<double>(), stream), 0);
  EXPECT_EQ(onHost(bytes).bad, BadCause::Loss);
}

// The same gradient gives the same bits, whatever ran before.
TEST(DecisionOnCuda, NormIsTheSameEachTime) {
  if (!at::hasCUDA() || !at::cuda::is_available()) GTEST_SKIP() << "no CUDA device";
  auto* stream = at::cuda::getCurrentCUDAStream().stream();
  const auto g = at::randn({1234567}, at::TensorOptions().device(at::kCUDA).dtype(at::kFloat));
  const auto loss = at::ones({1}, g.options());
  const auto bytes = at::zeros({std::int64_t(sizeof(StepControl))}, g.options().dtype(at::kByte));
  const auto workspace = at::empty({kSquareBlocks}, g.options().dtype(at::kDouble));
  auto* control = reinterpret_cast<StepControl*>(bytes.data_ptr());
  double first = 0;
  for (int i = 0; i < 5; ++i) {
    ASSERT_EQ(writeControlOnCuda(control, freshControl(1), stream), 0);
    ASSERT_EQ(decideOnCuda({}, control, loss.data_ptr<float>(), 1, g.data_ptr<float>(), g.numel(), workspace.data_ptr<double>(), stream),
              0);
    const auto norm = onHost(bytes).gradientNorm;
    if (i == 0) first = norm;
    EXPECT_EQ(norm, first);
  }
  EXPECT_NEAR(first, std::sqrt(1234567.0), 10);
}
#endif

}  // namespace gps::kernels
