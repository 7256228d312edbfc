#pragma once
// Maps and selections made for a test.
#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "core/nn/parametermap.h"
#include "core/selection/selection.h"

namespace gps::test {

inline ParameterEntry weight(const std::string& name, std::int64_t rows, std::int64_t cols, const std::string& block,
                             const std::string& kind, ModelPart part = ModelPart::Encoder) {
  ParameterEntry e;
  e.name = name;
  e.shape = {rows, cols};
  e.part = part;
  e.block = block;
  e.kind = kind;
  return e;
}

// Rows of different length, one as short as 3; two tensors share block and kind.
inline std::shared_ptr<const ParameterMap> unevenMap() {
  return std::make_shared<ParameterMap>(std::vector<ParameterEntry>{weight("0.qkv", 12, 40, "0", "qkv"), weight("0.fc1", 20, 9, "0", "fc1"),
                                                                    weight("1.qkv", 7, 31, "1", "qkv"), weight("1.qkv2", 5, 3, "1", "qkv"),
                                                                    weight("1.fc1", 4, 100, "1", "fc1")});
}

// `count` distinct numbers below n, ascending; every such set is as likely as any other (selection sampling).
inline std::vector<std::int64_t> distinctBelow(std::int64_t n, std::int64_t count, std::mt19937& random) {
  std::vector<std::int64_t> chosen;
  for (std::int64_t i = 0; i < n && std::int64_t(chosen.size()) < count; ++i)
    if (std::int64_t(random() % std::uint32_t(n - i)) < count - std::int64_t(chosen.size())) chosen.push_back(i);
  return chosen;
}

// min(K, columns) uniform picks in every row.
inline Selection uniformPerRow(const ParameterMap& map, int keptPerRow, std::mt19937& random) {
  Selection selection;
  selection.spec.level = Level::Neuron;
  selection.spec.keptPerRow = keptPerRow;
  for (const auto id : map.matrixIds()) {
    const auto& e = map.entry(id);
    for (std::int64_t r = 0; r < e.rows; ++r)
      for (const auto c : distinctBelow(e.cols, std::min<std::int64_t>(keptPerRow, e.cols), random))
        selection.offsets.push_back(std::uint32_t(e.offset + r * e.cols + c));
  }
  return selection;
}

// counts[i] uniform picks in the i-th tensor.
inline Selection uniformPerTensor(const ParameterMap& map, const std::vector<std::int64_t>& counts, Level level, std::mt19937& random) {
  Selection selection;
  selection.spec.level = level;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto& e = map.entry(map.matrixIds()[i]);
    for (const auto k : distinctBelow(e.count, counts[i], random)) selection.offsets.push_back(std::uint32_t(e.offset + k));
  }
  return selection;
}

}  // namespace gps::test
