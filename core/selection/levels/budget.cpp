#include "core/selection/levels/budget.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "core/values/error.h"

namespace gps {
namespace {

void requireBudget(const SelectionSpec& spec) {
  if (spec.keptPerRow < 1)
    throw Error(ErrorCode::BadArgument, "K = " + std::to_string(spec.keptPerRow), "every neuron keeps at least one input",
                "Choose K from 1");
  if (!(spec.share >= 0 && spec.share <= 1))
    throw Error(ErrorCode::BadArgument, "--share", std::to_string(spec.share) + " is out of range", "Give a number above 0 and up to 1");
}

std::int64_t countOfAll(const ParameterMap& map, const std::vector<std::size_t>& ids) {
  std::int64_t n = 0;
  for (const auto id : ids) n += map.entry(id).count;
  return n;
}

std::int64_t countOfRows(const ParameterMap& map, const std::vector<std::size_t>& ids, std::int64_t keptPerRow) {
  std::int64_t n = 0;
  for (const auto id : ids) n += entriesOfRows(map.entry(id), keptPerRow);
  return n;
}

std::int64_t countOfShare(const ParameterMap& map, const std::vector<std::size_t>& ids, double share) {
  return std::llround(share * double(countOfAll(map, ids)));
}

}  // namespace

std::int64_t entriesOfRows(const ParameterEntry& entry, std::int64_t keptPerRow) { return entry.rows * std::min(keptPerRow, entry.cols); }

int keptPerRowOf(const ParameterMap& map, const std::vector<std::size_t>& ids, const SelectionSpec& spec) {
  requireBudget(spec);
  if (spec.share == 0) return spec.keptPerRow;
  const auto wanted = countOfShare(map, ids, spec.share);
  std::int64_t low = 1, high = 1;
  for (const auto id : ids) high = std::max(high, map.entry(id).cols);
  while (low < high) {  // the first K that reaches the share
    const auto middle = (low + high) / 2;
    if (countOfRows(map, ids, middle) >= wanted)
      high = middle;
    else
      low = middle + 1;
  }
  if (low > 1 && wanted - countOfRows(map, ids, low - 1) <= countOfRows(map, ids, low) - wanted) --low;
  return int(low);
}

std::int64_t totalBudget(const ParameterMap& map, const std::vector<std::size_t>& ids, const SelectionSpec& spec) {
  requireBudget(spec);
  return spec.share > 0 ? countOfShare(map, ids, spec.share) : countOfRows(map, ids, spec.keptPerRow);
}

std::vector<std::int64_t> layerBudgets(const ParameterMap& map, const std::vector<std::size_t>& ids, const SelectionSpec& spec) {
  std::vector<std::int64_t> budgets;
  if (spec.layerBudget == LayerBudget::Rows) {
    const auto k = keptPerRowOf(map, ids, spec);
    for (const auto id : ids) budgets.push_back(entriesOfRows(map.entry(id), k));
    return budgets;
  }
  using Wide = std::uint64_t;  // both factors are below 2^32: offsets have 32 bits
  const auto total = totalBudget(map, ids, spec), all = countOfAll(map, ids);
  std::vector<std::int64_t> remainders;
  for (const auto id : ids) {
    const auto product = Wide(total) * Wide(map.entry(id).count);
    budgets.push_back(std::int64_t(product / Wide(all)));
    remainders.push_back(std::int64_t(product % Wide(all)));
  }
  std::vector<std::size_t> order(ids.size());
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return remainders[a] > remainders[b]; });
  const auto left = total - std::accumulate(budgets.begin(), budgets.end(), std::int64_t(0));
  for (std::int64_t i = 0; i < left; ++i) ++budgets[order[std::size_t(i)]];
  return budgets;
}

}  // namespace gps
