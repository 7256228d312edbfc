// Intervals and tests against scipy (tests/reference/make_mask_figures.py), and the audit of a set of scores.
#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "core/evaluation/figures/audit.h"
#include "core/evaluation/figures/distributions.h"
#include "core/evaluation/figures/signtest.h"
#include "maskgolden.h"

using namespace gps;
using nlohmann::json;

namespace {

std::vector<CaseScore> randomCases(int n, unsigned seed, bool withBoundaries = true) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<std::int64_t> part(0, 400);
  std::vector<CaseScore> cases;
  for (int i = 0; i < n; ++i) {
    CaseScore c{std::to_string(i), {part(random) * 3, part(random), part(random), 3000 + part(random)}, {}, {}};
    if (i == 1) c.counts = {0, 0, 50, 4000};  // missed
    if (withBoundaries) {
      c.boundary = BoundaryScore{100, 90, 60, 50, 6, double(part(random)) / 10};
      c.allOn = BoundaryScore{100, 400, 10, 20, 6, 120};
      if (i == 1) c.boundary = BoundaryScore{40, 0, 0, 0, 6, std::nan("")};
    }
    cases.push_back(c);
  }
  return cases;
}

}  // namespace

TEST(Statistics, NormalAndBinomialAgreeWithScipy) {
  const auto all = test::maskGolden();
  for (const auto& c : all.at("normal")) {
    const double expected = c.at("quantile");
    EXPECT_NEAR(normalQuantile(c.at("share")), expected, 1e-10 * std::max(1.0, std::abs(expected))) << c;
  }
  EXPECT_TRUE(std::isinf(normalQuantile(0)));
  for (const auto& c : all.at("binomial")) EXPECT_NEAR(binomialCdf(c.at("k"), c.at("n"), c.at("p")), c.at("cdf"), 1e-11) << c;
}

TEST(Statistics, BcaIntervalsAgreeWithScipy) {
  for (const auto& c : test::maskGolden().at("intervals")) {
    const auto interval = bcaInterval(c.at("replicates"), c.at("leave_one_out"), c.at("value"), c.at("level"));
    ASSERT_TRUE(interval);
    EXPECT_NEAR(interval->low, c.at("low"), 1e-6);
    EXPECT_NEAR(interval->high, c.at("high"), 1e-6);
  }
}

TEST(Statistics, SignTestAgreesWithScipy) {
  for (const auto& c : test::maskGolden().at("sign")) {
    const auto test = signTest(c.at("first"), c.at("second"), 4);
    EXPECT_NEAR(test.p, c.at("p"), 1e-9) << c;
    EXPECT_NEAR(test.interval.low, c.at("low"), 1e-9) << c;
    EXPECT_NEAR(test.interval.high, c.at("high"), 1e-9) << c;
    EXPECT_EQ(test.ties, 4);
  }
  const auto none = signTest(0, 0, 7);
  EXPECT_EQ(none.p, 1);
  EXPECT_TRUE(std::isnan(none.share));
  EXPECT_EQ(none.interval, (Interval{0, 1}));
}

TEST(Statistics, HolmStepsDown) {
  const auto p = holmAdjusted({0.01, 0.04, 0.03});
  EXPECT_DOUBLE_EQ(p[0], 0.03);
  EXPECT_DOUBLE_EQ(p[2], 0.06);
  EXPECT_DOUBLE_EQ(p[1], 0.06);
}

TEST(Statistics, IntervalsAreRepeatableAndHoldTheMean) {
  std::mt19937 random(3);
  std::vector<std::optional<double>> values;
  for (int i = 0; i < 120; ++i) values.emplace_back(1 - std::pow(std::uniform_real_distribution<>(0, 1)(random), 3));
  const auto statistic = meanStatistic(values);
  const auto first = bootstrapIntervals({statistic}), again = bootstrapIntervals({statistic});
  ASSERT_TRUE(first[0]);
  EXPECT_EQ(first[0], again[0]);
  EXPECT_LT(first[0]->low, observed(statistic));
  EXPECT_GT(first[0]->high, observed(statistic));
  const auto other = bootstrapIntervals({statistic}, {0.95, 2000, 2});
  EXPECT_NE(first[0]->low, other[0]->low);
  EXPECT_NEAR(first[0]->low, other[0]->low, 0.01);
}

// 400 samples of 60: the intervals hold the true mean in about 95 of 100.
TEST(Statistics, IntervalsCoverAsOftenAsTheySay) {
  std::mt19937 random(4);
  int held = 0;
  constexpr int kRounds = 400;
  for (int round = 0; round < kRounds; ++round) {
    std::vector<std::optional<double>> values;
    for (int i = 0; i < 60; ++i) values.emplace_back(std::uniform_real_distribution<>(0, 1)(random));
    const auto interval = bootstrapIntervals({meanStatistic(values)}, {0.95, 500, std::uint64_t(round)})[0];
    held += interval->low <= 0.5 && 0.5 <= interval->high;
  }
  EXPECT_GT(held, kRounds * 91 / 100);
  EXPECT_LT(held, kRounds * 99 / 100);
}

TEST(Statistics, DegenerateSamples) {
  EXPECT_FALSE(bootstrapIntervals({meanStatistic({0.5})})[0]);
  EXPECT_FALSE(bootstrapIntervals({meanStatistic({std::nullopt, std::nullopt})})[0]);
  const auto same = bootstrapIntervals({meanStatistic({0.25, 0.25, 0.25})})[0];
  ASSERT_TRUE(same);
  EXPECT_EQ(*same, (Interval{0.25, 0.25}));
}

TEST(Audit, DefinitionsStayApart) {
  const auto cases = randomCases(40, 11);
  const auto audit = auditScores(cases);
  EXPECT_EQ(audit.pictures, 40);
  PixelCounts all;
  double dice = 0;
  for (const auto& c : cases) all += c.counts, dice += c.counts.dice() / 40;
  EXPECT_NEAR(audit.model.row(Averaging::PerImage).figure(Metric::Dice)->value, dice, 1e-12);
  EXPECT_NEAR(audit.model.row(Averaging::Pooled).figure(Metric::Dice)->value, all.dice(), 1e-12);
  const auto& script = audit.model.row(Averaging::UpstreamScript);
  EXPECT_NEAR(script.figure(Metric::Iou)->value, all.recall(), 1e-12);
  EXPECT_NEAR(script.figure(Metric::Dice)->value, 2 * all.recall() / (1 + all.recall()), 1e-12);
  EXPECT_EQ(script.figure(Metric::Precision), nullptr);
  EXPECT_EQ(audit.model.row(Averaging::PerImage).figure(Metric::Hd95)->defined, 39);
  EXPECT_TRUE(audit.impossible.empty());
  for (const auto& row : audit.model.rows)
    for (const auto& f : row.figures) {
      ASSERT_TRUE(f.interval);
      EXPECT_LE(f.interval->low, f.value);
      EXPECT_GE(f.interval->high, f.value);
    }
}

TEST(Audit, AllOnLooksPerfectToTheScriptOnly) {
  const auto audit = auditScores(randomCases(20, 12));
  EXPECT_DOUBLE_EQ(audit.allOn.row(Averaging::UpstreamScript).figure(Metric::Dice)->value, 1);
  EXPECT_LT(audit.allOn.row(Averaging::PerImage).figure(Metric::Dice)->value, 0.6);
  EXPECT_DOUBLE_EQ(audit.allOff.row(Averaging::PerImage).figure(Metric::Dice)->value, 0);
  EXPECT_TRUE(std::isnan(audit.allOff.row(Averaging::PerImage).figure(Metric::Hd95)->value));
}

TEST(Audit, OldScoresHaveNoBoundaries) {
  const auto audit = auditScores(randomCases(5, 13, false));
  EXPECT_FALSE(audit.hasBoundaries);
  EXPECT_TRUE(std::isnan(audit.model.row(Averaging::PerImage).figure(Metric::BoundaryF)->value));
  EXPECT_EQ(audit.model.row(Averaging::PerImage).figure(Metric::Hd95)->defined, 0);
}

TEST(Audit, FlagsPairsThatCannotBe) {
  EXPECT_FALSE(canStandTogether(0.881, 0.725));  // a published pair
  EXPECT_TRUE(canStandTogether(0.711, 0.557));
  EXPECT_FALSE(canStandTogether(0.5, 0.6));      // IoU above Dice
  EXPECT_TRUE(canStandTogether(0.8, 0.667, 3));  // 0.8 / 1.2, rounded
  EXPECT_FALSE(canStandTogether(0.8, 0.665, 3));
}

// Concavity: every mean of real pairs passes.
TEST(Audit, RealPairsAlwaysPass) {
  for (unsigned seed = 0; seed < 30; ++seed) {
    const auto audit = auditScores(randomCases(7, seed), {0.95, 20, 1});
    EXPECT_TRUE(audit.impossible.empty());
  }
}

TEST(Audit, CostsLittle) {
  const auto cases = randomCases(120, 14);
  const auto start = std::chrono::steady_clock::now();
  const auto audit = auditScores(cases);
  const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  std::printf("audit of 120 pictures, three predictors: %.1f ms\n", ms);
  EXPECT_EQ(audit.pictures, 120);
}
