// Learning rates against numbers worked out apart from the code (gps-method 2.3 and 3.1).
#include <gtest/gtest.h>

#include <algorithm>

#include "core/tuning/schedule.h"

namespace gps {
namespace {

TrainSpec paper() {
  TrainSpec spec;
  spec.schedule = ScheduleKind::Paper;
  spec.epochs = 100;
  spec.learningRate = 1e-3;
  return spec;
}

}  // namespace

TEST(Schedule, PaperWarmsUpFallsAndCoolsDown) {
  const auto spec = paper();
  EXPECT_EQ(epochsToRun(spec), 110);
  const auto expectRate = [&](int epoch, double rate) { EXPECT_NEAR(learningRateAt(spec, epoch), rate, 1e-12 * rate) << epoch; };
  expectRate(0, 1e-7);
  expectRate(1, 1.0009e-4);
  expectRate(5, 5.0005e-4);
  expectRate(9, 9.0001e-4);              // the last of the warm-up
  expectRate(10, 9.755285028649954e-4);  // the cosine is not shifted by the warm-up: 0.9755 lr
  expectRate(11, 9.704406800732681e-4);
  expectRate(50, 5.00005e-4);
  expectRate(90, 2.4481497135004713e-5);
  expectRate(99, 2.567173499360287e-7);
  for (int epoch = 100; epoch < 110; ++epoch) EXPECT_EQ(learningRateAt(spec, epoch), 1e-8) << epoch;
}

TEST(Schedule, PaperRisesThenFallsWithoutAStepUp) {
  const auto spec = paper();
  for (int epoch = 1; epoch <= 10; ++epoch) EXPECT_GT(learningRateAt(spec, epoch), learningRateAt(spec, epoch - 1)) << epoch;
  for (int epoch = 11; epoch <= 100; ++epoch) EXPECT_LT(learningRateAt(spec, epoch), learningRateAt(spec, epoch - 1)) << epoch;
}

// The largest rate of the paper's runs, 1e-2, and one of ImageNet's length: warm-up, smallest rates and cool-down do not scale.
TEST(Schedule, PaperScalesWithRateAndLength) {
  auto spec = paper();
  spec.learningRate = 1e-2;
  EXPECT_EQ(learningRateAt(spec, 0), 1e-7);
  EXPECT_NEAR(learningRateAt(spec, 9), 9.00001e-3, 1e-14);
  EXPECT_NEAR(learningRateAt(spec, 10), 0.97552825814757681 * 1e-2 + 0.02447174185242319 * 1e-8, 1e-14);
  spec.epochs = 30;
  EXPECT_EQ(epochsToRun(spec), 40);
  EXPECT_NEAR(learningRateAt(spec, 10), 7.5e-3 + 0.25e-8, 1e-14);  // cos(pi / 3) = 1/2
  EXPECT_NEAR(learningRateAt(spec, 15), 5e-3 + 0.5e-8, 1e-14);
  for (int epoch = 30; epoch < 40; ++epoch) EXPECT_EQ(learningRateAt(spec, epoch), 1e-8);
}

TEST(Schedule, CosineRunsTowardsTheSmallestRate) {
  TrainSpec spec;  // segmentation: 20 epochs, 2e-4 to 1e-7
  EXPECT_EQ(epochsToRun(spec), 20);
  EXPECT_DOUBLE_EQ(learningRateAt(spec, 0), 2e-4);
  EXPECT_NEAR(learningRateAt(spec, 10), 1.0005e-4, 1e-15);
  EXPECT_NEAR(learningRateAt(spec, 19), 1.33e-6, 5e-9);
}

TEST(Schedule, ConstantStays) {
  TrainSpec spec;
  spec.schedule = ScheduleKind::Constant;
  EXPECT_EQ(epochsToRun(spec), 20);
  for (const int epoch : {0, 7, 19}) EXPECT_EQ(learningRateAt(spec, epoch), 2e-4);
}

}  // namespace gps
