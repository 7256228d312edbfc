// Statistics of one selection against counting by hand; the mask file and the table made from them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "core/checkpoints/maskfile.h"
#include "core/checkpoints/readers/tensorfile.h"
#include "core/checkpoints/specjson.h"
#include "core/selection/sets/scorehistogram.h"
#include "core/selection/sets/structure.h"
#include "core/tuning/textfile.h"
#include "core/values/csvtext.h"
#include "tests/core/selectionmaps.h"
#include "tests/support/temporaryfolder.h"

namespace gps::test {
namespace {

TEST(Structure, EqualsCountingByHand) {
  std::mt19937 random(31);
  const auto map = unevenMap();
  for (int trial = 0; trial < 40; ++trial) {
    const auto selection = trial % 2 ? uniformPerRow(*map, 1 + int(random() % 6), random)
                                     : uniformPerTensor(*map, {std::int64_t(random() % 100), 0, 31, 15, 3}, Level::Net, random);
    const auto structure = structureOf(*map, selection, 3);
    ASSERT_EQ(structure.layers.size(), 5u);
    std::int64_t selected = 0, without = 0, unionColumns = 0;
    for (std::size_t i = 0; i < 5; ++i) {
      const auto& entry = map->entry(map->matrixIds()[i]);
      const auto& layer = structure.layers[i];
      std::map<std::int64_t, std::int64_t> perColumn;
      std::vector<std::int64_t> perRow(std::size_t(entry.rows), 0);
      for (const auto o : selection.offsets) {
        if (o < entry.offset || o >= entry.offset + entry.count) continue;
        ++perRow[std::size_t((o - entry.offset) / entry.cols)];
        ++perColumn[(o - entry.offset) % entry.cols];
      }
      std::int64_t picks = 0;
      for (const auto n : perRow) picks += n;
      ASSERT_EQ(layer.tensor, entry.name);
      ASSERT_EQ(layer.selected, picks);
      ASSERT_EQ(layer.unionColumns, std::int64_t(perColumn.size()));
      ASSERT_EQ(layer.rowsWithout, std::count(perRow.begin(), perRow.end(), 0));
      ASSERT_EQ(layer.fewestPerRow, *std::min_element(perRow.begin(), perRow.end()));
      ASSERT_EQ(layer.mostPerRow, *std::max_element(perRow.begin(), perRow.end()));
      std::nth_element(perRow.begin(), perRow.begin() + std::ptrdiff_t(perRow.size() / 2), perRow.end());
      const auto upper = perRow[perRow.size() / 2];
      const auto lower = perRow.size() % 2 ? upper : *std::max_element(perRow.begin(), perRow.begin() + std::ptrdiff_t(perRow.size() / 2));
      ASSERT_DOUBLE_EQ(layer.medianPerRow, double(lower + upper) / 2);
      ASSERT_EQ(layer.topColumns.size(), std::min<std::size_t>(3, perColumn.size()));
      std::pair<std::int64_t, std::int64_t> last{std::numeric_limits<std::int64_t>::min(), -1};
      std::set<std::int64_t> told;
      for (const auto& top : layer.topColumns) {
        ASSERT_EQ(top.rows, perColumn.at(top.column));
        const std::pair<std::int64_t, std::int64_t> key{-top.rows, top.column};
        ASSERT_LT(last, key);
        last = key;
        told.insert(top.column);
      }
      for (const auto& [column, rows] : perColumn) {
        if (told.contains(column)) continue;
        ASSERT_LT(last, std::pair(-rows, column));
      }
      ASSERT_DOUBLE_EQ(layer.topColumnShare(), perColumn.empty() ? 0 : double(layer.topColumns[0].rows) / double(entry.rows));
      selected += picks;
      without += layer.rowsWithout;
      unionColumns += layer.unionColumns;
    }
    ASSERT_EQ(structure.selected, selected);
    ASSERT_EQ(structure.rowsWithout, without);
    ASSERT_EQ(structure.unionColumns, unionColumns);
    ASSERT_EQ(structure.perBlock, countSelection(*map, selection).perBlock);
  }
}

TEST(Structure, ListsTheDecoderOnlyWhereItIsSelectedFrom) {
  const ParameterMap map({weight("e", 2, 3, "0", "qkv"), weight("d", 2, 3, "decoder", "decoder", ModelPart::Decoder)});
  Selection selection;
  selection.offsets = {1};
  EXPECT_EQ(structureOf(map, selection).layers.size(), 1u);
  selection.spec.decoder = DecoderMode::Sparse;
  EXPECT_EQ(structureOf(map, selection).layers.size(), 2u);
  selection.spec.decoder = DecoderMode::Train;
  selection.offsets = {65};
  EXPECT_EQ(structureOf(map, selection).layers.size(), 2u);
}

TEST(ScoreHistogram, EqualsCountingWithTheEdges) {
  std::mt19937 random(32);
  const auto map = unevenMap();
  std::vector<float> scores(std::size_t(map->matrixSize()), 0.0f);
  std::uniform_real_distribution<double> decade(-28, 10);
  for (auto& s : scores) {
    s = float(std::pow(10.0, decade(random)));
    const auto kind = random() % 12;
    if (kind == 0) s = ScoreCounts::lowerEdge(int(random() % (ScoreCounts::kBins + 1)));
    if (kind == 1) s = std::nextafter(ScoreCounts::lowerEdge(int(random() % (ScoreCounts::kBins + 1))), 0.0f);
    if (kind == 2) s = random() % 2 ? 0.0f : -0.0f;
    if (kind == 3) s = std::numeric_limits<float>::quiet_NaN();
    if (kind == 4) s = std::numeric_limits<float>::infinity();
    if (kind == 5) s = std::numeric_limits<float>::denorm_min();
    if (random() % 2) s = -s;
  }
  auto selection = uniformPerRow(*map, 3, random);
  const auto expected = [&](const std::string& block, bool chosen) {
    ScoreCounts counts;
    for (const auto id : map->matrixIds()) {
      const auto& e = map->entry(id);
      if (!block.empty() && e.block != block) continue;
      for (std::int64_t o = e.offset; o < e.offset + e.count; ++o) {
        if (chosen && !std::binary_search(selection.offsets.begin(), selection.offsets.end(), std::uint32_t(o))) continue;
        const float s = std::abs(scores[std::size_t(o)]);
        if (std::isnan(s)) {
          ++counts.nans;
        } else if (std::isinf(s)) {
          ++counts.infinite;
        } else if (s == 0) {
          ++counts.zeros;
        } else if (s < ScoreCounts::lowerEdge(0)) {
          ++counts.below;
        } else if (s >= ScoreCounts::lowerEdge(ScoreCounts::kBins)) {
          ++counts.above;
        } else {
          int bin = 0;
          while (s >= ScoreCounts::lowerEdge(bin + 1)) ++bin;
          ++counts.bins[std::size_t(bin)];
        }
      }
    }
    return counts;
  };
  const auto expectEqual = [](const ScoreCounts& a, const ScoreCounts& b) {
    EXPECT_EQ(a.bins, b.bins);
    EXPECT_EQ(a.below, b.below);
    EXPECT_EQ(a.above, b.above);
    EXPECT_EQ(a.zeros, b.zeros);
    EXPECT_EQ(a.infinite, b.infinite);
    EXPECT_EQ(a.nans, b.nans);
    EXPECT_EQ(a.total(), b.total());
  };
  const auto histograms = scoreHistograms(*map, scores.data(), selection);
  ASSERT_EQ(histograms.size(), 3u);
  EXPECT_EQ(histograms[1].block, "0");
  EXPECT_EQ(histograms[0].all.total(), 12 * 40 + 20 * 9 + 7 * 31 + 5 * 3 + 4 * 100);
  EXPECT_EQ(histograms[0].chosen.total(), std::int64_t(selection.offsets.size()));
  for (const auto& h : histograms) {
    expectEqual(h.all, expected(h.block, false));
    expectEqual(h.chosen, expected(h.block, true));
  }
  selection.spec.excludedBlocks = {"0"};
  EXPECT_EQ(scoreHistograms(*map, scores.data(), selection).size(), 2u);
}

TEST(MaskFile, IsTrueExactlyWhereSelected) {
  const TemporaryFolder folder;
  std::mt19937 random(33);
  auto convolution = weight("conv", 4, 18, "neck", "neck");
  convolution.shape = {4, 2, 3, 3};
  const ParameterMap map({weight("qkv", 6, 40, "0", "qkv"), convolution, weight("free", 3, 3, "1", "fc1"),
                          weight("decoder", 2, 9, "decoder", "decoder", ModelPart::Decoder)});
  auto selection = uniformPerTensor(map, {50, 12, 0}, Level::Net, random);
  selection.spec.baseHash = "base";
  selection.spec.excludedBlocks = {"1"};
  writeMaskFile(folder / "m", map, selection);
  const auto file = openTensorFile(folder / "m");
  EXPECT_EQ(file.metadata().at("format"), "gps-mask/1");
  EXPECT_EQ(selectionSpecFromJson(file.metadata().at("spec"), "m").baseHash, "base");
  ASSERT_EQ(file.records().size(), 3u);  // the decoder is trained whole
  std::vector<std::uint32_t> back;
  for (const auto& record : file.records()) {
    const auto& entry = *map.find(record.name);
    EXPECT_EQ(record.dtype, DType::Bool);
    EXPECT_EQ(record.shape, entry.shape);
    std::vector<std::uint8_t> mask(std::size_t(record.elements()));
    copyRaw(file, record, mask.data());
    for (std::size_t i = 0; i < mask.size(); ++i) {
      ASSERT_LE(mask[i], 1);
      if (mask[i]) back.push_back(std::uint32_t(entry.offset + std::int64_t(i)));
    }
  }
  std::sort(back.begin(), back.end());
  EXPECT_EQ(back, selection.offsets);
}

TEST(SummaryTable, QuotesWhatNeedsIt) {
  EXPECT_EQ(csvField("plain"), "plain");
  EXPECT_EQ(csvField("a,b"), "\"a,b\"");
  EXPECT_EQ(csvField("say \"x\""), "\"say \"\"x\"\"\"");
  EXPECT_EQ(csvField("two\nlines"), "\"two\nlines\"");
  const TemporaryFolder folder;
  const ParameterMap map({weight("q,kv", 4, 5, "0", "qkv"), weight("none", 2, 2, "1", "fc1")});
  Selection selection;
  selection.offsets = {1, 6, 7, 11};
  writeSummaryTable(folder / "t.csv", structureOf(map, selection));
  EXPECT_EQ(readText(folder / "t.csv"),
            "block,kind,tensor,rows,cols,selected,share,union_columns,union_share,top_column,top_column_share\n"
            "0,qkv,\"q,kv\",4,5,4,0.2,2,0.4,1,0.75\n"
            "1,fc1,none,2,2,0,0,0,0,,0\n");
}

}  // namespace
}  // namespace gps::test
