#pragma once
// Set algebra on selections: each an ascending list of distinct offsets. Any number of sets, in time linear in their picks, on all
// cores; the result does not depend on the order of the sets but where one of them is named.
#include <cstdint>
#include <span>
#include <vector>

namespace gps {

using Offsets = std::span<const std::uint32_t>;  // ascending, distinct

std::vector<std::uint32_t> unionOf(std::span<const Offsets> sets);
std::vector<std::uint32_t> intersectionOf(std::span<const Offsets> sets);  // of no sets: empty
// What set `which` holds and no other.
std::vector<std::uint32_t> specificTo(std::span<const Offsets> sets, std::size_t which);
// The first set without all others; of no sets: empty.
std::vector<std::uint32_t> difference(std::span<const Offsets> sets);
std::vector<std::uint32_t> chosenByAtLeast(std::span<const Offsets> sets, std::size_t times);
std::vector<std::uint32_t> chosenByTwoOrMore(std::span<const Offsets> sets);
std::vector<std::uint32_t> chosenByOne(std::span<const Offsets> sets);

struct ChosenTimes {
  std::vector<std::uint32_t> offsets;   // of the union
  std::vector<std::uint16_t> times;     // [offsets.size()], 1 … sets: how many chose it; for up to 65535 sets
  std::vector<std::int64_t> histogram;  // [sets]: positions chosen by exactly 1, 2, … sets
};
ChosenTimes chosenTimes(std::span<const Offsets> sets);

std::int64_t intersectionSize(Offsets a, Offsets b);
// |A∩B| / |A∪B|, 0 … 1; 1 for two empty sets.
double jaccard(Offsets a, Offsets b);

}  // namespace gps
