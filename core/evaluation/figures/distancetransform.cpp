#include "core/evaluation/figures/distancetransform.h"

#include <algorithm>

namespace gps {

namespace {

// Rows to the nearest member in the same column; `far` where the column has none.
std::vector<int> columnDistances(const PixelSet& set, int far) {
  const auto w = std::size_t(set.width), h = std::size_t(set.height);
  std::vector<int> gap(w * h);
  for (std::size_t x = 0; x < w; ++x) gap[x] = set.on[x] != 0 ? 0 : far;
  for (std::size_t i = w; i < w * h; ++i) gap[i] = set.on[i] != 0 ? 0 : std::min(far, gap[i - w] + 1);
  for (std::size_t i = w * h - w; i-- > 0;) gap[i] = std::min(gap[i], gap[i + w] + 1);
  return gap;
}

// The lower envelope of the parabolas (x - u)² + gap[u]² along one row.
class Envelope {
 public:
  explicit Envelope(int width) : m_centre(std::size_t(width)), m_start(std::size_t(width)) {}

  void build(const int* gap, int width) {
    m_gap = gap;
    m_top = 0;
    m_centre[0] = m_start[0] = 0;
    for (int u = 1; u < width; ++u) {
      while (m_top >= 0 && at(m_start[std::size_t(m_top)], m_centre[std::size_t(m_top)]) > at(m_start[std::size_t(m_top)], u)) --m_top;
      if (m_top < 0) {
        push(u, 0);
      } else if (const auto start = 1 + crossing(m_centre[std::size_t(m_top)], u); start < width) {
        push(u, int(start));
      }
    }
  }

  void read(std::int64_t* row, int width) {
    for (int x = width - 1; x >= 0; --x) {
      row[x] = at(x, m_centre[std::size_t(m_top)]);
      if (x == m_start[std::size_t(m_top)]) --m_top;
    }
  }

 private:
  std::int64_t at(int x, int u) const { return std::int64_t(x - u) * (x - u) + std::int64_t(m_gap[u]) * m_gap[u]; }
  // The last x at which parabola i, left of u, is not above that of u.
  std::int64_t crossing(int i, int u) const {
    const std::int64_t above =
        std::int64_t(u) * u - std::int64_t(i) * i + std::int64_t(m_gap[u]) * m_gap[u] - std::int64_t(m_gap[i]) * m_gap[i];
    const std::int64_t below = 2 * std::int64_t(u - i);
    return above >= 0 ? above / below : -((-above + below - 1) / below);
  }
  void push(int u, int start) {
    ++m_top;
    m_centre[std::size_t(m_top)] = u;
    m_start[std::size_t(m_top)] = start;
  }
  const int* m_gap = nullptr;
  std::vector<int> m_centre, m_start;
  int m_top = 0;
};

}  // namespace

std::vector<std::int64_t> squaredDistances(const PixelSet& set) {
  std::vector<std::int64_t> distances(set.on.size(), kNoDistance);
  if (std::none_of(set.on.begin(), set.on.end(), [](auto on) { return on != 0; })) return distances;
  const auto gap = columnDistances(set, set.width + set.height);  // further than any pixel is from a member
  Envelope envelope(set.width);
  for (int y = 0; y < set.height; ++y) {
    const auto row = std::size_t(y) * std::size_t(set.width);
    envelope.build(gap.data() + row, set.width);
    envelope.read(distances.data() + row, set.width);
  }
  return distances;
}

}  // namespace gps
