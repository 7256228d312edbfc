#include "widgets/contours.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace gps::ui {

namespace {

// Samples are pixel centres with one ring of samples outside the picture; a cell lies between four samples and each of its
// sides has a number. Segments are directed with the inside at their left, so every crossed side has one successor.
template <typename Sample>
class Tracer {
 public:
  Tracer(int width, int height, double threshold, Sample sample)
      : m_columns(width + 2), m_rows(height + 2), m_width(width), m_height(height), m_threshold(threshold), m_sample(sample) {}

  QList<QPolygonF> run() {
    m_next.assign(size_t(m_columns) * size_t(m_rows) * 2, -1);
    std::vector<int> starts;
    std::vector<char> above(size_t(m_columns), 0), below(size_t(m_columns), 0);
    for (int y = 0; y + 1 < m_rows; ++y) {
      if (y < m_height)
        for (int x = 0; x < m_width; ++x) below[size_t(x) + 1] = m_sample(x, y) > m_threshold;
      else
        std::fill(below.begin(), below.end(), char(0));
      for (int x = 0; x + 1 < m_columns; ++x) {
        const bool a = above[size_t(x)], b = above[size_t(x) + 1], c = below[size_t(x) + 1], d = below[size_t(x)];
        if (a != b || b != c || c != d) cell(x, y, a, b, c, d, starts);
      }
      std::swap(above, below);
    }
    QList<QPolygonF> all;
    for (const int start : starts) {
      if (m_next[size_t(start)] < 0) continue;
      QPolygonF line;
      int at = start;
      while (m_next[size_t(at)] >= 0) {
        line << point(at);
        at = std::exchange(m_next[size_t(at)], -1);
      }
      line << line.first();
      all << line;
    }
    return all;
  }

 private:
  bool isReal(int x, int y) const { return x >= 1 && y >= 1 && x <= m_width && y <= m_height; }
  int horizontal(int x, int y) const { return (y * m_columns + x) * 2; }    // between (x, y) and (x + 1, y)
  int vertical(int x, int y) const { return (y * m_columns + x) * 2 + 1; }  // between (x, y) and (x, y + 1)
  double value(int x, int y) const { return isReal(x, y) ? double(m_sample(x - 1, y - 1)) : m_threshold; }

  void link(int from, int to, std::vector<int>& starts) {
    m_next[size_t(from)] = to;
    starts.push_back(from);
  }

  void cell(int x, int y, bool a, bool b, bool c, bool d, std::vector<int>& starts) {
    const int top = horizontal(x, y), right = vertical(x + 1, y), bottom = horizontal(x, y + 1), left = vertical(x, y);
    switch ((a ? 1 : 0) | (b ? 2 : 0) | (c ? 4 : 0) | (d ? 8 : 0)) {
      case 1:
        return link(left, top, starts);
      case 2:
        return link(top, right, starts);
      case 4:
        return link(right, bottom, starts);
      case 8:
        return link(bottom, left, starts);
      case 3:
        return link(left, right, starts);
      case 6:
        return link(top, bottom, starts);
      case 12:
        return link(right, left, starts);
      case 9:
        return link(bottom, top, starts);
      case 14:
        return link(top, left, starts);
      case 13:
        return link(right, top, starts);
      case 11:
        return link(bottom, right, starts);
      case 7:
        return link(left, bottom, starts);
      default:
        break;
    }
    // Two opposite corners: joined when the middle of the cell is inside.
    const bool joined = (value(x, y) + value(x + 1, y) + value(x, y + 1) + value(x + 1, y + 1)) / 4 > m_threshold;
    if (a) {
      link(joined ? right : left, top, starts);
      link(joined ? left : right, bottom, starts);
    } else {
      link(top, joined ? left : right, starts);
      link(bottom, joined ? right : left, starts);
    }
  }

  QPointF point(int edge) const {
    const int x = (edge / 2) % m_columns, y = (edge / 2) / m_columns;
    const bool across = edge % 2 == 0;
    const int x2 = across ? x + 1 : x, y2 = across ? y : y + 1;
    double share = 0.5;  // at the border of the picture the outline runs along its edge
    if (isReal(x, y) && isReal(x2, y2)) {
      const double from = value(x, y), to = value(x2, y2);
      share = std::clamp((m_threshold - from) / (to - from), 0.02, 0.98);
    }
    const double px = x - 0.5, py = y - 0.5;
    return across ? QPointF(px + share, py) : QPointF(px, py + share);
  }

  int m_columns, m_rows, m_width, m_height;
  double m_threshold;
  Sample m_sample;
  std::vector<int> m_next;
};

}  // namespace

QList<QPolygonF> contoursOf(const ProbabilityMap& map, double threshold) {
  if (map.empty()) return {};
  const float* values = map.values.data();
  const auto sample = [values, w = map.width](int x, int y) { return values[size_t(y) * size_t(w) + size_t(x)]; };
  return Tracer<decltype(sample)>(map.width, map.height, threshold, sample).run();
}

QList<QPolygonF> contoursOf(const MaskImage& mask) {
  if (mask.empty()) return {};
  const std::uint8_t* pixels = mask.pixels.data();
  const auto sample = [pixels, w = mask.width](int x, int y) { return int(pixels[size_t(y) * size_t(w) + size_t(x)]); };
  return Tracer<decltype(sample)>(mask.width, mask.height, 127.5, sample).run();
}

}  // namespace gps::ui
