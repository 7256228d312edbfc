#pragma once
// A piece of one weight matrix, made small enough to look at: rows are neurons, columns their inputs.
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace gps {

// What to look at, in entries, and into how many cells it is put. A window beyond the matrix is cut to it; there are never more cells than
// entries, so that at the finest a cell is one connection.
struct TileWindow {
  std::int64_t firstRow = 0, firstColumn = 0;
  std::int64_t rows = 0, columns = 0;  // 0: to the end
  int height = 0, width = 0;           // cells, at most; 0: one an entry
  bool operator==(const TileWindow&) const = default;
};

struct LayerTile {
  TileWindow window;                 // as cut
  std::vector<float> score;          // [height, width]: the largest |score| of a cell; NaN counts as 0
  std::vector<std::uint32_t> picks;  // [height, width]: selected entries of a cell

  // Cell i covers the entries from firstRow + rowEdge(i) up to firstRow + rowEdge(i + 1).
  std::int64_t rowEdge(int i) const { return i * window.rows / std::max(1, window.height); }
  std::int64_t columnEdge(int i) const { return i * window.columns / std::max(1, window.width); }
};

// How the scores of a matrix spread.
struct ScoreRange {
  double low = 0;   // about 2 % of the non-zero |score| are below it, within a factor of two
  double high = 0;  // the largest finite |score|; 0: all are zero
  std::int64_t zeros = 0;
};

}  // namespace gps
