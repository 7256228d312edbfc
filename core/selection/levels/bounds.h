#pragma once
// The key of the n-th best entry of each group, found by histogram refinement (never by sorting the arena).
#include <cstdint>
#include <vector>

#include "core/selection/levels/scorescanner.h"

namespace gps {

// coarse: scanner.look().coarse. budgets: [groups], of any order, at most kMaxBounds of them, each 0 … entries of the group. -> [groups,
// kMaxBounds]: exactly budgets[g][b] entries of group g have a key (kernels/scoreorder.h, index = offset) of at least bound b; those behind
// the last budget are the largest key of all.
std::vector<std::uint64_t> findBounds(const ScoreScanner& scanner, const std::vector<std::uint32_t>& coarse,
                                      const std::vector<std::vector<std::int64_t>>& budgets);

constexpr std::uint64_t kNoEntry = ~std::uint64_t(0);  // a bound that nothing reaches

}  // namespace gps
