// The tables and the choice at every level against the rule written plainly, on the CPU and, where there is one, on the GPU.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "core/backbones/device.h"
#include "core/selection/criteria.h"
#include "core/selection/levels/budget.h"
#include "core/selection/levels/choose.h"
#include "core/selection/levels/ranktable.h"
#include "core/selection/levels/scorecounts.h"
#include "core/selection/levels/selectionexplorer.h"
#include "core/selection/scoretensor.h"
#include "core/selection/trainedvectors.h"
#include "core/values/error.h"
#include "tests/core/plainselection.h"

using namespace gps;
using namespace gps::test;

namespace {

struct Scheme {
  const char* name;
  Level level;
  LayerBudget budget;
};
constexpr Scheme kSchemes[] = {{"Neuron", Level::Neuron, LayerBudget::Share},
                               {"LayerShare", Level::Layer, LayerBudget::Share},
                               {"LayerRows", Level::Layer, LayerBudget::Rows},
                               {"Net", Level::Net, LayerBudget::Share}};

// Where the scores lie and which scheme chooses.
class EveryScheme : public testing::TestWithParam<std::tuple<bool, Scheme>> {
 protected:
  void SetUp() override {
    if (std::get<0>(GetParam()) && !cudaIsUsable()) GTEST_SKIP() << "no CUDA device";
  }
  Scores place(const std::vector<float>& values) const {
    const Scores host(values);
    return std::get<0>(GetParam()) ? scoresOf(tensorOf(host).to(at::kCUDA)) : host;
  }
  SelectionSpec spec() const {
    SelectionSpec s;
    s.level = std::get<1>(GetParam()).level;
    s.layerBudget = std::get<1>(GetParam()).budget;
    return s;
  }
};

void expectSameCounts(const SelectionCounts& a, const SelectionCounts& b, bool thresholds) {
  ASSERT_EQ(a.selected, b.selected);
  ASSERT_EQ(a.rows, b.rows);
  ASSERT_EQ(a.zeroRows, b.zeroRows);
  ASSERT_EQ(a.trainable, b.trainable);
  ASSERT_EQ(a.trainableTotal, b.trainableTotal);
  ASSERT_NEAR(a.capturedShare, b.capturedShare, 1e-9);
  ASSERT_EQ(a.perBlock.size(), b.perBlock.size());
  for (std::size_t i = 0; i < a.perBlock.size(); ++i) {
    const auto &x = a.perBlock[i], &y = b.perBlock[i];
    ASSERT_EQ(x.block, y.block);
    ASSERT_EQ(x.kind, y.kind);
    ASSERT_EQ(x.selected, y.selected) << x.block << x.kind;
    ASSERT_EQ(x.available, y.available);
    ASSERT_NEAR(x.scoreSum, y.scoreSum, 1e-9 * (1 + y.scoreSum));
    ASSERT_NEAR(x.scoreTotal, y.scoreTotal, 1e-9 * (1 + y.scoreTotal));
    if (thresholds) {
      ASSERT_EQ(x.threshold, y.threshold) << x.block << x.kind;
    } else {
      ASSERT_LE(x.threshold, y.threshold) << x.block << x.kind;
    }
  }
  if (thresholds) {
    ASSERT_EQ(a.threshold, b.threshold);
  }
}

}  // namespace

TEST_P(EveryScheme, EqualsThePlainRuleForEveryK) {
  std::mt19937 random(11);
  constexpr ScoreStyle kStyles[] = {ScoreStyle::Odd, ScoreStyle::Ties, ScoreStyle::Zeros, ScoreStyle::Plain};
  for (int trial = 0; trial < 8; ++trial) {
    const auto map = someMap(random);
    const auto values = someScores(*map, random, kStyles[trial % 4]);
    const auto scores = place(values);
    auto asked = spec();
    asked.decoder = trial % 2 ? DecoderMode::Sparse : DecoderMode::Train;
    if (trial == 3) asked.excludedBlocks = {"1"};
    if (trial == 4) asked.excludedKinds = {"fc1"};
    SelectionExplorer explorer(map, scores);
    const auto table = explorer.table(asked);
    ASSERT_EQ(table.size(), std::size_t(64));
    for (int k = 1; k <= 64; ++k) {
      asked.keptPerRow = k;
      const auto wanted = plainChoice(*map, values, asked);
      ASSERT_EQ(chooseEntries(map, scores, asked).offsets, wanted) << "K " << k << " trial " << trial;
      const auto selection = explorer.select(asked);
      ASSERT_EQ(selection.offsets, wanted) << "K " << k << " trial " << trial;
      auto counted = countSelection(*map, selection);
      counted.zeroRows = plainZeroRows(*map, values, asked);
      addScores(*map, Scores(values), selection, counted);
      // At layer level a block may hold several tensors with a bar each, and the bar itself may lie in another block at net level.
      expectSameCounts(table[std::size_t(k) - 1], counted, asked.level == Level::Neuron);
    }
  }
}

TEST_P(EveryScheme, AnyKAndAnyShare) {
  std::mt19937 random(12);
  for (int trial = 0; trial < 4; ++trial) {
    const auto map = someMap(random);
    const auto values = someScores(*map, random);
    const auto scores = place(values);
    auto asked = spec();
    for (const int k : {65, 90, 100, 150, 500}) {
      asked.keptPerRow = k;
      ASSERT_EQ(chooseEntries(map, scores, asked).offsets, plainChoice(*map, values, asked)) << k;
    }
    const auto ids = selectableIds(*map, asked);
    std::int64_t all = 0;
    for (const auto id : ids) all += map->entry(id).count;
    for (const double share : {1e-6, 0.01, 0.3, 0.99, 1.0}) {
      asked.share = share;
      const auto selection = chooseEntries(map, scores, asked);
      const bool isExact = asked.level == Level::Net || (asked.level == Level::Layer && asked.layerBudget == LayerBudget::Share);
      if (isExact) {
        EXPECT_EQ(std::int64_t(selection.offsets.size()), std::llround(share * double(all)));
      } else {
        auto byK = asked;
        byK.share = 0;
        byK.keptPerRow = selection.spec.keptPerRow;
        EXPECT_EQ(selection.offsets, plainChoice(*map, values, byK));
        // No neighbour is nearer.
        const auto gap = [&](int k) {
          std::int64_t n = 0;
          for (const auto id : ids) n += entriesOfRows(map->entry(id), k);
          return std::abs(n - std::llround(share * double(all)));
        };
        const auto k = selection.spec.keptPerRow;
        EXPECT_LE(gap(k), gap(k + 1));
        EXPECT_TRUE(k == 1 || gap(k) < gap(k - 1) || gap(k) == gap(k + 1));
      }
    }
  }
}

TEST_P(EveryScheme, OtherExclusionsGiveWhatAFreshTableGives) {
  std::mt19937 random(13);
  const auto map = someMap(random);
  const auto scores = place(someScores(*map, random));
  SelectionExplorer kept(map, scores);
  auto asked = spec();
  kept.table(asked);
  std::vector<SelectionSpec> changes(5, asked);
  changes[0].excludedBlocks = {"1"};
  changes[1].decoder = DecoderMode::Sparse;
  changes[2].excludedKinds = {"qkv"};
  changes[3].excludedBlocks = {"0", "2"};
  for (const auto& change : changes) {
    SelectionExplorer fresh(map, scores);
    const auto &a = kept.table(change), &b = fresh.table(change);
    for (std::size_t k = 0; k < 64; ++k) expectSameCounts(a[k], b[k], true);
  }
}

TEST_P(EveryScheme, BudgetsAreEqualAcrossLevels) {
  std::mt19937 random(14);
  const auto map = someMap(random);
  const auto scores = place(someScores(*map, random));
  for (const int k : {1, 3, 40}) {
    auto asked = spec();
    asked.keptPerRow = k;
    auto neuron = asked;
    neuron.level = Level::Neuron;
    EXPECT_EQ(chooseEntries(map, scores, asked).offsets.size(), chooseEntries(map, scores, neuron).offsets.size());
  }
}

INSTANTIATE_TEST_SUITE_P(All, EveryScheme, testing::Combine(testing::Bool(), testing::ValuesIn(kSchemes)), [](const auto& test) {
  return std::string(std::get<0>(test.param) ? "Gpu" : "Cpu") + std::get<1>(test.param).name;
});

TEST(RankTable, ReportsZeroRowsAndStillFillsThem) {
  const auto map = std::make_shared<ParameterMap>(std::vector<ParameterEntry>{matrix("w", 3, 70, "0", "qkv")});
  std::vector<float> scores(std::size_t(map->matrixSize()), 0.0f);
  scores[70 + 30] = -2;  // row 1
  const auto selection = SelectionExplorer(map, Scores(scores)).select({});
  EXPECT_EQ(selection.zeroRows, 2);
  EXPECT_EQ(selection.offsets, (std::vector<std::uint32_t>{0, 100, 140}));
}

// Long rows, several chunks, more rows than a block takes at once: where the shapes of real models lie.
TEST(Selection, LargeTensorsEqualThePlainRule) {
  std::mt19937 random(15);
  const auto map =
      std::make_shared<ParameterMap>(std::vector<ParameterEntry>{matrix("a", 300, 3072, "0", "fc2"), matrix("b", 700, 49, "0", "dwconv"),
                                                                 matrix("c", 130, 6144, "1", "fc2"), matrix("d", 1, 7, "1", "x")});
  const auto values = someScores(*map, random, ScoreStyle::Ties);
  std::vector<Scores> places{Scores(values)};
  if (cudaIsUsable()) places.push_back(scoresOf(tensorOf(places[0]).to(at::kCUDA)));
  for (const auto& scheme : kSchemes)
    for (const auto& scores : places)
      for (const int k : {1, 17, 64, 300}) {
        SelectionSpec spec;
        spec.level = scheme.level;
        spec.layerBudget = scheme.budget;
        spec.keptPerRow = k;
        ASSERT_EQ(SelectionExplorer(map, scores).select(spec).offsets, plainChoice(*map, values, spec)) << scheme.name << k;
      }
}

TEST(Selection, BadBudgetsAreRefused) {
  std::mt19937 random(1);
  const auto map = someMap(random);
  const Scores scores(someScores(*map, random));
  SelectionSpec spec;
  spec.keptPerRow = 0;
  EXPECT_THROW(chooseEntries(map, scores, spec), Error);
  spec.keptPerRow = 1;
  for (const double share : {-0.1, 1.5, std::nan("")}) {
    spec.share = share;
    EXPECT_THROW(chooseEntries(map, scores, spec), Error) << share;
  }
}

TEST(Selection, UnknownBlocksAndKindsAreNamed) {
  std::mt19937 random(1);
  const auto map = someMap(random);
  SelectionSpec spec;
  spec.excludedBlocks = {"12"};
  try {
    selectableIds(*map, spec);
    FAIL();
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("\"12\""), std::string::npos);
    EXPECT_NE(std::string(e.what()).find("0, 1, 2"), std::string::npos);
  }
}

TEST(Selection, BlockRanges) {
  EXPECT_EQ(parseBlocks("0-3,7"), (std::vector<std::string>{"0", "1", "2", "3", "7"}));
  EXPECT_EQ(parseBlocks("2.0-2.2, neck"), (std::vector<std::string>{"2.0", "2.1", "2.2", "neck"}));
  EXPECT_EQ(parseBlocks("downsample.1-downsample.2"), (std::vector<std::string>{"downsample.1", "downsample.2"}));
  for (const auto* bad : {"3-1", "1.0-2.3", "neck-3", "a,,b", "-"}) EXPECT_THROW(parseBlocks(bad), Error) << bad;
}

TEST(Selection, ExcludedBlocksFreezeTheirBiasesUnlessKept) {
  std::mt19937 random(2);
  const auto map = someMap(random);
  SelectionSpec spec;
  const auto all = trainedEncoderVectors(*map, spec);
  spec.excludedBlocks = {"1"};
  EXPECT_EQ(trainedEncoderVectors(*map, spec).size(), all.size() - 1);
  spec.keepExcludedBiases = true;
  EXPECT_EQ(trainedEncoderVectors(*map, spec), all);
}

TEST(Selection, RandomScoresDependOnTheSeedOnly) {
  std::mt19937 random(2);
  const auto map = someMap(random);
  EXPECT_EQ(randomScores(*map, 4).copy(), randomScores(*map, 4).copy());
  EXPECT_NE(randomScores(*map, 4).copy(), randomScores(*map, 5).copy());
  if (cudaIsUsable()) {
    EXPECT_EQ(randomScores(*map, 4).copy(), randomScores(*map, 4, true).copy());
  }
}
