#pragma once
// Pairs of 64-bit hashes that differ in few bits, without comparing all with all.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "core/control/runcontrol.h"

namespace gps {

// Calls `report(a, b)`, a < b, once for every pair whose hashes differ in at most `threshold` bits (0 … 16). The bits are cut into
// threshold + 1 bands: as fewer bits than bands differ, such a pair agrees in a whole band, and only hashes with an equal band are
// compared. Throws Cancelled with `control`.
void forEachNearPair(const std::vector<std::uint64_t>& hashes, int threshold,
                     const std::function<void(std::size_t a, std::size_t b)>& report, RunControl* control = nullptr);

}  // namespace gps
