#pragma once
// From what a table knows of each tensor to what the K slider shows.
#include <array>
#include <cstdint>
#include <vector>

#include "core/nn/parametermap.h"
#include "core/values/runspec.h"
#include "core/values/selectioncounts.h"

namespace gps {

constexpr int kTableDepth = 64;  // K = 1 … 64

struct TensorCounts {
  std::size_t id = 0;                                // of the matrix entry
  std::array<std::int64_t, kTableDepth> selected{};  // by K - 1
  std::array<double, kTableDepth> scoreSum{};        // Σ|score| of these
  std::array<double, kTableDepth> threshold{};       // the smallest |score| of these, or a bar below it; not read where none is selected
  double scoreTotal = 0;
};

// One SelectionCounts for every K. tensors: those that may be selected, in canonical order. Sums are taken in that order, so they are
// the same wherever the parts were counted.
std::vector<SelectionCounts> tableCounts(const ParameterMap& map, const SelectionSpec& spec, const std::vector<TensorCounts>& tensors,
                                         std::int64_t rows, std::int64_t zeroRows);

}  // namespace gps
