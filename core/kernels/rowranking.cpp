#include "core/kernels/rowranking.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <vector>

#include "core/kernels/hostthreads.h"
#include "core/kernels/scoreorder.h"

namespace gps::kernels {
namespace {

constexpr std::int64_t kRowsAtOnce = 64;
constexpr int kLane = 16;  // columns looked at together

// Keeps the best `depth` keys of one row: those that beat the worst kept so far are collected, and the collection is cut back when full.
class RowPicker {
 public:
  explicit RowPicker(int depth) : m_depth(std::size_t(depth)), m_kept(2 * std::size_t(depth) + kLane) {}

  // Leaves the best keys, best first, in keys().
  void pick(const float* row, std::int64_t cols) {
    m_count = 0;
    m_bar = -1;
    std::int64_t c = 0;
    for (; c + kLane <= cols; c += kLane) {
      std::int32_t orders[kLane];
      int above = 0;
      for (int i = 0; i < kLane; ++i) {
        orders[i] = std::int32_t(scoreOrder(row[c + i]));
        above |= int(orders[i] > m_bar);
      }
      if (above == 0) continue;
      for (int i = 0; i < kLane; ++i) {
        m_kept[m_count] = scoreKey(std::uint32_t(orders[i]), std::uint32_t(c + i));
        m_count += std::size_t(orders[i] > m_bar);
      }
      if (m_count >= 2 * m_depth) cut();
    }
    for (; c < cols; ++c) {
      const auto order = std::int32_t(scoreOrder(row[c]));
      if (order <= m_bar) continue;
      m_kept[m_count++] = scoreKey(std::uint32_t(order), std::uint32_t(c));
      if (m_count >= 2 * m_depth) cut();
    }
    if (m_count > m_depth) cut();
    std::sort(m_kept.begin(), m_kept.begin() + std::ptrdiff_t(m_depth), std::greater<>());
  }
  const std::uint64_t* keys() const { return m_kept.data(); }

 private:
  void cut() {
    const auto last = m_kept.begin() + std::ptrdiff_t(m_depth) - 1;
    std::nth_element(m_kept.begin(), last, m_kept.begin() + std::ptrdiff_t(m_count), std::greater<>());
    m_count = m_depth;
    m_bar = std::int32_t(orderOfKey(*last));  // a later column of the same order loses
  }

  std::size_t m_depth, m_count = 0;
  std::int32_t m_bar = -1;
  std::vector<std::uint64_t> m_kept;
};

std::uint32_t bestOrder(const float* row, std::int64_t cols) {
  std::uint32_t best = 0;
  for (std::int64_t c = 0; c < cols; ++c) best = std::max(best, scoreOrder(row[c]));
  return best;
}

// The depth 1 of RowPicker, several times as fast.
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
    RowPicker picker(depth);
    for (auto r = from; r < to; ++r) {
      picker.pick(m.scores + r * m.cols, m.cols);
      for (int d = 0; d < depth; ++d) columns[r * depth + d] = indexOfKey(picker.keys()[d]);
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
        zeroRows += d == 0 && order <= 1;
      }
    for (int d = 0; d < depth; ++d) {
      std::atomic_ref(out.sums[d]) += sums[std::size_t(d)];
      std::atomic_ref least(out.smallest[d]);
      for (auto old = least.load(); smallest[std::size_t(d)] < old && !least.compare_exchange_weak(old, smallest[std::size_t(d)]);) {
      }
    }
    std::atomic_ref(*out.zeroRows) += zeroRows;
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
