#include "core/selection/sets/setalgebra.h"

#include "core/selection/sets/offsetsweep.h"

namespace gps {
namespace {

constexpr auto kCount = [](auto& cell, std::size_t) { ++cell; };

// Calls use(cell) with a cell that can count to the number of sets; the small one keeps more of them in the cache.
template <typename Use>
auto withCounter(std::span<const Offsets> sets, Use use) {
  return sets.size() <= 255 ? use(std::uint8_t{}) : use(std::uint32_t{});
}

// Positions for which keep(times) holds.
template <typename Keep>
std::vector<std::uint32_t> whereTimes(std::span<const Offsets> sets, Keep keep) {
  return withCounter(sets, [&](auto cell) { return collectOffsets<decltype(cell)>(sets, kCount, keep); });
}

}  // namespace

std::vector<std::uint32_t> unionOf(std::span<const Offsets> sets) {
  return whereTimes(sets, [](std::size_t) { return true; });
}

std::vector<std::uint32_t> intersectionOf(std::span<const Offsets> sets) {
  return whereTimes(sets, [&](std::size_t times) { return times == sets.size(); });
}

std::vector<std::uint32_t> specificTo(std::span<const Offsets> sets, std::size_t which) {
  constexpr std::uint8_t kOwn = 1, kOther = 2;
  return collectOffsets<std::uint8_t>(
      sets, [&](std::uint8_t& cell, std::size_t i) { cell = std::uint8_t(cell | (i == which ? kOwn : kOther)); },
      [](std::uint8_t marks) { return marks == kOwn; });
}

std::vector<std::uint32_t> difference(std::span<const Offsets> sets) { return specificTo(sets, 0); }

std::vector<std::uint32_t> chosenByAtLeast(std::span<const Offsets> sets, std::size_t times) {
  return whereTimes(sets, [times](std::size_t by) { return by >= times; });
}

std::vector<std::uint32_t> chosenByTwoOrMore(std::span<const Offsets> sets) { return chosenByAtLeast(sets, 2); }

std::vector<std::uint32_t> chosenByOne(std::span<const Offsets> sets) {
  return whereTimes(sets, [](std::size_t times) { return times == 1; });
}

ChosenTimes chosenTimes(std::span<const Offsets> sets) {
  struct Part {
    std::vector<std::uint32_t> offsets;
    std::vector<std::uint16_t> times;
  };
  auto parts = withCounter(sets, [&](auto cell) {
    return sweepParts<Part>(sets, [&](Part& part, std::uint64_t from, std::uint64_t to) {
      sweepOffsets<decltype(cell)>(sets, from, to, kCount, [&](std::uint32_t offset, auto times) {
        part.offsets.push_back(offset);
        part.times.push_back(std::uint16_t(times));
      });
    });
  });
  ChosenTimes result;
  result.histogram.assign(sets.size(), 0);
  std::size_t count = 0;
  for (const auto& part : parts) count += part.offsets.size();
  result.offsets.reserve(count);
  result.times.reserve(count);
  for (auto& part : parts) {
    for (const auto times : part.times) ++result.histogram[std::size_t(times) - 1];
    appendTo(result.offsets, part.offsets);
    appendTo(result.times, part.times);
  }
  return result;
}

std::int64_t intersectionSize(Offsets a, Offsets b) {
  std::int64_t both = 0;
  // Without a branch on the data, which no predictor could guess.
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const std::uint32_t x = a[i], y = b[j];
    both += x == y;
    i += x <= y;
    j += y <= x;
  }
  return both;
}

double jaccard(Offsets a, Offsets b) {
  const auto both = intersectionSize(a, b);
  const auto either = std::int64_t(a.size() + b.size()) - both;
  return either > 0 ? double(both) / double(either) : 1;
}

}  // namespace gps
