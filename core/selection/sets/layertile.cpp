#include "core/selection/sets/layertile.h"

#include <array>
#include <cmath>
#include <limits>
#include <mutex>

#include "core/kernels/hostthreads.h"
#include "core/kernels/scoreorder.h"

namespace gps {
namespace {

std::span<const std::uint32_t> between(std::span<const std::uint32_t> offsets, std::int64_t from, std::int64_t to) {
  const auto below = [](std::uint32_t a, std::int64_t b) { return std::int64_t(a) < b; };
  const auto first = std::lower_bound(offsets.begin(), offsets.end(), from, below);
  return {first, std::lower_bound(first, offsets.end(), to, below)};
}

void cut(std::int64_t all, std::int64_t& first, std::int64_t& count, int& cells) {
  first = std::clamp<std::int64_t>(first, 0, std::max<std::int64_t>(0, all - 1));
  if (count <= 0 || count > all - first) count = all - first;
  if (cells <= 0 || cells > count) cells = int(count);
}

}  // namespace

LayerTile tileOf(const ParameterEntry& entry, const float* scores, std::span<const std::uint32_t> offsets, TileWindow window) {
  cut(entry.rows, window.firstRow, window.rows, window.height);
  cut(entry.cols, window.firstColumn, window.columns, window.width);
  LayerTile tile;
  tile.window = window;
  const auto width = std::size_t(window.width);
  tile.score.assign(width * std::size_t(window.height), 0);
  tile.picks.assign(tile.score.size(), 0);
  std::vector<std::uint32_t> cellOf(std::size_t(window.columns), 0);
  for (int x = 0; x < window.width; ++x)
    std::fill(cellOf.begin() + tile.columnEdge(x), cellOf.begin() + tile.columnEdge(x + 1), std::uint32_t(x));
  kernels::forBlocks(window.height, 8, [&](std::int64_t from, std::int64_t to) {
    for (auto y = int(from); y < int(to); ++y) {
      float* best = tile.score.data() + std::size_t(y) * width;
      std::uint32_t* picked = tile.picks.data() + std::size_t(y) * width;
      for (auto r = tile.rowEdge(y); r < tile.rowEdge(y + 1); ++r) {
        const auto first = entry.offset + (window.firstRow + r) * entry.cols + window.firstColumn;
        for (std::int64_t c = 0; c < window.columns; ++c) {
          const float score = std::fabs(scores[first + c]);
          float& cell = best[cellOf[std::size_t(c)]];
          if (score > cell) cell = score;  // never for NaN
        }
        for (const auto offset : between(offsets, first, first + window.columns)) ++picked[cellOf[std::size_t(offset - first)]];
      }
    }
  });
  return tile;
}

// Counted by powers of two: exact and independent of the order.
ScoreRange rangeOf(const ParameterEntry& entry, const float* scores) {
  constexpr double kLowShare = 0.02;
  std::array<std::int64_t, 256> all{};  // by the exponent's bits
  float high = 0;
  std::mutex mutex;
  std::int64_t zeros = 0;
  kernels::forBlocks(entry.count, 1 << 18, [&](std::int64_t from, std::int64_t to) {
    std::array<std::int64_t, 256> own{};
    float most = 0;
    std::int64_t none = 0;
    for (auto i = from; i < to; ++i) {
      const auto order = kernels::scoreOrder(scores[entry.offset + i]);
      if (order <= 1u)
        none += order;  // 0 is NaN
      else if (order < kernels::kOrderOfInfinity) {
        ++own[(order - 1u) >> 23];
        most = std::max(most, kernels::scoreOfOrder(order));
      }
    }
    const std::lock_guard lock(mutex);
    for (std::size_t i = 0; i < all.size(); ++i) all[i] += own[i];
    high = std::max(high, most);
    zeros += none;
  });
  ScoreRange range;
  range.high = high;
  range.zeros = zeros;
  std::int64_t total = 0, below = 0;
  for (const auto n : all) total += n;
  if (total == 0) return range;
  for (std::size_t i = 0; i < all.size(); ++i) {
    below += all[i];
    if (double(below) < kLowShare * double(total)) continue;
    range.low = i == 0 ? double(std::numeric_limits<float>::min()) / 2 : std::ldexp(1.0, int(i) - 127);
    break;
  }
  return range;
}

std::vector<std::int64_t> picksPerColumn(const ParameterEntry& entry, std::span<const std::uint32_t> offsets) {
  std::vector<std::int64_t> picks(std::size_t(entry.cols), 0);
  std::int64_t begin = entry.offset;  // of the row
  for (const std::int64_t offset : between(offsets, entry.offset, entry.offset + entry.count)) {
    begin += (offset - begin) / entry.cols * entry.cols;
    ++picks[std::size_t(offset - begin)];
  }
  return picks;
}

}  // namespace gps
