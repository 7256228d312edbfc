#include "core/selection/levels/ranktable.h"

#include <algorithm>

#include "core/kernels/rowranking.h"
#include "core/kernels/scoreorder.h"
#include "core/nn/cudalaunch.h"
#include "core/selection/levels/census.h"
#include "core/selection/levels/devicearray.h"
#include "core/selection/scoretensor.h"
#include "core/values/error.h"

namespace gps {

struct RankTable::Part {
  TensorCounts counts;
  std::int64_t zeroRows = 0;
  at::Tensor columns;  // int32 [rows, min(kDepth, columns)], best first, where the scores lie
};

namespace {

// Ranks the rows of some tensors; what the device has counted is fetched once, at the end.
class Ranking {
 public:
  Ranking(const Scores& scores, std::size_t tensors)
      : m_values(tensorOf(scores)),
        m_sums(tensors * kTableDepth, 0),
        m_zeroRows(tensors, 0),
        m_smallest(tensors * kTableDepth, 0xffffffffu) {}

  // One at::Tensor of columns for each entry.
  std::vector<at::Tensor> run(const std::vector<const ParameterEntry*>& entries, const std::vector<double>& scales) {
    detail::DeviceArray<std::uint64_t> sums(m_sums, m_values.device(), detail::StartsAs::Zeros),
        zeroRows(m_zeroRows, m_values.device(), detail::StartsAs::Zeros);
    detail::DeviceArray<std::uint32_t> smallest(m_smallest, m_values.device());
    std::vector<at::Tensor> all;
    for (std::size_t t = 0; t < entries.size(); ++t) {
      const auto& e = *entries[t];
      const int depth = int(std::min<std::int64_t>(kTableDepth, e.cols));
      all.push_back(at::empty({e.rows, depth}, m_values.options().dtype(at::kInt)));
      auto* columns = static_cast<std::uint32_t*>(all.back().data_ptr());
      const kernels::RowMatrix matrix{m_values.const_data_ptr<float>() + e.offset, e.rows, e.cols};
      const kernels::RankSums out{sums.data() + t * kTableDepth, smallest.data() + t * kTableDepth, zeroRows.data() + t};
      if (!m_values.is_cuda()) {
        kernels::rankRows(matrix, depth, columns);
        kernels::sumRanks(matrix, depth, columns, scales[t], out);
      }
#ifdef GPS_WITH_CUDA
      if (m_values.is_cuda()) {
        detail::checkLaunch(kernels::rankRowsOnCuda(matrix, depth, columns, detail::cudaStream()), "ranking of rows");
        detail::checkLaunch(kernels::sumRanksOnCuda(matrix, depth, columns, scales[t], out, detail::cudaStream()), "ranking of rows");
      }
#endif
    }
    sums.fetch();
    zeroRows.fetch();
    smallest.fetch();
    return all;
  }
  std::uint64_t sum(std::size_t tensor, std::size_t rank) const { return m_sums[tensor * kTableDepth + rank]; }
  std::uint64_t zeroRows(std::size_t tensor) const { return m_zeroRows[tensor]; }
  std::uint32_t smallest(std::size_t tensor, std::size_t rank) const { return m_smallest[tensor * kTableDepth + rank]; }

 private:
  at::Tensor m_values;
  std::vector<std::uint64_t> m_sums, m_zeroRows;
  std::vector<std::uint32_t> m_smallest;
};

}  // namespace

RankTable::RankTable() = default;
RankTable::~RankTable() = default;
RankTable::RankTable(RankTable&&) noexcept = default;
RankTable& RankTable::operator=(RankTable&&) noexcept = default;

RankTable RankTable::build(std::shared_ptr<const ParameterMap> map, const Scores& scores, std::shared_ptr<const ScoreCensus> census,
                           const SelectionSpec& spec) {
  RankTable empty;
  empty.m_map = std::move(map);
  empty.m_scores = scores;
  empty.m_census = std::move(census);
  return empty.withSpec(spec);
}

RankTable RankTable::withSpec(const SelectionSpec& spec) const {
  RankTable table;
  table.m_map = m_map;
  table.m_scores = m_scores;
  table.m_census = m_census;
  table.m_spec = spec;
  table.m_all = m_all;
  const auto ids = selectableIds(*m_map, spec);
  const auto isRanked = [&](std::size_t id) {
    return std::any_of(m_all.begin(), m_all.end(), [&](const auto& part) { return part->counts.id == id; });
  };
  std::vector<std::size_t> missing;
  std::copy_if(ids.begin(), ids.end(), std::back_inserter(missing), [&](std::size_t id) { return !isRanked(id); });
  if (!missing.empty()) {
    const auto census = m_census->of(missing);
    std::vector<const ParameterEntry*> entries;
    for (const auto id : missing) entries.push_back(&m_map->entry(id));
    Ranking ranking(m_scores, missing.size());
    const auto columns = ranking.run(entries, census.scales);
    for (std::size_t t = 0; t < missing.size(); ++t) {
      auto part = std::make_shared<Part>();
      part->counts.id = missing[t];
      part->counts.scoreTotal = census.totals[t];
      part->zeroRows = std::int64_t(ranking.zeroRows(t));
      part->columns = columns[t];
      std::uint64_t sum = 0;
      for (std::size_t k = 0; k < kDepth; ++k) {
        const auto d = std::min(k, std::size_t(columns[t].size(1)) - 1);
        if (d == k) sum += ranking.sum(t, d);
        part->counts.selected[k] = entries[t]->rows * std::int64_t(d + 1);
        part->counts.scoreSum[k] = census.sum(t, sum);
        part->counts.threshold[k] = double(kernels::scoreOfOrder(ranking.smallest(t, d)));
      }
      table.m_all.push_back(std::move(part));
    }
  }
  for (const auto id : ids)
    for (const auto& part : table.m_all)
      if (part->counts.id == id) table.m_parts.push_back(part);
  table.countParts();
  return table;
}

void RankTable::countParts() {
  std::vector<TensorCounts> tensors;
  for (const auto& part : m_parts) {
    tensors.push_back(part->counts);
    m_rows += m_map->entry(part->counts.id).rows;
    m_zeroRows += part->zeroRows;
  }
  m_counts = tableCounts(*m_map, m_spec, tensors, m_rows, m_zeroRows);
}

Selection RankTable::select(int keptPerRow) const {
  if (keptPerRow < 1 || keptPerRow > kDepth)
    throw Error(ErrorCode::BadArgument, "K = " + std::to_string(keptPerRow), "the rank table reaches from 1 to " + std::to_string(kDepth));
  Selection selection;
  selection.spec = m_spec;
  selection.spec.keptPerRow = keptPerRow;
  selection.rows = m_rows;
  selection.zeroRows = m_zeroRows;
  for (const auto& part : m_parts) {
    const auto& e = m_map->entry(part->counts.id);
    const auto k = std::min<std::int64_t>(keptPerRow, part->columns.size(1));
    const auto kept = std::get<0>(part->columns.narrow(1, 0, k).cpu().sort(1)).contiguous();
    const auto* column = static_cast<const std::uint32_t*>(kept.const_data_ptr());
    for (std::int64_t r = 0; r < e.rows; ++r)
      for (std::int64_t i = 0; i < k; ++i) selection.offsets.push_back(std::uint32_t(e.offset + r * e.cols) + *column++);
  }
  return selection;
}

}  // namespace gps
