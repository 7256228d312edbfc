#pragma once
// How much two selections agree.
#include <cstdint>
#include <vector>

namespace gps {

// |a ∩ b| / |a ∪ b| of ascending, distinct offsets, 0…1; two empty sets: 1.
double jaccard(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b);

}  // namespace gps
