// Every criterion against its definition, entry by entry (gps-method 1.7).
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include "core/backbones/device.h"
#include "core/selection/criteria.h"
#include "core/selection/levels/choose.h"
#include "core/selection/scoretensor.h"
#include "core/values/error.h"
#include "tests/core/plainselection.h"
#include "tests/core/tinyclassifier.h"

namespace gps::test {
namespace {

GradientField fieldOf(const Model& model, FieldKind kind, std::uint32_t seed = 3) {
  std::mt19937 random(seed);
  GradientField field;
  field.map = model.parts().map;
  field.kind = kind;
  field.values = Scores(someScores(model.map(), random, ScoreStyle::Plain));
  return field;
}

std::vector<float> scoresOfCriterion(const Model& model, const GradientField* field, Criterion criterion, std::uint64_t seed = 42) {
  SelectionSpec spec;
  spec.criterion = criterion;
  spec.seed = seed;
  return scoresFor(model, field, spec).copy();
}

// f(weight, measured) at every entry of a matrix.
template <typename F>
void expectEntries(const Model& model, const std::vector<float>& scores, const std::vector<float>& measured, F f) {
  const auto weights = model.parts().arena->matrix();
  const auto* w = weights.const_data_ptr<float>();
  for (const auto id : model.map().matrixIds()) {
    const auto& e = model.map().entry(id);
    for (auto o = e.offset; o < e.offset + e.count; ++o)
      ASSERT_EQ(std::abs(scores[std::size_t(o)]), f(w[o], measured[std::size_t(o)])) << e.name << ' ' << o - e.offset;
  }
}

}  // namespace

TEST(Criteria, AreWhatTheirNamesSay) {
  const auto model = tinyClassifier();
  const auto gradient = fieldOf(*model, FieldKind::Gradient), fisher = fieldOf(*model, FieldKind::Fisher),
             activation = fieldOf(*model, FieldKind::Activation);
  const auto measured = gradient.values.copy();
  expectEntries(*model, scoresOfCriterion(*model, &gradient, Criterion::Gradient), measured, [](float, float g) { return std::abs(g); });
  expectEntries(*model, scoresOfCriterion(*model, &fisher, Criterion::Fisher), measured, [](float, float g) { return std::abs(g); });
  expectEntries(*model, scoresOfCriterion(*model, &gradient, Criterion::WeightGradient), measured,
                [](float w, float g) { return std::abs(w * g); });
  expectEntries(*model, scoresOfCriterion(*model, &activation, Criterion::Activation), measured,
                [](float w, float x) { return std::abs(w * x); });
  expectEntries(*model, scoresOfCriterion(*model, nullptr, Criterion::Magnitude), measured, [](float w, float) { return std::abs(w); });
}

TEST(Criteria, MagnitudeIsThatOfTheMomentItWasAsked) {
  const auto model = tinyClassifier();
  const auto before = scoresFor(*model, nullptr, [] {
    SelectionSpec spec;
    spec.criterion = Criterion::Magnitude;
    return spec;
  }());
  const auto values = before.copy();
  model->parts().arena->matrix().mul_(2);
  EXPECT_EQ(before.copy(), values);
}

TEST(Criteria, ShuffledKeepsTheRowsOfEveryTensorAndTheirColumns) {
  const auto model = tinyClassifier();
  const auto gradient = fieldOf(*model, FieldKind::Gradient);
  const auto plain = gradient.values.copy(), shuffled = scoresOfCriterion(*model, &gradient, Criterion::Shuffled);
  bool anyMoved = false;
  for (const auto id : model->map().matrixIds()) {
    const auto& e = model->map().entry(id);
    std::multimap<std::vector<float>, std::int64_t> rows;
    const auto row = [&](const std::vector<float>& all, std::int64_t r) {
      const auto first = all.begin() + std::ptrdiff_t(e.offset + r * e.cols);
      return std::vector<float>(first, first + std::ptrdiff_t(e.cols));
    };
    for (std::int64_t r = 0; r < e.rows; ++r) rows.emplace(row(plain, r), r);
    for (std::int64_t r = 0; r < e.rows; ++r) {
      const auto found = rows.find(row(shuffled, r));
      ASSERT_NE(found, rows.end()) << e.name << " row " << r;
      anyMoved = anyMoved || found->second != r;
      rows.erase(found);
    }
  }
  EXPECT_TRUE(anyMoved);
  EXPECT_NE(shuffled, scoresOfCriterion(*model, &gradient, Criterion::Shuffled, 43));
  EXPECT_EQ(shuffled, scoresOfCriterion(*model, &gradient, Criterion::Shuffled));
}

// Columns of a random choice are uniform: chi-squared over the columns of one tensor, many seeds, against its mean and three deviations.
TEST(Criteria, RandomChoosesColumnsUniformly) {
  const auto map = std::make_shared<ParameterMap>(std::vector<ParameterEntry>{matrix("w", 400, 40, "0", "qkv")});
  std::vector<double> counts(40, 0);
  constexpr int kSeeds = 50;
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    SelectionSpec spec;
    spec.keptPerRow = 2;
    for (const auto o : chooseEntries(map, randomScores(*map, seed), spec).offsets) ++counts[o % 40];
  }
  const double expected = kSeeds * 400 * 2 / 40.0;
  double chi = 0;
  for (const auto c : counts) chi += (c - expected) * (c - expected) / expected;
  EXPECT_LT(chi, 39 + 3 * std::sqrt(2 * 39.0));
  EXPECT_GT(chi, 39 - 3 * std::sqrt(2 * 39.0) - 10);  // two of a row are never the same, so a little less than chi-squared
}

TEST(Criteria, TheWrongFieldIsRefused) {
  const auto model = tinyClassifier();
  const auto gradient = fieldOf(*model, FieldKind::Gradient);
  for (const auto criterion : {Criterion::Fisher, Criterion::Activation}) {
    EXPECT_THROW(scoresOfCriterion(*model, &gradient, criterion), Error);
  }
  for (const auto criterion : {Criterion::Gradient, Criterion::WeightGradient, Criterion::Shuffled}) {
    EXPECT_THROW(scoresOfCriterion(*model, nullptr, criterion), Error);
  }
}

}  // namespace gps::test
