#include "core/selection/ranktable.h"

#include <cmath>
#include <functional>

#include "core/kernels/hostthreads.h"
#include "core/selection/rankorder.h"
#include "core/values/error.h"

namespace gps {

namespace {

// Fills `best` with the keys of the first `depth` columns of a row, in order.
void rankRow(const float* row, std::int64_t cols, std::int64_t depth, std::vector<std::uint64_t>& keys) {
  keys.resize(std::size_t(cols));
  for (std::int64_t c = 0; c < cols; ++c) keys[std::size_t(c)] = rankKey(row[c], std::uint32_t(c));
  const auto middle = keys.begin() + depth;
  if (depth < cols) std::nth_element(keys.begin(), middle, keys.end(), std::greater<>());
  std::sort(keys.begin(), middle, std::greater<>());
}

double magnitudeOf(float score) { return std::isnan(score) ? 0.0 : std::abs(double(score)); }

bool isZeroRow(const float* row, std::int64_t cols) {
  for (std::int64_t c = 0; c < cols; ++c)
    if (!(row[c] == 0.0f)) return false;
  return true;
}

}  // namespace

RankTable RankTable::build(std::shared_ptr<const ParameterMap> map, const float* scores, const SelectionSpec& spec) {
  RankTable table;
  table.m_map = map;
  table.m_spec = spec;
  std::vector<double> captured(kDepth, 0.0);  // Σ |score| of rank r over all rows
  double total = 0;
  for (const auto id : selectableIds(*map, spec)) {
    const auto& e = map->entry(id);
    Part part;
    part.id = id;
    part.depth = int(std::min<std::int64_t>(kDepth, e.cols));
    part.columns.resize(std::size_t(e.rows * part.depth));
    std::vector<double> rowTotal(std::size_t(e.rows), 0.0), rowRanks(std::size_t(e.rows * part.depth), 0.0);
    std::vector<char> rowZero(std::size_t(e.rows), 0);
    kernels::forBlocks(e.rows, 64, [&](std::int64_t from, std::int64_t to) {
      std::vector<std::uint64_t> keys;
      for (auto r = from; r < to; ++r) {
        const float* row = scores + e.offset + r * e.cols;
        rankRow(row, e.cols, part.depth, keys);
        for (int d = 0; d < part.depth; ++d) {
          const auto column = columnOfKey(keys[std::size_t(d)]);
          part.columns[std::size_t(r * part.depth + d)] = column;
          rowRanks[std::size_t(r * part.depth + d)] = magnitudeOf(row[column]);
        }
        for (std::int64_t c = 0; c < e.cols; ++c) rowTotal[std::size_t(r)] += magnitudeOf(row[c]);
        rowZero[std::size_t(r)] = isZeroRow(row, e.cols);
      }
    });
    // Summed in row order, so the figure does not depend on the threads.
    for (std::int64_t r = 0; r < e.rows; ++r) {
      total += rowTotal[std::size_t(r)];
      table.m_zeroRows += rowZero[std::size_t(r)];
      for (int d = 0; d < part.depth; ++d) captured[std::size_t(d)] += rowRanks[std::size_t(r * part.depth + d)];
    }
    table.m_rows += e.rows;
    table.m_parts.push_back(std::move(part));
  }

  // Everything but the selected counts is the same for every K.
  Selection none;
  none.spec = spec;
  none.rows = table.m_rows;
  none.zeroRows = table.m_zeroRows;
  const auto base = countSelection(*map, none);
  const auto encoder = double(map->parameterCount(ModelPart::Encoder)), all = double(map->parameterCount());
  double sum = 0;
  for (int k = 1; k <= kDepth; ++k) {
    auto counts = base;
    counts.keptPerRow = k;
    sum += captured[std::size_t(k) - 1];
    counts.capturedShare = total > 0 ? sum / total : 0;
    for (const auto& part : table.m_parts) {
      const auto& e = map->entry(part.id);
      const auto n = e.rows * std::min<std::int64_t>(k, e.cols);
      counts.selected += n;
      if (e.part == ModelPart::Encoder) counts.trainable += n;
      counts.trainableTotal += n;
      for (auto& b : counts.perBlock)
        if (b.block == e.block && b.kind == e.kind) b.selected += n;
    }
    counts.trainableShare = encoder > 0 ? double(counts.trainable) / encoder : 0;
    counts.totalShare = all > 0 ? double(counts.trainableTotal) / all : 0;
    table.m_counts.push_back(std::move(counts));
  }
  return table;
}

Selection RankTable::select(int keptPerRow) const {
  if (keptPerRow < 1 || keptPerRow > kDepth)
    throw Error(ErrorCode::BadArgument, "K = " + std::to_string(keptPerRow), "the rank table reaches from 1 to " + std::to_string(kDepth));
  Selection selection;
  selection.spec = m_spec;
  selection.spec.keptPerRow = keptPerRow;
  selection.rows = m_rows;
  selection.zeroRows = m_zeroRows;
  std::vector<std::uint32_t> columns;
  for (const auto& part : m_parts) {
    const auto& e = m_map->entry(part.id);
    const auto k = std::min(keptPerRow, part.depth);
    for (std::int64_t r = 0; r < e.rows; ++r) {
      const auto* first = part.columns.data() + r * part.depth;
      columns.assign(first, first + k);
      std::sort(columns.begin(), columns.end());
      for (const auto c : columns) selection.offsets.push_back(std::uint32_t(e.offset + r * e.cols + c));
    }
  }
  return selection;
}

Selection selectTopPerRow(const std::shared_ptr<const ParameterMap>& map, const float* scores, const SelectionSpec& spec) {
  if (spec.keptPerRow < 1)
    throw Error(ErrorCode::BadArgument, "K = " + std::to_string(spec.keptPerRow), "every neuron keeps at least one input",
                "Choose K from 1");
  Selection selection;
  selection.spec = spec;
  std::vector<std::uint64_t> keys;
  for (const auto id : selectableIds(*map, spec)) {
    const auto& e = map->entry(id);
    const auto k = std::min<std::int64_t>(spec.keptPerRow, e.cols);
    for (std::int64_t r = 0; r < e.rows; ++r) {
      const float* row = scores + e.offset + r * e.cols;
      rankRow(row, e.cols, k, keys);
      const auto first = selection.offsets.size();
      for (std::int64_t i = 0; i < k; ++i)
        selection.offsets.push_back(std::uint32_t(e.offset + r * e.cols + columnOfKey(keys[std::size_t(i)])));
      std::sort(selection.offsets.begin() + std::ptrdiff_t(first), selection.offsets.end());
      selection.zeroRows += isZeroRow(row, e.cols);
    }
    selection.rows += e.rows;
  }
  return selection;
}

}  // namespace gps
