// The rank table against the rule written plainly: sort every row, larger |score| first, then smaller column, NaN last.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <set>

#include "core/selection/criteria.h"
#include "core/selection/ranktable.h"
#include "core/selection/trainedvectors.h"
#include "core/values/error.h"

using namespace gps;

namespace {

ParameterEntry matrix(const std::string& name, std::int64_t rows, std::int64_t cols, const std::string& block, const std::string& kind,
                      ModelPart part = ModelPart::Encoder, bool affects = true) {
  ParameterEntry e;
  e.name = name;
  e.shape = {rows, cols};
  e.role = ParameterRole::Matrix;
  e.part = part;
  e.block = block;
  e.kind = kind;
  e.affectsOutput = affects;
  return e;
}

ParameterEntry vectorOf(const std::string& name, std::int64_t n, ParameterRole role, const std::string& block, const std::string& kind,
                        ModelPart part = ModelPart::Encoder) {
  auto e = matrix(name, n, 1, block, kind, part);
  e.shape = {n};
  e.role = role;
  return e;
}

std::shared_ptr<const ParameterMap> someMap(std::mt19937& random) {
  const auto size = [&](int low, int high) { return std::uniform_int_distribution<std::int64_t>(low, high)(random); };
  std::vector<ParameterEntry> entries;
  for (int block = 0; block < 3; ++block) {
    const auto name = std::to_string(block);
    entries.push_back(matrix(name + ".qkv.w", size(1, 90), size(1, 200), name, "qkv"));
    entries.push_back(vectorOf(name + ".qkv.b", size(1, 90), ParameterRole::Bias, name, "qkv"));
    entries.push_back(vectorOf(name + ".norm.b", 7, ParameterRole::NormBias, name, ""));
    entries.push_back(matrix(name + ".fc1.w", size(1, 90), size(1, 9), name, "fc1"));
  }
  entries.push_back(matrix("decoder.w", 5, 70, "decoder", "decoder", ModelPart::Decoder));
  entries.push_back(matrix("decoder.iou.w", 5, 70, "decoder", "decoder", ModelPart::Decoder, false));
  entries.push_back(vectorOf("decoder.b", 5, ParameterRole::Bias, "decoder", "decoder", ModelPart::Decoder));
  return std::make_shared<ParameterMap>(entries);
}

std::vector<float> someScores(const ParameterMap& map, std::mt19937& random) {
  std::normal_distribution<float> normal;
  std::vector<float> scores(std::size_t(map.matrixSize()), 0.0f);
  for (auto& s : scores) {
    s = normal(random);
    const auto kind = random() % 12;
    if (kind < 4) s = float(int(s * 2)) / 2;  // ties, signs, zeros of both signs
    if (kind == 5) s = -0.0f;
    if (kind == 6 && random() % 4 == 0) s = std::numeric_limits<float>::quiet_NaN();
    if (kind == 7 && random() % 9 == 0) s = std::numeric_limits<float>::infinity();
  }
  return scores;
}

std::vector<std::uint32_t> plainRule(const ParameterMap& map, const std::vector<float>& scores, const SelectionSpec& spec) {
  std::vector<std::uint32_t> offsets;
  for (const auto id : selectableIds(map, spec)) {
    const auto& e = map.entry(id);
    for (std::int64_t r = 0; r < e.rows; ++r) {
      std::vector<std::int64_t> columns(std::size_t(e.cols), 0);
      std::iota(columns.begin(), columns.end(), 0);
      const auto score = [&](std::int64_t c) {
        const float s = scores[std::size_t(e.offset + r * e.cols + c)];
        return std::isnan(s) ? -1.0f : std::abs(s);
      };
      std::stable_sort(columns.begin(), columns.end(), [&](auto a, auto b) { return score(a) > score(b); });
      for (std::int64_t i = 0; i < std::min<std::int64_t>(spec.keptPerRow, e.cols); ++i)
        offsets.push_back(std::uint32_t(e.offset + r * e.cols + columns[std::size_t(i)]));
    }
  }
  std::sort(offsets.begin(), offsets.end());
  return offsets;
}

}  // namespace

TEST(RankTable, EqualsThePlainRuleForEveryK) {
  std::mt19937 random(11);
  for (int trial = 0; trial < 6; ++trial) {
    const auto map = someMap(random);
    const auto scores = someScores(*map, random);
    SelectionSpec spec;
    spec.decoder = trial % 2 ? DecoderMode::Sparse : DecoderMode::Train;
    if (trial == 3) spec.excludedBlocks = {"1"};
    if (trial == 4) spec.excludedKinds = {"fc1"};
    const auto table = RankTable::build(map, scores.data(), spec);
    for (int k = 1; k <= RankTable::kDepth; ++k) {
      spec.keptPerRow = k;
      const auto wanted = plainRule(*map, scores, spec);
      const auto selection = table.select(k);
      ASSERT_EQ(selection.offsets, wanted) << "K " << k << " trial " << trial;
      ASSERT_EQ(selectTopPerRow(map, scores.data(), spec).offsets, wanted);
      const auto counted = countSelection(*map, selection);
      const auto& counts = table.counts(k);
      ASSERT_EQ(counts.selected, std::int64_t(wanted.size()));
      ASSERT_EQ(counts.perBlock, counted.perBlock);
      ASSERT_EQ(counts.trainable, counted.trainable);
      ASSERT_EQ(counts.trainableTotal, counted.trainableTotal);
      ASSERT_EQ(counts.zeroRows, selection.zeroRows);
    }
  }
}

TEST(RankTable, CapturedShareIsTheShareOfTheSum) {
  std::mt19937 random(5);
  const auto map = someMap(random);
  std::vector<float> scores(std::size_t(map->matrixSize()), 0.0f);
  for (auto& s : scores) s = std::normal_distribution<float>()(random);
  const auto table = RankTable::build(map, scores.data(), {});
  double total = 0;
  for (const auto id : selectableIds(*map, {}))
    for (std::int64_t i = 0; i < map->entry(id).count; ++i) total += std::abs(double(scores[std::size_t(map->entry(id).offset + i)]));
  for (const int k : {1, 2, 7, 64}) {
    double captured = 0;
    for (const auto o : table.select(k).offsets) captured += std::abs(double(scores[o]));
    EXPECT_NEAR(table.counts(k).capturedShare, captured / total, 1e-9);
  }
}

TEST(RankTable, ReportsZeroRowsAndStillFillsThem) {
  const auto map = std::make_shared<ParameterMap>(std::vector<ParameterEntry>{matrix("w", 3, 70, "0", "qkv")});
  std::vector<float> scores(std::size_t(map->matrixSize()), 0.0f);
  scores[70 + 30] = -2;  // row 1
  const auto table = RankTable::build(map, scores.data(), {});
  EXPECT_EQ(table.zeroRows(), 2);
  EXPECT_EQ(table.select(1).offsets, (std::vector<std::uint32_t>{0, 100, 140}));
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
}
