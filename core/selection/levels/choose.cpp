#include "core/selection/levels/choose.h"

#include <algorithm>

#include "core/kernels/rowranking.h"
#include "core/nn/cudalaunch.h"
#include "core/selection/levels/bounds.h"
#include "core/selection/levels/devicearray.h"
#include "core/selection/levels/levelgroups.h"
#include "core/selection/levels/zerorows.h"
#include "core/selection/scoretensor.h"

namespace gps {
namespace {

std::vector<std::uint32_t> chooseInRows(const ParameterMap& map, const std::vector<std::size_t>& ids, const Scores& scores,
                                        std::int64_t keptPerRow) {
  std::int64_t all = 0;
  for (const auto id : ids) all += entriesOfRows(map.entry(id), keptPerRow);
  const auto& values = tensorOf(scores);
  std::vector<std::uint32_t> offsets(std::size_t(all), 0);
  detail::DeviceArray<std::uint32_t> there(offsets, values.device(), detail::StartsAs::Zeros);
  auto* out = there.data();
  for (const auto id : ids) {
    const auto& e = map.entry(id);
    const kernels::RowMatrix matrix{values.const_data_ptr<float>() + e.offset, e.rows, e.cols};
    const auto kept = std::min(keptPerRow, e.cols);
    if (!values.is_cuda()) kernels::chooseInRows(matrix, kept, std::uint32_t(e.offset), out);
#ifdef GPS_WITH_CUDA
    if (values.is_cuda())
      detail::checkLaunch(kernels::chooseInRowsOnCuda(matrix, kept, std::uint32_t(e.offset), out, detail::cudaStream()), "selection");
#endif
    out += e.rows * kept;
  }
  there.fetch();
  return offsets;
}

std::vector<std::uint32_t> chooseAboveBound(const ParameterMap& map, const std::vector<std::size_t>& ids, const Scores& scores,
                                            const SelectionSpec& spec) {
  const ScoreScanner scanner(map, ids, scores, groupsOf(spec.level));
  std::vector<std::vector<std::int64_t>> budgets;
  for (const auto budget : groupBudgets(map, ids, spec)) budgets.push_back({budget});
  const auto table = findBounds(scanner, scanner.look().coarse, budgets);
  std::vector<std::uint64_t> bounds;
  for (std::size_t g = 0; g < scanner.groups(); ++g) bounds.push_back(table[g * kernels::kMaxBounds]);
  return scanner.reached(bounds);
}

}  // namespace

Selection chooseEntries(const std::shared_ptr<const ParameterMap>& map, const Scores& scores, const SelectionSpec& spec) {
  const auto ids = selectableIds(*map, spec);
  Selection selection;
  selection.spec = spec;
  selection.spec.keptPerRow = keptPerRowOf(*map, ids, spec);
  selection.offsets =
      spec.level == Level::Neuron ? chooseInRows(*map, ids, scores, selection.spec.keptPerRow) : chooseAboveBound(*map, ids, scores, spec);
  for (const auto id : ids) selection.rows += map->entry(id).rows;
  for (const auto zero : countZeroRows(*map, ids, scores)) selection.zeroRows += std::int64_t(zero);
  return selection;
}

}  // namespace gps
