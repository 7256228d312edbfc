// The flat update against torch's formulas in fp64, over rules, settings, sizes and types.
#include <gtest/gtest.h>

#include <limits>

#include "core/kernels/hostthreads.h"
#include "tests/kernels/flatproblem.h"

namespace gps::kernels::test {
namespace {

constexpr std::int64_t kSizes[] = {0, 1, 3, 1023, 1025, 4095, 4096, 4097, 100000};
constexpr double kRate = 3e-3;

class FlatUpdate : public testing::TestWithParam<Case> {};

void fillGradient(const Problem& p, const at::Tensor& g, double scale) { p.gradient.copy_(g * scale); }

// Six steps; with scaling the third one overflows and must leave no trace.
template <typename T>
void compareWithReference(const Case& c, std::int64_t n, at::ScalarType type, double relative, double absolute) {
  SCOPED_TRACE(testing::Message() << c.name << ", " << n << " values, " << at::toString(type));
  Problem p(n, type, c);
  const auto matrix = p.matrix.clone(), vector = p.vector.clone();
  Reference wanted(p, c.settings, kRate);
  auto control = freshControl(kRate, c.settings.scaling);
  for (int step = 1; step <= 6; ++step) {
    const auto g = gradientOf(p, step);
    fillGradient(p, g, control.lossScale);
    const bool overflows = c.settings.scaling.isOn && step == 3 && n > 0;
    if (overflows) p.gradient[n / 2].fill_(std::numeric_limits<double>::infinity());
    p.step<T>(c.settings, control, 1.0);
    ASSERT_EQ(control.isWritten, !overflows);
    if (!overflows) wanted.step(g);
    if (control.isWritten) {
      EXPECT_NEAR(control.gradientNorm, g.norm().item<double>(), 1e-5);
    }
  }
  EXPECT_EQ(control.steps, wanted.t);
  EXPECT_TRUE(at::allclose(p.value.to(at::kDouble), wanted.w, relative, absolute));
  EXPECT_TRUE(at::allclose(p.m.to(at::kDouble), wanted.m, relative, absolute));
  if (c.settings.rule != UpdateRule::Sgd) {
    EXPECT_TRUE(at::allclose(p.v.to(at::kDouble), wanted.v, relative, absolute));
  }
  if (c.hasAverage) {
    EXPECT_TRUE(at::allclose(p.average.to(at::kDouble), wanted.average, relative, absolute));
  }
  EXPECT_TRUE(p.isInArena(matrix, vector));
}

}  // namespace

TEST_P(FlatUpdate, MatchesTorchInFp64) {
  for (const auto n : kSizes) compareWithReference<double>(GetParam(), n, at::kDouble, 1e-12, 1e-13);
}

TEST_P(FlatUpdate, MatchesTorchInFp32) {
  for (const auto n : kSizes) compareWithReference<float>(GetParam(), n, at::kFloat, 1e-5, 1e-6);
}

TEST_P(FlatUpdate, RoundsIntoANarrowArenaAndLeavesTheRestOfIt) {
  for (const auto type : {MatrixType::BFloat16, MatrixType::Half})
    for (const auto n : kSizes) {
      Problem p(n, at::kFloat, GetParam(), type), wide(n, at::kFloat, GetParam());
      const auto matrix = p.matrix.clone(), vector = p.vector.clone();
      auto control = freshControl(kRate, GetParam().settings.scaling), other = control;
      for (int step = 1; step <= 3; ++step) {
        for (const auto* q : {&p, &wide}) fillGradient(*q, gradientOf(p, step), control.lossScale);
        p.step<float>(GetParam().settings, control, 1.0);
        wide.step<float>(GetParam().settings, other, 1.0);
      }
      EXPECT_TRUE(p.isInArena(matrix, vector)) << n;
      EXPECT_TRUE(at::equal(p.value, wide.value)) << n;  // values stay fp32 whatever the arena is
    }
}

TEST_P(FlatUpdate, WritesNothingOnceItIsBad) {
  const auto nan = std::numeric_limits<double>::quiet_NaN();
  for (const bool isLoss : {true, false}) {
    if (!isLoss && GetParam().settings.scaling.isOn) continue;
    Problem p(4097, at::kFloat, GetParam());
    auto control = freshControl(kRate, GetParam().settings.scaling);
    fillGradient(p, gradientOf(p, 1), control.lossScale);
    p.step<float>(GetParam().settings, control, 1.0);
    const auto kept = p.copies();
    if (!isLoss) p.gradient[4096].fill_(nan);
    p.step<float>(GetParam().settings, control, isLoss ? nan : 1.0);
    EXPECT_EQ(control.bad, isLoss ? BadCause::Loss : BadCause::Gradient);
    EXPECT_TRUE(p.equals(kept));
    fillGradient(p, gradientOf(p, 2), control.lossScale);
    p.step<float>(GetParam().settings, control, 1.0);
    EXPECT_TRUE(p.equals(kept));
    EXPECT_EQ(control.steps, 1);
  }
}

TEST_P(FlatUpdate, DoesNotDependOnTheNumberOfThreads) {
  constexpr std::int64_t kLarge = 900000;
  Problem one(kLarge, at::kFloat, GetParam()), many(kLarge, at::kFloat, GetParam());
  auto control = freshControl(kRate, GetParam().settings.scaling), other = control;
  for (int step = 1; step <= 2; ++step) {
    for (const auto* p : {&one, &many}) fillGradient(*p, gradientOf(one, step), control.lossScale);
    setHostThreads(1);
    one.step<float>(GetParam().settings, control, 1.0);
    setHostThreads(4);
    many.step<float>(GetParam().settings, other, 1.0);
    setHostThreads(0);
  }
  EXPECT_TRUE(many.equals(one.copies()));
  EXPECT_EQ(control.gradientNorm, other.gradientNorm);
}

// A stopped run goes on from its arrays and its control alone.
TEST(FlatUpdateState, GoesOnFromArraysAndControl) {
  const auto c = cases()[3];
  Problem through(5000, at::kFloat, c), stopped(5000, at::kFloat, c);
  auto control = freshControl(kRate, c.settings.scaling), first = control;
  for (int step = 1; step <= 6; ++step) {
    fillGradient(through, gradientOf(through, step), control.lossScale);
    through.step<float>(c.settings, control, 1.0);
  }
  for (int step = 1; step <= 3; ++step) {
    fillGradient(stopped, gradientOf(through, step), first.lossScale);
    stopped.step<float>(c.settings, first, 1.0);
  }
  StepControl second;  // what a file would keep
  second.learningRate = first.learningRate;
  second.steps = first.steps;
  second.goodSteps = first.goodSteps;
  second.lossScale = first.lossScale;
  for (int step = 4; step <= 6; ++step) {
    fillGradient(stopped, gradientOf(through, step), second.lossScale);
    stopped.step<float>(c.settings, second, 1.0);
  }
  EXPECT_TRUE(stopped.equals(through.copies()));
  EXPECT_EQ(second.lossScale, control.lossScale);
  EXPECT_GT(second.lossScale, c.settings.scaling.initial);  // it grew on the way
}

INSTANTIATE_TEST_SUITE_P(Settings, FlatUpdate, testing::ValuesIn(cases()), [](const auto& c) { return c.param.name; });

}  // namespace gps::kernels::test
