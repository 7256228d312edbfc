#pragma once
// How one selection lies in its tensors. A column is an input of a layer; of a convolution (input channel, ky, kx).
#include <cstdint>
#include <string>
#include <vector>

#include "core/values/selectioncounts.h"

namespace gps {

struct ColumnPicks {
  std::int64_t column = 0, rows = 0;  // rows: neurons that picked it
};

struct LayerStructure {
  std::string tensor, block, kind;
  std::int64_t rows = 0, cols = 0, selected = 0;
  std::int64_t unionColumns = 0;  // that any row picked: what the weight gradient has to be computed for
  std::int64_t rowsWithout = 0;   // rows without a pick
  std::int64_t fewestPerRow = 0, mostPerRow = 0;
  double medianPerRow = 0;
  std::vector<ColumnPicks> topColumns;  // most picked first; of equal ones the smaller column

  double unionShare() const { return cols > 0 ? double(unionColumns) / double(cols) : 0; }
  // Concentration: share of the rows that picked the most picked column, 0 … 1.
  double topColumnShare() const { return topColumns.empty() || rows == 0 ? 0 : double(topColumns[0].rows) / double(rows); }
};

struct SelectionStructure {
  std::int64_t selected = 0, rows = 0, rowsWithout = 0;
  std::int64_t cols = 0, unionColumns = 0;  // summed over the layers
  std::vector<LayerStructure> layers;       // in the model's order
  std::vector<BlockCount> perBlock;         // block × kind

  double unionShare() const { return cols > 0 ? double(unionColumns) / double(cols) : 0; }
};

}  // namespace gps
