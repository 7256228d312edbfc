#include "widgets/minmaxindex.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gps::ui {

namespace {

constexpr qsizetype kBlock = 16;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

void join(MinMaxIndex::Range& range, const MinMaxIndex::Range& other) {
  range.low = std::fmin(range.low, other.low);
  range.high = std::fmax(range.high, other.high);
}

}  // namespace

void MinMaxIndex::extend(const QList<double>& values) {
  qsizetype at = values.size() - 1;
  const Range one{values.last(), values.last()};
  for (qsizetype level = 0;; ++level) {
    at /= kBlock;
    if (level == m_levels.size()) {
      if (level > 0 && at == 0 && m_levels.last().size() < 2) return;  // one block above one block says nothing
      m_levels.append(QList<Range>());
      // The block's former values were not counted on this level yet.
      if (level > 0) {
        Range sum{kNone, kNone};
        for (const Range& r : std::as_const(m_levels[level - 1])) join(sum, r);
        m_levels[level].append(sum);
        return;
      }
    }
    QList<Range>& blocks = m_levels[level];
    if (at == blocks.size())
      blocks.append(one);
    else
      join(blocks[at], one);
  }
}

void MinMaxIndex::rebuild(const QList<double>& values) {
  m_levels.clear();
  if (values.isEmpty()) return;
  QList<Range> blocks((values.size() + kBlock - 1) / kBlock, {kNone, kNone});
  for (qsizetype i = 0; i < values.size(); ++i) join(blocks[i / kBlock], {values[i], values[i]});
  m_levels.append(blocks);
  while (m_levels.last().size() > 1) {
    const QList<Range>& below = m_levels.last();
    QList<Range> above((below.size() + kBlock - 1) / kBlock, {kNone, kNone});
    for (qsizetype i = 0; i < below.size(); ++i) join(above[i / kBlock], below[i]);
    m_levels.append(above);
  }
}

MinMaxIndex::Range MinMaxIndex::over(const QList<double>& values, qsizetype from, qsizetype to) const {
  Range range{kNone, kNone};
  const auto one = [&](qsizetype i) { join(range, {values[i], values[i]}); };
  while (from < to && from % kBlock != 0) one(from++);
  while (to > from && to % kBlock != 0 && to / kBlock * kBlock >= from) one(--to);
  if (from >= to) return range;
  // [from, to) is whole blocks of level 0 now.
  from /= kBlock, to /= kBlock;
  for (qsizetype level = 0; from < to; ++level) {
    const QList<Range>& blocks = m_levels[level];
    const bool isTop = level + 1 == m_levels.size();
    while (from < to && (isTop || from % kBlock != 0)) join(range, blocks[from++]);
    while (from < to && to % kBlock != 0) join(range, blocks[--to]);
    from /= kBlock, to /= kBlock;
  }
  return range;
}

}  // namespace gps::ui
