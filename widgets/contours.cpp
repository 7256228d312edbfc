#include "widgets/contours.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace gps::ui {

namespace {

// Samples are pixel centres with one ring of samples outside the picture; a cell lies between four samples and each of its
// sides has a number. Segments are directed with the inside at their left, so every crossed side has one successor.
template <typename T>
class Tracer {
 public:
  Tracer(const FieldLevel<T>& field, int level, double threshold)
      : m_field(field), m_columns(field.width + 2), m_step(double(1 << level)), m_threshold(threshold), m_limit(T(threshold)) {}

  QList<QPolygonF> run() {
    for (int by = -1; by < m_field.blocksDown; ++by)
      for (int bx = -1; bx < m_field.blocksAcross; ++bx)
        if (isCrossed(bx, by)) trace(bx, by);
    return chain();
  }

 private:
  static constexpr int kBlock = FieldLevel<T>::kBlock;
  // What lies outside of the picture counts as below.
  bool isReal(int x, int y) const { return x >= 0 && y >= 0 && x < m_field.width && y < m_field.height; }
  double value(int x, int y) const { return isReal(x, y) ? double(m_field.row(y)[x]) : m_threshold; }
  int horizontal(int x, int y) const { return ((y + 1) * m_columns + x + 1) * 2; }    // between (x, y) and (x + 1, y)
  int vertical(int x, int y) const { return ((y + 1) * m_columns + x + 1) * 2 + 1; }  // between (x, y) and (x, y + 1)

  // Cells have the block of their upper left sample and reach into the next ones.
  bool isCrossed(int bx, int by) const {
    bool hasAbove = false, hasBelow = false;
    for (int y = by; y <= by + 1; ++y)
      for (int x = bx; x <= bx + 1; ++x) {
        if (x < 0 || y < 0 || x >= m_field.blocksAcross || y >= m_field.blocksDown) {
          hasBelow = true;
          continue;
        }
        hasAbove = hasAbove || m_field.block(x, y).most > m_limit;
        hasBelow = hasBelow || !(m_field.block(x, y).least > m_limit);
      }
    return hasAbove && hasBelow;
  }

  void trace(int bx, int by) {
    const int left = bx < 0 ? -1 : bx * kBlock, right = bx < 0 ? 0 : std::min(m_field.width, left + kBlock);
    const int top = by < 0 ? -1 : by * kBlock, bottom = by < 0 ? 0 : std::min(m_field.height, top + kBlock);
    char rows[2][kBlock + 1];
    const auto fill = [&](char* row, int y) {
      if (y < 0 || y >= m_field.height) return void(std::fill(row, row + kBlock + 1, char(0)));
      const T* values = m_field.row(y);
      const int from = std::max(left, 0), to = std::min(right, m_field.width - 1);
      if (left < 0) row[0] = 0;
      if (right >= m_field.width) row[right - left] = 0;
      for (int x = from; x <= to; ++x) row[x - left] = values[x] > m_limit;
    };
    fill(rows[0], top);
    for (int y = top; y < bottom; ++y) {
      const char* above = rows[(y - top) & 1];
      char* below = rows[(y - top + 1) & 1];
      fill(below, y + 1);
      for (int x = 0; x < right - left; ++x) {
        const bool a = above[x], b = above[x + 1], c = below[x + 1], d = below[x];
        if (a != b || b != c || c != d) cell(left + x, y, a, b, c, d);
      }
    }
  }

  // Successors by hashing: an outline crosses few of the sides there are.
  QList<QPolygonF> chain() {
    size_t size = 16;
    while (size < m_segments.size() * 2) size *= 2;
    std::vector<std::pair<int, int>> table(size, {-1, -1});
    const auto slot = [&](int side) {
      size_t at = (size_t(unsigned(side)) * 0x9E3779B1u >> 3) & (size - 1);
      while (table[at].first != side && table[at].first >= 0) at = (at + 1) & (size - 1);
      return at;
    };
    for (const auto& segment : m_segments) table[slot(segment.first)] = segment;
    QList<QPolygonF> all;
    for (const auto& segment : m_segments) {
      if (table[slot(segment.first)].second < 0) continue;
      QPolygonF line;
      for (int at = segment.first;;) {
        auto& next = table[slot(at)];
        if (next.first < 0 || next.second < 0) break;
        line << point(at);
        at = std::exchange(next.second, -1);
      }
      line << line.first();
      all << line;
    }
    return all;
  }

  void link(int from, int to) { m_segments.emplace_back(from, to); }

  void cell(int x, int y, bool a, bool b, bool c, bool d) {
    const int top = horizontal(x, y), right = vertical(x + 1, y), bottom = horizontal(x, y + 1), left = vertical(x, y);
    switch ((a ? 1 : 0) | (b ? 2 : 0) | (c ? 4 : 0) | (d ? 8 : 0)) {
      case 1:
        return link(left, top);
      case 2:
        return link(top, right);
      case 4:
        return link(right, bottom);
      case 8:
        return link(bottom, left);
      case 3:
        return link(left, right);
      case 6:
        return link(top, bottom);
      case 12:
        return link(right, left);
      case 9:
        return link(bottom, top);
      case 14:
        return link(top, left);
      case 13:
        return link(right, top);
      case 11:
        return link(bottom, right);
      case 7:
        return link(left, bottom);
      default:
        break;
    }
    // Two opposite corners: joined when the middle of the cell is inside.
    const bool joined = (value(x, y) + value(x + 1, y) + value(x, y + 1) + value(x + 1, y + 1)) / 4 > m_threshold;
    if (a) {
      link(joined ? right : left, top);
      link(joined ? left : right, bottom);
    } else {
      link(top, joined ? left : right);
      link(bottom, joined ? right : left);
    }
  }

  QPointF point(int side) const {
    const int x = (side / 2) % m_columns - 1, y = (side / 2) / m_columns - 1;
    const bool across = side % 2 == 0;
    const int x2 = across ? x + 1 : x, y2 = across ? y : y + 1;
    double share = 0.5;  // at the border of the picture the outline runs along its edge
    if (isReal(x, y) && isReal(x2, y2)) {
      const double from = value(x, y), to = value(x2, y2);
      share = std::clamp((m_threshold - from) / (to - from), 0.02, 0.98);
    }
    return (across ? QPointF(x + 0.5 + share, y + 0.5) : QPointF(x + 0.5, y + 0.5 + share)) * m_step;
  }

  const FieldLevel<T>& m_field;
  int m_columns;
  double m_step, m_threshold;
  T m_limit;                                    // as the numbers compare: a value of the field's type
  std::vector<std::pair<int, int>> m_segments;  // from side, to side
};

}  // namespace

template <typename T>
QList<QPolygonF> contoursOf(const FieldLevel<T>& field, int level, double threshold) {
  return Tracer<T>(field, level, threshold).run();
}
template QList<QPolygonF> contoursOf(const FieldLevel<float>& field, int level, double threshold);
template QList<QPolygonF> contoursOf(const FieldLevel<std::uint8_t>& field, int level, double threshold);

QList<QPolygonF> contoursOf(const ProbabilityMap& map, double threshold) {
  const auto pyramid = MapPyramid::of(std::shared_ptr<const ProbabilityMap>(std::shared_ptr<void>(), &map));
  return pyramid ? contoursOf(pyramid->level(0), 0, threshold) : QList<QPolygonF>();
}

QList<QPolygonF> contoursOf(const MaskImage& mask) {
  const auto pyramid = MaskPyramid::of(std::shared_ptr<const MaskImage>(std::shared_ptr<void>(), &mask));
  return pyramid ? contoursOf(pyramid->level(0), 0, 127.5) : QList<QPolygonF>();
}

}  // namespace gps::ui
