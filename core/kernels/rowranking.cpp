#include "core/kernels/rowranking.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <vector>

#include "core/kernels/hostthreads.h"
#include "core/kernels/scoreorder.h"
#include "core/kernels/vectorclones.h"

namespace gps::kernels {
namespace {

constexpr std::int64_t kRowsAtOnce = 64;
constexpr int kLane = 16;  // columns looked at together

std::size_t room(int depth) { return 2 * std::size_t(depth) + kLane; }

// Cuts the collected keys back to the best `depth`; the order that a later column must exceed (of the same order it would lose).
std::int32_t cutBack(std::uint64_t* kept, std::size_t count, int depth) {
  std::nth_element(kept, kept + depth - 1, kept + count, std::greater<>());
  return std::int32_t(orderOfKey(kept[depth - 1]));
}

// The keys of a row whose order exceeds `bar`, or the best `depth` of them if they are more than fit; returns how many. Keys that beat
// the worst kept so far are collected, and the collection is cut back when it is full. kept: room(depth).
GPS_VECTOR_CLONES std::size_t collect(const float* row, std::int64_t cols, int depth, std::int32_t bar, std::uint64_t* kept) {
  const auto full = 2 * std::size_t(depth);
  std::size_t count = 0;
  for (std::int64_t c = 0; c < cols; c += kLane) {
    std::int32_t orders[kLane];
    const auto width = int(std::min<std::int64_t>(kLane, cols - c));
    if (width == kLane) {
      for (int i = 0; i < kLane; ++i) orders[i] = std::int32_t(scoreOrder(row[c + i]));
    } else {
      for (int i = 0; i < kLane; ++i) orders[i] = i < width ? std::int32_t(scoreOrder(row[c + i])) : -1;
    }
    int above = 0;
    for (int i = 0; i < kLane; ++i) above |= int(orders[i] > bar);
    if (above == 0) continue;
    for (int i = 0; i < kLane; ++i) {
      kept[count] = scoreKey(std::uint32_t(orders[i]), std::uint32_t(c + i));
      count += std::size_t(orders[i] > bar);
    }
    if (count < full) continue;
    bar = cutBack(kept, count, depth);
    count = std::size_t(depth);
  }
  return count;
}

// The best `depth` keys of a row, best first. guess: an order that the worst of them probably exceeds, -1 for none (what is right does
// not depend on it); becomes one for the next row.
void pickRow(const float* row, std::int64_t cols, int depth, std::int32_t& guess, std::uint64_t* kept) {
  auto count = collect(row, cols, depth, guess, kept);
  if (count < std::size_t(depth)) count = collect(row, cols, depth, -1, kept);
  if (count > std::size_t(depth)) cutBack(kept, count, depth);
  std::sort(kept, kept + depth, std::greater<>());
  constexpr std::int32_t kTenth = 1 << 20;  // of an order: about 9 % of a score
  guess = std::max(-1, std::int32_t(orderOfKey(kept[depth - 1])) - kTenth);
}

GPS_VECTOR_CLONES std::uint32_t bestOrder(const float* row, std::int64_t cols) {
  std::uint32_t best = 0;
  for (std::int64_t c = 0; c < cols; ++c) best = std::max(best, scoreOrder(row[c]));
  return best;
}

// The depth 1 of pickRow, several times as fast.
std::uint32_t bestColumn(const float* row, std::int64_t cols) {
  const auto best = bestOrder(row, cols);
  std::int64_t c = 0;
  while (scoreOrder(row[c]) != best) ++c;
  return std::uint32_t(c);
}

}  // namespace

void rankRows(const RowMatrix& m, int depth, std::uint32_t* columns) {
  forBlocks(m.rows, kRowsAtOnce, [&](std::int64_t from, std::int64_t to) {
    if (depth == 1) {
      for (auto r = from; r < to; ++r) columns[r] = bestColumn(m.scores + r * m.cols, m.cols);
      return;
    }
    std::vector<std::uint64_t> keys(room(depth));
    std::int32_t guess = -1;
    for (auto r = from; r < to; ++r) {
      pickRow(m.scores + r * m.cols, m.cols, depth, guess, keys.data());
      for (int d = 0; d < depth; ++d) columns[r * depth + d] = indexOfKey(keys[std::size_t(d)]);
    }
  });
}

void sumRanks(const RowMatrix& m, int depth, const std::uint32_t* columns, double scale, const RankSums& out) {
  forBlocks(m.rows, 16 * kRowsAtOnce, [&](std::int64_t from, std::int64_t to) {
    std::vector<std::uint64_t> sums(std::size_t(depth), 0);
    std::vector<std::uint32_t> smallest(std::size_t(depth), 0xffffffffu);
    std::uint64_t zeroRows = 0;
    for (auto r = from; r < to; ++r)
      for (int d = 0; d < depth; ++d) {
        const auto order = scoreOrder(m.scores[r * m.cols + columns[r * depth + d]]);
        sums[std::size_t(d)] += fixedScore(order, scale);
        smallest[std::size_t(d)] = std::min(smallest[std::size_t(d)], order);
        zeroRows += std::uint64_t(d == 0 && order <= 1);
      }
    std::atomic_ref(*out.zeroRows) += zeroRows;
    for (int d = 0; d < depth; ++d) {
      std::atomic_ref(out.sums[d]) += sums[std::size_t(d)];
      std::atomic_ref least(out.smallest[d]);
      for (auto old = least.load(); smallest[std::size_t(d)] < old && !least.compare_exchange_weak(old, smallest[std::size_t(d)]);) {
      }
    }
  });
}

void chooseInRows(const RowMatrix& m, std::int64_t kept, std::uint32_t firstOffset, std::uint32_t* offsets) {
  forBlocks(m.rows, kRowsAtOnce, [&](std::int64_t from, std::int64_t to) {
    std::vector<std::uint64_t> keys(static_cast<std::size_t>(m.cols));
    for (auto r = from; r < to; ++r) {
      const float* row = m.scores + r * m.cols;
      auto* out = offsets + r * kept;
      const auto start = firstOffset + std::uint32_t(r * m.cols);
      if (kept == 1) {
        *out = start + bestColumn(row, m.cols);
        continue;
      }
      for (std::int64_t c = 0; c < m.cols; ++c) keys[std::size_t(c)] = scoreKey(scoreOrder(row[c]), std::uint32_t(c));
      const auto last = keys.begin() + kept - 1;
      std::nth_element(keys.begin(), last, keys.end(), std::greater<>());
      for (std::int64_t i = 0; i < kept; ++i) out[i] = start + indexOfKey(keys[std::size_t(i)]);
      std::sort(out, out + kept);
    }
  });
}

void countZeroRows(const RowMatrix& m, std::uint64_t* count) {
  forBlocks(m.rows, kRowsAtOnce, [&](std::int64_t from, std::int64_t to) {
    std::uint64_t zero = 0;
    for (auto r = from; r < to; ++r) zero += bestOrder(m.scores + r * m.cols, m.cols) <= 1;
    std::atomic_ref(*count) += zero;
  });
}

}  // namespace gps::kernels
