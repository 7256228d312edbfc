// Figures of masks against MedPy and scipy (tests/reference/make_mask_figures.py), and against slow loops on random shapes.
#include <gtest/gtest.h>

#include <random>

#include "core/evaluation/figures/boundary.h"
#include "core/evaluation/figures/metric.h"
#include "core/values/error.h"
#include "maskgolden.h"

using namespace gps;
using nlohmann::json;

namespace {

constexpr double kTolerance = 1e-6;

PixelSet setFrom(const json& c, const char* key) {
  PixelSet set{c.at("width"), c.at("height"), {}};
  std::uint8_t on = 0;
  for (const std::size_t run : c.at(key)) {
    set.on.insert(set.on.end(), run, on);
    on ^= 1;
  }
  EXPECT_EQ(set.on.size(), std::size_t(set.width) * std::size_t(set.height));
  return set;
}

PixelCounts countsOf(const PixelSet& predicted, const PixelSet& truth) {
  PixelCounts c;
  for (std::size_t i = 0; i < truth.on.size(); ++i)
    ++(predicted.on[i] ? (truth.on[i] ? c.truePositive : c.falsePositive) : (truth.on[i] ? c.falseNegative : c.trueNegative));
  return c;
}

PixelSet randomSet(std::mt19937& random) {
  std::uniform_int_distribution<int> side(1, 24);
  PixelSet set{side(random), side(random), {}};
  std::bernoulli_distribution on(std::uniform_real_distribution<>(0, 0.3)(random));
  set.on.resize(std::size_t(set.width) * std::size_t(set.height));
  for (auto& pixel : set.on) pixel = on(random);
  return set;
}

std::int64_t slowDistance(const PixelSet& set, int x, int y) {
  std::int64_t best = kNoDistance;
  for (int v = 0; v < set.height; ++v)
    for (int u = 0; u < set.width; ++u) {
      if (set.on[std::size_t(v * set.width + u)] == 0) continue;
      const auto d = std::int64_t(u - x) * (u - x) + std::int64_t(v - y) * (v - y);
      if (best == kNoDistance || d < best) best = d;
    }
  return best;
}

}  // namespace

TEST(MaskFigures, AgreeWithTheReference) {
  const auto cases = test::maskGolden().at("masks");
  ASSERT_GT(cases.size(), 30u);
  for (const auto& c : cases) {
    SCOPED_TRACE(c.at("name").get<std::string>());
    const auto predicted = setFrom(c, "predicted"), truth = setFrom(c, "truth");
    const CaseScore score{"", countsOf(predicted, truth), compareBoundaries(predicted, truth), {}};
    EXPECT_EQ(score.counts.truePositive, c.at("tp"));
    EXPECT_EQ(score.counts.falsePositive, c.at("fp"));
    EXPECT_EQ(score.counts.falseNegative, c.at("fn"));
    for (const auto& info : allMetrics()) {
      if (info.metric == Metric::AreaPixels) continue;
      SCOPED_TRACE(info.key);
      const auto value = valueOf(info.metric, score);
      ASSERT_EQ(value.has_value(), !c.at(info.key).is_null());
      if (value) {
        EXPECT_NEAR(*value, c.at(info.key).get<double>(), kTolerance);
      }
    }
  }
}

TEST(MaskFigures, DistancesEqualASearchOverAllPixels) {
  std::mt19937 random(5);
  for (int round = 0; round < 300; ++round) {
    const auto set = randomSet(random);
    const auto distances = squaredDistances(set);
    for (int y = 0; y < set.height; ++y)
      for (int x = 0; x < set.width; ++x) ASSERT_EQ(distances[std::size_t(y * set.width + x)], slowDistance(set, x, y)) << round;
  }
}

TEST(MaskFigures, BoundariesEqualASlowComparison) {
  std::mt19937 random(6);
  for (int round = 0; round < 200; ++round) {
    const auto truth = randomSet(random);
    auto predicted = randomSet(random);
    predicted.width = truth.width;
    predicted.height = truth.height;
    predicted.on.resize(truth.on.size());
    const auto score = compareBoundaries(predicted, truth);
    const auto ours = outlineOf(predicted), theirs = outlineOf(truth);
    std::vector<double> all;
    std::int64_t near = 0, pixels = 0;
    for (const auto& [from, to] : {std::pair(&ours, &theirs), std::pair(&theirs, &ours)})
      for (int i = 0; i < int(from->on.size()); ++i) {
        if (from->on[std::size_t(i)] == 0) continue;
        ++pixels;
        const auto d = slowDistance(*to, i % truth.width, i / truth.width);
        if (d == kNoDistance) continue;
        all.push_back(std::sqrt(double(d)));
        near += all.back() <= score.tolerance;
      }
    EXPECT_EQ(score.predictedPixels + score.truthPixels, pixels);
    EXPECT_EQ(score.predictedNear + score.truthNear, near);
    if (all.empty()) {
      EXPECT_TRUE(std::isnan(score.surfaceDistance95));
      continue;
    }
    std::sort(all.begin(), all.end());
    const double place = 0.95 * double(all.size() - 1);
    const auto low = std::size_t(place);
    const double expected = low + 1 < all.size() ? all[low] + (place - double(low)) * (all[low + 1] - all[low]) : all[low];
    EXPECT_NEAR(score.surfaceDistance95, expected, 1e-12);
  }
}

TEST(MaskFigures, SwappingTheMasksKeepsDistanceAndF) {
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    const auto a = randomSet(random);
    auto b = a;
    std::shuffle(b.on.begin(), b.on.end(), random);
    const auto forward = compareBoundaries(a, b), back = compareBoundaries(b, a);
    EXPECT_DOUBLE_EQ(forward.f(), back.f());
    if (!std::isnan(forward.hd95())) {
      EXPECT_DOUBLE_EQ(forward.hd95(), back.hd95());
    }
    EXPECT_EQ(compareBoundaries(a, a).hd95(), 0);
    EXPECT_EQ(compareBoundaries(a, a).f(), 1);
  }
}

TEST(MaskFigures, TheWholePictureIsComparedAlikeByEitherWay) {
  std::mt19937 random(8);
  const auto check = [](const PixelSet& truth) {
    const auto fast = compareWhole(truth), slow = compareBoundaries(wholePicture(truth.width, truth.height), truth);
    EXPECT_EQ(fast.predictedPixels, slow.predictedPixels);
    EXPECT_EQ(fast.truthPixels, slow.truthPixels);
    EXPECT_EQ(fast.predictedNear, slow.predictedNear);
    EXPECT_EQ(fast.truthNear, slow.truthNear);
    EXPECT_EQ(std::isnan(fast.surfaceDistance95), std::isnan(slow.surfaceDistance95));
    if (!std::isnan(slow.surfaceDistance95)) {
      EXPECT_DOUBLE_EQ(fast.surfaceDistance95, slow.surfaceDistance95);
    }
  };
  for (int round = 0; round < 100; ++round) {
    auto truth = randomSet(random);
    check(truth);
    std::fill(truth.on.begin(), truth.on.end(), std::uint8_t(0));
    check(truth);
    truth.on[std::size_t(round) % truth.on.size()] = 1;
    check(truth);
  }
  PixelSet disc{200, 150, std::vector<std::uint8_t>(200 * 150)};
  for (int i = 0; i < 200 * 150; ++i) disc.on[std::size_t(i)] = std::hypot(i % 200 - 90, i / 200 - 80) < 30;
  check(disc);
}

TEST(MaskFigures, TrivialPredictorsFollowFromTheCounts) {
  const auto truth = PixelSet{4, 2, {0, 1, 1, 0, 0, 1, 0, 0}}, predicted = PixelSet{4, 2, {1, 1, 0, 0, 0, 0, 0, 0}};
  const CaseScore score{"a", countsOf(predicted, truth), compareBoundaries(predicted, truth), compareBoundaries(wholePicture(4, 2), truth)};
  const auto on = allOnOf(score), off = allOffOf(score);
  EXPECT_EQ(on.counts, countsOf(wholePicture(4, 2), truth));
  EXPECT_EQ(off.counts, countsOf({4, 2, std::vector<std::uint8_t>(8)}, truth));
  EXPECT_DOUBLE_EQ(*valueOf(Metric::BoundaryF, on), compareBoundaries(wholePicture(4, 2), truth).f());
  EXPECT_EQ(*valueOf(Metric::BoundaryF, off), 0);
  EXPECT_FALSE(valueOf(Metric::Hd95, off));
}

TEST(MaskFigures, WhatIsNotMeasuredIsNotZero) {
  const CaseScore score{"old", {1, 2, 3, 4}, {}, {}};
  EXPECT_FALSE(valueOf(Metric::BoundaryF, score));
  EXPECT_FALSE(valueOf(Metric::Hd95, score));
  EXPECT_TRUE(valueOf(Metric::Dice, score));
}

TEST(MaskFigures, SizesMustAgree) { EXPECT_THROW(compareBoundaries(wholePicture(2, 3), wholePicture(3, 2)), Error); }
