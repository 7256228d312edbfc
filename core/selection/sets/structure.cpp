#include "core/selection/sets/structure.h"

#include <algorithm>
#include <numeric>
#include <span>

#include "core/kernels/hostthreads.h"
#include "core/selection/methodweights.h"

namespace gps {
namespace {

using Picks = std::span<const std::uint32_t>;

Picks picksOf(const ParameterEntry& entry, const std::vector<std::uint32_t>& offsets) {
  const auto below = [](std::uint32_t a, std::int64_t b) { return a < b; };
  const auto from = std::lower_bound(offsets.begin(), offsets.end(), entry.offset, below);
  return {from, std::lower_bound(from, offsets.end(), entry.offset + entry.count, below)};
}

LayerStructure layerOf(const ParameterEntry& entry, Picks picks, int topColumns) {
  LayerStructure layer;
  layer.tensor = entry.name;
  layer.block = entry.block;
  layer.kind = entry.kind;
  layer.rows = entry.rows;
  layer.cols = entry.cols;
  layer.selected = std::int64_t(picks.size());
  std::vector<std::int64_t> perRow(std::size_t(entry.rows), 0), perColumn(std::size_t(entry.cols), 0);
  std::int64_t row = 0, begin = entry.offset;  // begin: offset of the row's first entry
  for (const std::int64_t offset : picks) {
    if (const auto ahead = (offset - begin) / entry.cols; ahead > 0) {
      row += ahead;
      begin += ahead * entry.cols;
    }
    ++perRow[std::size_t(row)];
    ++perColumn[std::size_t(offset - begin)];
  }
  layer.unionColumns = std::count_if(perColumn.begin(), perColumn.end(), [](auto n) { return n > 0; });
  layer.rowsWithout = std::count(perRow.begin(), perRow.end(), 0);

  std::vector<std::int64_t> order(perColumn.size());
  std::iota(order.begin(), order.end(), std::int64_t{0});
  const auto top = std::min<std::int64_t>(topColumns, layer.unionColumns);
  std::partial_sort(order.begin(), order.begin() + top, order.end(), [&](auto a, auto b) {
    const auto x = perColumn[std::size_t(a)], y = perColumn[std::size_t(b)];
    return x != y ? x > y : a < b;
  });
  for (std::int64_t i = 0; i < top; ++i) layer.topColumns.push_back({order[std::size_t(i)], perColumn[std::size_t(order[std::size_t(i)])]});

  std::sort(perRow.begin(), perRow.end());
  layer.fewestPerRow = perRow.front();
  layer.mostPerRow = perRow.back();
  layer.medianPerRow = double(perRow[(perRow.size() - 1) / 2] + perRow[perRow.size() / 2]) / 2;
  return layer;
}

}  // namespace

SelectionStructure structureOf(const ParameterMap& map, const Selection& selection, int topColumns) {
  const auto ofMethod = weightsOfMethod(map, selection.spec.decoder);
  std::vector<std::size_t> ids;
  for (const auto id : map.matrixIds())
    if (std::binary_search(ofMethod.begin(), ofMethod.end(), id) || !picksOf(map.entry(id), selection.offsets).empty()) ids.push_back(id);
  SelectionStructure result;
  result.layers.resize(ids.size());
  kernels::forBlocks(std::int64_t(ids.size()), 1, [&](std::int64_t from, std::int64_t to) {
    for (auto i = std::size_t(from); i < std::size_t(to); ++i)
      result.layers[i] = layerOf(map.entry(ids[i]), picksOf(map.entry(ids[i]), selection.offsets), topColumns);
  });
  for (const auto& layer : result.layers) {
    result.selected += layer.selected;
    result.rows += layer.rows;
    result.rowsWithout += layer.rowsWithout;
    result.cols += layer.cols;
    result.unionColumns += layer.unionColumns;
    auto block = std::find_if(result.perBlock.begin(), result.perBlock.end(),
                              [&](const BlockCount& b) { return b.block == layer.block && b.kind == layer.kind; });
    if (block == result.perBlock.end()) block = result.perBlock.insert(block, BlockCount{layer.block, layer.kind, 0, 0});
    block->selected += layer.selected;
    block->available += layer.rows * layer.cols;
  }
  return result;
}

}  // namespace gps
