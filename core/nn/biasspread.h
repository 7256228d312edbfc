#pragma once
#include <vector>

#include "core/nn/devicetable.h"

namespace gps {

// One learned value per head and relation of two points of a window (their distance, or their offset), spread over all pairs of points.
// The backward sums the pairs of each relation in a fixed order, where torch's own would add atomically on a GPU.
class BiasSpread {
 public:
  BiasSpread() = default;
  // relationOf[a * points + b] in 0 … relations - 1, every relation at least once.
  BiasSpread(const std::vector<std::int64_t>& relationOf, std::int64_t relations);
  // values [heads, relations] -> [heads, points²]
  at::Tensor spread(const at::Tensor& values) const;
  std::int64_t relations() const { return m_relations; }

 private:
  DeviceTable m_relationOf;  // int64 [pairs]
  DeviceTable m_pairsOf;     // int64 [relations * most], pairs of one relation, filled up with `pairs`
  std::int64_t m_relations = 0;
};

}  // namespace gps
