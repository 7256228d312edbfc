#pragma once
// The method's choice written plainly and slowly (gps-method 1.4, 1.7), and small maps and scores full of odd cases to try it on.
#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "core/nn/parametermap.h"
#include "core/selection/selection.h"
#include "core/values/runspec.h"

namespace gps::test {

inline ParameterEntry matrix(const std::string& name, std::int64_t rows, std::int64_t cols, const std::string& block,
                             const std::string& kind, ModelPart part = ModelPart::Encoder, bool affects = true) {
  ParameterEntry e;
  e.name = name;
  e.shape = {rows, cols};
  e.role = ParameterRole::Matrix;
  e.part = part;
  e.block = block;
  e.kind = kind;
  e.affectsOutput = affects;
  return e;
}

inline ParameterEntry vectorOf(const std::string& name, std::int64_t n, ParameterRole role, const std::string& block,
                               const std::string& kind, ModelPart part = ModelPart::Encoder) {
  auto e = matrix(name, n, 1, block, kind, part);
  e.shape = {n};
  e.role = role;
  return e;
}

// Three blocks of random shapes, one row and one column among them, and a decoder of which a part does not matter.
inline std::shared_ptr<const ParameterMap> someMap(std::mt19937& random) {
  const auto size = [&](int low, int high) { return std::uniform_int_distribution<std::int64_t>(low, high)(random); };
  std::vector<ParameterEntry> entries;
  for (int block = 0; block < 3; ++block) {
    const auto name = std::to_string(block);
    entries.push_back(matrix(name + ".qkv.w", size(1, 90), size(1, 200), name, "qkv"));
    entries.push_back(vectorOf(name + ".qkv.b", size(1, 90), ParameterRole::Bias, name, "qkv"));
    entries.push_back(vectorOf(name + ".norm.b", 7, ParameterRole::NormBias, name, ""));
    entries.push_back(matrix(name + ".fc1.w", size(1, 90), size(1, 9), name, "fc1"));
    entries.push_back(matrix(name + ".fc2.w", block == 1 ? 1 : size(1, 20), size(1, 70), name, "fc1"));
  }
  entries.push_back(matrix("decoder.w", 5, 70, "decoder", "decoder", ModelPart::Decoder));
  entries.push_back(matrix("decoder.iou.w", 5, 70, "decoder", "decoder", ModelPart::Decoder, false));
  entries.push_back(vectorOf("decoder.b", 5, ParameterRole::Bias, "decoder", "decoder", ModelPart::Decoder));
  return std::make_shared<ParameterMap>(entries);
}

enum class ScoreStyle { Plain, Ties, Zeros, Odd };

// Plain: normal numbers. Ties: few different values, zeros of both signs. Zeros: nearly all zero. Odd: NaN and infinity among them.
inline std::vector<float> someScores(const ParameterMap& map, std::mt19937& random, ScoreStyle style = ScoreStyle::Odd) {
  std::normal_distribution<float> normal;
  std::vector<float> scores(std::size_t(map.matrixSize()), 0.0f);
  for (const auto id : map.matrixIds())
    for (std::int64_t i = 0; i < map.entry(id).count; ++i) {
      auto& s = scores[std::size_t(map.entry(id).offset + i)];
      s = normal(random);
      const auto kind = random() % 12;
      if (style == ScoreStyle::Ties || (style == ScoreStyle::Odd && kind < 4)) s = float(int(s * 2)) / 2;
      if (style == ScoreStyle::Zeros && kind < 11) s = kind % 2 ? 0.0f : -0.0f;
      if (style != ScoreStyle::Odd) continue;
      if (kind == 5) s = -0.0f;
      if (kind == 6 && random() % 4 == 0) s = std::numeric_limits<float>::quiet_NaN();
      if (kind == 7 && random() % 9 == 0) s = std::numeric_limits<float>::infinity();
    }
  return scores;
}

// The best `budget` of the offsets given in ascending order.
inline void plainTop(const std::vector<float>& scores, std::vector<std::uint32_t> offsets, std::int64_t budget,
                     std::vector<std::uint32_t>& chosen) {
  const auto size = [&](std::uint32_t o) { return std::isnan(scores[o]) ? -1.0f : std::abs(scores[o]); };
  std::stable_sort(offsets.begin(), offsets.end(), [&](auto a, auto b) { return size(a) > size(b); });
  for (std::int64_t i = 0; i < std::min<std::int64_t>(budget, std::int64_t(offsets.size())); ++i) chosen.push_back(offsets[std::size_t(i)]);
}

inline std::vector<std::uint32_t> plainRange(std::int64_t from, std::int64_t count) {
  std::vector<std::uint32_t> offsets(static_cast<std::size_t>(count));
  std::iota(offsets.begin(), offsets.end(), std::uint32_t(from));
  return offsets;
}

// Budgets of gps-method 1.7, in floating point and step by step.
inline std::vector<std::int64_t> plainLayerBudgets(const ParameterMap& map, const std::vector<std::size_t>& ids, std::int64_t total) {
  long double all = 0;
  for (const auto id : ids) all += (long double)(map.entry(id).count);
  std::vector<std::int64_t> budgets;
  std::vector<long double> rest;
  for (const auto id : ids) {
    const long double exact = (long double)(total) * (long double)(map.entry(id).count) / all;
    budgets.push_back(std::int64_t(std::floor(exact)));
    rest.push_back(exact - std::floor(exact));
  }
  for (auto left = total - std::accumulate(budgets.begin(), budgets.end(), std::int64_t(0)); left > 0; --left) {
    const auto best = std::size_t(std::max_element(rest.begin(), rest.end()) - rest.begin());
    ++budgets[best];
    rest[best] = -1;
  }
  return budgets;
}

inline std::vector<std::uint32_t> plainChoice(const ParameterMap& map, const std::vector<float>& scores, const SelectionSpec& spec) {
  const auto ids = selectableIds(map, spec);
  std::vector<std::uint32_t> chosen, everything;
  std::int64_t total = 0;
  for (const auto id : ids) total += map.entry(id).rows * std::min<std::int64_t>(spec.keptPerRow, map.entry(id).cols);
  const auto shares = plainLayerBudgets(map, ids, total);
  for (std::size_t t = 0; t < ids.size(); ++t) {
    const auto& e = map.entry(ids[t]);
    const auto rowBudget = e.rows * std::min<std::int64_t>(spec.keptPerRow, e.cols);
    if (spec.level == Level::Neuron)
      for (std::int64_t r = 0; r < e.rows; ++r) plainTop(scores, plainRange(e.offset + r * e.cols, e.cols), spec.keptPerRow, chosen);
    if (spec.level == Level::Layer)
      plainTop(scores, plainRange(e.offset, e.count), spec.layerBudget == LayerBudget::Rows ? rowBudget : shares[t], chosen);
    const auto range = plainRange(e.offset, e.count);
    everything.insert(everything.end(), range.begin(), range.end());
  }
  if (spec.level == Level::Net) plainTop(scores, everything, total, chosen);
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

inline std::int64_t plainZeroRows(const ParameterMap& map, const std::vector<float>& scores, const SelectionSpec& spec) {
  std::int64_t zero = 0;
  for (const auto id : selectableIds(map, spec)) {
    const auto& e = map.entry(id);
    for (std::int64_t r = 0; r < e.rows; ++r) {
      const float* row = scores.data() + e.offset + r * e.cols;
      zero += std::none_of(row, row + e.cols, [](float s) { return std::abs(s) > 0; });
    }
  }
  return zero;
}

}  // namespace gps::test
