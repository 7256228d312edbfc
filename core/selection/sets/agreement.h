#pragma once
// How far selections on one model agree, and how far they would by chance.
#include <string>
#include <vector>

#include "core/nn/parametermap.h"
#include "core/selection/selection.h"
#include "core/values/selectioncomparison.h"

namespace gps {

struct NamedSelection {
  std::string name;
  const Selection* selection = nullptr;
};

// Chance: every selection chooses uniformly and independently of the others, as many entries of each row as it did (of each tensor,
// where one of those compared is not of neuron level). With n entries to choose from, E|A∩B| = Σ k₁k₂/n, E|A∪B| = Σ (k₁+k₂) − E|A∩B|,
// and an entry of A is expected in another one with 1 − Π (1 − k/n) over the others.
// map: that of all of them (requireComparable). Throws Error(BadArgument) for fewer than two. On all cores.
SelectionComparison compareSelections(const ParameterMap& map, const std::vector<NamedSelection>& selections);

}  // namespace gps
