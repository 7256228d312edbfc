#include "core/selection/levels/tablecounts.h"

#include <algorithm>

#include "core/selection/selection.h"

namespace gps {
namespace {

std::size_t blockIndex(const std::vector<BlockCount>& blocks, const ParameterEntry& e) {
  const auto found =
      std::find_if(blocks.begin(), blocks.end(), [&](const BlockCount& b) { return b.block == e.block && b.kind == e.kind; });
  return std::size_t(found - blocks.begin());
}

void lower(double& threshold, double to, bool isFirst) { threshold = isFirst ? to : std::min(threshold, to); }

}  // namespace

std::vector<SelectionCounts> tableCounts(const ParameterMap& map, const SelectionSpec& spec, const std::vector<TensorCounts>& tensors,
                                         std::int64_t rows, std::int64_t zeroRows) {
  // Everything but the selected counts is the same for every K.
  Selection none;
  none.spec = spec;
  none.rows = rows;
  none.zeroRows = zeroRows;
  const auto base = countSelection(map, none);
  const auto encoder = double(map.parameterCount(ModelPart::Encoder)), all = double(map.parameterCount());
  std::vector<std::size_t> blockOf;
  double total = 0;
  for (const auto& t : tensors) {
    blockOf.push_back(blockIndex(base.perBlock, map.entry(t.id)));
    total += t.scoreTotal;
  }

  std::vector<SelectionCounts> table;
  for (std::size_t k = 0; k < kTableDepth; ++k) {
    auto counts = base;
    counts.keptPerRow = int(k) + 1;
    double captured = 0;
    for (std::size_t t = 0; t < tensors.size(); ++t) {
      const auto& tensor = tensors[t];
      const auto n = tensor.selected[k];
      auto& block = counts.perBlock[blockOf[t]];
      block.scoreTotal += tensor.scoreTotal;
      if (n == 0) continue;
      lower(block.threshold, tensor.threshold[k], block.selected == 0);
      lower(counts.threshold, tensor.threshold[k], counts.selected == 0);
      block.selected += n;
      block.scoreSum += tensor.scoreSum[k];
      captured += tensor.scoreSum[k];
      counts.selected += n;
      if (map.entry(tensor.id).part == ModelPart::Encoder) counts.trainable += n;
      counts.trainableTotal += n;
    }
    counts.capturedShare = total > 0 ? captured / total : 0;
    counts.trainableShare = encoder > 0 ? double(counts.trainable) / encoder : 0;
    counts.totalShare = all > 0 ? double(counts.trainableTotal) / all : 0;
    table.push_back(std::move(counts));
  }
  return table;
}

}  // namespace gps
