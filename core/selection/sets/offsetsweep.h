#pragma once
// Several ascending lists of offsets walked at once, a window of positions at a time: linear in the picks, whatever their number of lists.
#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "core/kernels/hostthreads.h"

namespace gps {

// Visits every position of [from, to) that a set holds, ascending. note(cell, i) marks it for set i in a cell that starts as zero;
// visit(offset, cell) reads the marks.
template <typename Cell, typename Note, typename Visit>
void sweepOffsets(std::span<const std::span<const std::uint32_t>> sets, std::uint64_t from, std::uint64_t to, Note note, Visit visit) {
  constexpr std::size_t kWindow = std::size_t{1} << 15;  // cells stay in the cache
  struct Cursor {
    const std::uint32_t *next, *end;
  };
  std::vector<Cursor> cursors;
  for (const auto& set : sets) {
    const auto at = [&](std::uint64_t offset) {
      return set.data() +
             (std::lower_bound(set.begin(), set.end(), offset, [](std::uint32_t a, std::uint64_t b) { return a < b; }) - set.begin());
    };
    cursors.push_back({at(from), at(to)});
  }
  if (std::all_of(cursors.begin(), cursors.end(), [](const Cursor& c) { return c.next == c.end; })) return;
  std::vector<Cell> cells(kWindow);
  std::vector<std::uint64_t> touched(kWindow / 64);
  for (;;) {
    std::uint64_t start = std::numeric_limits<std::uint64_t>::max();
    for (const auto& cursor : cursors)
      if (cursor.next != cursor.end) start = std::min<std::uint64_t>(start, *cursor.next);
    if (start == std::numeric_limits<std::uint64_t>::max()) return;
    for (std::size_t i = 0; i < cursors.size(); ++i) {
      auto& [next, end] = cursors[i];
      for (; next != end && *next - start < kWindow; ++next) {
        const auto place = std::size_t(*next - start);
        touched[place / 64] |= std::uint64_t{1} << (place % 64);
        note(cells[place], i);
      }
    }
    for (std::size_t word = 0; word < touched.size(); ++word) {
      for (auto bits = touched[word]; bits != 0; bits &= bits - 1) {
        const auto place = word * 64 + std::size_t(std::countr_zero(bits));
        visit(std::uint32_t(start + place), std::as_const(cells[place]));
        cells[place] = Cell{};
      }
      touched[word] = 0;
    }
  }
}

// Calls work(part, from, to) for each part of the range that the sets span, on all cores; returns what each made of its part, in order.
template <typename Part, typename Work>
std::vector<Part> sweepParts(std::span<const std::span<const std::uint32_t>> sets, Work work) {
  constexpr std::int64_t kPart = std::int64_t{1} << 22;
  std::int64_t end = 0;
  for (const auto& set : sets)
    if (!set.empty()) end = std::max(end, std::int64_t{set.back()} + 1);
  std::vector<Part> parts(std::size_t((end + kPart - 1) / kPart));
  kernels::forBlocks(end, kPart, [&](std::int64_t from, std::int64_t to) {
    work(parts[std::size_t(from / kPart)], std::uint64_t(from), std::uint64_t(to));
  });
  return parts;
}

template <typename T>
void appendTo(std::vector<T>& all, std::vector<T>& part) {
  all.insert(all.end(), part.begin(), part.end());
  part = {};
}

// The positions for which keep(cell) holds, ascending. On all cores; the same whatever their number.
template <typename Cell, typename Note, typename Keep>
std::vector<std::uint32_t> collectOffsets(std::span<const std::span<const std::uint32_t>> sets, Note note, Keep keep) {
  using Part = std::vector<std::uint32_t>;
  auto parts = sweepParts<Part>(sets, [&](Part& part, std::uint64_t from, std::uint64_t to) {
    sweepOffsets<Cell>(sets, from, to, note, [&](std::uint32_t offset, const Cell& cell) {
      if (keep(cell)) part.push_back(offset);
    });
  });
  std::size_t count = 0;
  for (const auto& part : parts) count += part.size();
  std::vector<std::uint32_t> all;
  all.reserve(count);
  for (auto& part : parts) appendTo(all, part);
  return all;
}

}  // namespace gps
