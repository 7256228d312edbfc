// Pieces of a matrix for the screen against looking at every entry.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/selection/sets/layertile.h"
#include "tests/core/selectionmaps.h"

namespace gps::test {
namespace {

struct Layer {
  std::shared_ptr<const ParameterMap> map = unevenMap();
  std::vector<float> scores;
  Selection selection;

  explicit Layer(std::uint32_t seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<float> exponent(-20, 3);
    scores.assign(std::size_t(map->matrixSize()), 0);
    for (const auto& e : map->entries())
      for (std::int64_t i = 0; i < e.count; ++i)
        scores[std::size_t(e.offset + i)] = std::exp(exponent(random)) * (random() % 2 ? 1.f : -1.f);
    selection = uniformPerRow(*map, 3, random);
  }
  std::int64_t picked(const ParameterEntry& e, std::int64_t row, std::int64_t column) const {
    const auto& o = selection.offsets;
    return std::binary_search(o.begin(), o.end(), std::uint32_t(e.offset + row * e.cols + column)) ? 1 : 0;
  }
};

TEST(LayerTile, CellsHoldTheLargestScoreAndTheirPicks) {
  const Layer layer(3);
  std::mt19937 random(4);
  for (int trial = 0; trial < 60; ++trial) {
    const auto& e = layer.map->entry(layer.map->matrixIds()[std::size_t(trial) % 5]);
    TileWindow window;
    window.firstRow = std::int64_t(random()) % (e.rows + 2);
    window.firstColumn = std::int64_t(random()) % (e.cols + 2);
    window.rows = std::int64_t(random()) % (e.rows + 3);
    window.columns = std::int64_t(random()) % (e.cols + 3);
    window.height = int(random() % 9);
    window.width = int(random() % 9);
    const auto tile = tileOf(e, layer.scores.data(), layer.selection.offsets, window);
    const auto& w = tile.window;
    ASSERT_GE(w.firstRow, 0);
    ASSERT_LE(w.firstRow + w.rows, e.rows);
    ASSERT_LE(w.firstColumn + w.columns, e.cols);
    ASSERT_LE(w.height, w.rows);
    ASSERT_EQ(tile.score.size(), std::size_t(w.height) * std::size_t(w.width));
    ASSERT_EQ(tile.rowEdge(w.height), w.rows);
    ASSERT_EQ(tile.columnEdge(w.width), w.columns);
    for (int y = 0; y < w.height; ++y)
      for (int x = 0; x < w.width; ++x) {
        float most = 0;
        std::int64_t picks = 0;
        for (auto r = tile.rowEdge(y); r < tile.rowEdge(y + 1); ++r)
          for (auto c = tile.columnEdge(x); c < tile.columnEdge(x + 1); ++c) {
            most = std::max(most, std::fabs(layer.scores[std::size_t(e.offset + (w.firstRow + r) * e.cols + w.firstColumn + c)]));
            picks += layer.picked(e, w.firstRow + r, w.firstColumn + c);
          }
        const auto at = std::size_t(y) * std::size_t(w.width) + std::size_t(x);
        ASSERT_EQ(tile.score[at], most);
        ASSERT_EQ(std::int64_t(tile.picks[at]), picks);
      }
  }
}

TEST(LayerTile, WithoutAWishEveryEntryHasItsCell) {
  const Layer layer(5);
  const auto& e = layer.map->entry(layer.map->matrixIds()[0]);
  const auto tile = tileOf(e, layer.scores.data(), layer.selection.offsets, {});
  EXPECT_EQ(tile.window.height, e.rows);
  EXPECT_EQ(tile.window.width, e.cols);
}

TEST(LayerTile, PicksPerColumnAddUp) {
  const Layer layer(6);
  for (const auto id : layer.map->matrixIds()) {
    const auto& e = layer.map->entry(id);
    const auto picks = picksPerColumn(e, layer.selection.offsets);
    ASSERT_EQ(picks.size(), std::size_t(e.cols));
    for (std::int64_t c = 0; c < e.cols; ++c) {
      std::int64_t expected = 0;
      for (std::int64_t r = 0; r < e.rows; ++r) expected += layer.picked(e, r, c);
      ASSERT_EQ(picks[std::size_t(c)], expected);
    }
  }
}

TEST(LayerTile, RangeLeavesOutTheSmallestAndWhatIsNoNumber) {
  Layer layer(7);
  const auto& e = layer.map->entry(layer.map->matrixIds()[4]);
  std::vector<float> sorted;
  for (std::int64_t i = 0; i < e.count; ++i) sorted.push_back(std::fabs(layer.scores[std::size_t(e.offset + i)]));
  std::sort(sorted.begin(), sorted.end());
  auto range = rangeOf(e, layer.scores.data());
  EXPECT_EQ(float(range.high), sorted.back());
  EXPECT_EQ(range.zeros, 0);
  const double quantile = sorted[sorted.size() / 50];
  EXPECT_LE(range.low, quantile);
  EXPECT_GT(2 * range.low, quantile);

  auto* first = layer.scores.data() + e.offset;
  first[0] = std::numeric_limits<float>::quiet_NaN();
  first[1] = std::numeric_limits<float>::infinity();
  first[2] = first[3] = 0;
  range = rangeOf(e, layer.scores.data());
  EXPECT_TRUE(std::isfinite(range.high));
  EXPECT_EQ(range.zeros, 2);
  std::fill(first, first + e.count, 0.f);
  range = rangeOf(e, layer.scores.data());
  EXPECT_EQ(range.high, 0);
  EXPECT_EQ(range.zeros, e.count);
}

}  // namespace
}  // namespace gps::test
