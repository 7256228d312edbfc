#include "core/drawing/contourlines.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <unordered_map>

namespace gps {
namespace {

// Corners of a cell: 0 top left, 1 top right, 2 bottom right, 3 bottom left. Edges: 0 top, 1 right, 2 bottom, 3 left.
// Bit c of the case is set when corner c is above the level. Segments run from edge to edge with the inside on one fixed side,
// so that the end of one is the start of the next.
struct CellSegments {
  int count;
  std::array<int, 4> edges;
};
constexpr std::array<CellSegments, 16> kCells{{{0, {}},
                                               {1, {3, 0, 0, 0}},
                                               {1, {0, 1, 0, 0}},
                                               {1, {3, 1, 0, 0}},
                                               {1, {1, 2, 0, 0}},
                                               {2, {3, 0, 1, 2}},
                                               {1, {0, 2, 0, 0}},
                                               {1, {3, 2, 0, 0}},
                                               {1, {2, 3, 0, 0}},
                                               {1, {2, 0, 0, 0}},
                                               {2, {0, 1, 2, 3}},
                                               {1, {2, 1, 0, 0}},
                                               {1, {1, 3, 0, 0}},
                                               {1, {1, 0, 0, 0}},
                                               {1, {0, 3, 0, 0}},
                                               {0, {}}}};

class Tracer {
 public:
  Tracer(const std::vector<float>& field, int width, int height, float level)
      : m_field(field), m_width(width), m_height(height), m_level(level) {}

  std::vector<ContourLine> trace() {
    // Cells reach one pixel over the border on every side.
    for (int y = -1; y < m_height; ++y)
      for (int x = -1; x < m_width; ++x) addCell(x, y);
    std::vector<ContourLine> lines;
    while (!m_next.empty()) {
      ContourLine line;
      std::uint64_t edge = m_next.begin()->first;
      for (auto found = m_next.find(edge); found != m_next.end(); found = m_next.find(edge)) {
        line.push_back(pointOn(edge));
        edge = found->second;
        m_next.erase(found);
      }
      lines.push_back(std::move(line));
    }
    return lines;
  }

 private:
  bool isInside(int x, int y) const { return x >= 0 && y >= 0 && x < m_width && y < m_height; }
  float value(int x, int y) const {
    if (!isInside(x, y)) return m_level - 1;
    return m_field[std::size_t(y) * std::size_t(m_width) + std::size_t(x)];
  }
  bool above(int x, int y) const { return value(x, y) > m_level; }

  // An edge lies between a grid point and its right (0) or lower (1) neighbour.
  std::uint64_t edgeId(int x, int y, int direction) const {
    return ((std::uint64_t(y + 1) * std::uint64_t(m_width + 2)) + std::uint64_t(x + 1)) * 2 + std::uint64_t(direction);
  }
  std::uint64_t edgeOfCell(int x, int y, int edge) const {
    switch (edge) {
      case 0:
        return edgeId(x, y, 0);
      case 1:
        return edgeId(x + 1, y, 1);
      case 2:
        return edgeId(x, y + 1, 0);
      default:
        return edgeId(x, y, 1);
    }
  }

  void addCell(int x, int y) {
    const int mask = int(above(x, y)) | int(above(x + 1, y)) << 1 | int(above(x + 1, y + 1)) << 2 | int(above(x, y + 1)) << 3;
    const auto& cell = kCells[std::size_t(mask)];
    for (int i = 0; i < cell.count; ++i) {
      m_next[edgeOfCell(x, y, cell.edges[std::size_t(2 * i)])] = edgeOfCell(x, y, cell.edges[std::size_t(2 * i + 1)]);
    }
  }

  ContourPoint pointOn(std::uint64_t id) const {
    const int direction = int(id % 2);
    const auto cell = id / 2;
    const int x = int(cell % std::uint64_t(m_width + 2)) - 1, y = int(cell / std::uint64_t(m_width + 2)) - 1;
    const int x2 = direction == 0 ? x + 1 : x, y2 = direction == 0 ? y : y + 1;
    const float a = value(x, y), b = value(x2, y2);
    const float t = a == b || !isInside(x, y) || !isInside(x2, y2) ? 0.5F : (m_level - a) / (b - a);
    return direction == 0 ? ContourPoint{float(x) + t, float(y)} : ContourPoint{float(x), float(y) + t};
  }

  const std::vector<float>& m_field;
  int m_width, m_height;
  float m_level;
  std::unordered_map<std::uint64_t, std::uint64_t> m_next;
};

}  // namespace

std::vector<ContourLine> contourLines(const std::vector<float>& field, int width, int height, float level) {
  return Tracer(field, width, height, level).trace();
}

}  // namespace gps
