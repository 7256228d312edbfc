#include "core/kernels/scorescan.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <vector>

#include "core/kernels/hostthreads.h"
#include "core/kernels/scoreorder.h"
#include "core/kernels/vectorclones.h"

namespace gps::kernels {
namespace {

void forChunks(const ScoreChunks& c, const std::function<void(std::int64_t, const ScoreChunk&, const float*)>& work) {
  forBlocks(c.count, 1, [&](std::int64_t from, std::int64_t to) {
    for (auto i = from; i < to; ++i) work(i, c.chunks[i], c.scores + c.chunks[i].begin);
  });
}

template <typename T>
void addTo(T* shared, const std::vector<T>& own) {
  for (std::size_t i = 0; i < own.size(); ++i)
    if (own[i] != 0) std::atomic_ref(shared[i]).fetch_add(own[i], std::memory_order_relaxed);
}

// Slots of a group are numbered side by side: the first of them and one past the last.
std::pair<std::int32_t, std::int32_t> slotRange(const std::int32_t* slots, std::int64_t count) {
  std::int32_t low = 0, high = 0;
  for (std::int64_t i = 0; i < count; ++i)
    if (slots[i] >= 0) {
      if (high == 0 || slots[i] < low) low = slots[i];
      high = std::max(high, slots[i] + 1);
    }
  return {low, high};
}

std::uint32_t lowestBucket(const std::int32_t* slots) {
  std::uint32_t bucket = 0;
  while (bucket < kCoarseBuckets && slots[bucket] < 0) ++bucket;
  return bucket;
}

constexpr std::int32_t kLane = 16;
std::size_t room(const ScoreChunk& chunk) { return std::size_t(chunk.count) + kLane; }

// Writes the positions of the scores whose order is `least` or more; returns how many. positions: room(chunk).
GPS_VECTOR_CLONES std::int32_t passing(const float* s, std::int32_t count, std::uint32_t least, std::int32_t* positions) {
  std::int32_t n = 0, i = 0;
  for (; i + kLane <= count; i += kLane) {
    std::int32_t any = 0;
    for (std::int32_t l = 0; l < kLane; ++l) any |= std::int32_t(std::int32_t(scoreOrder(s[i + l])) >= std::int32_t(least));
    if (any == 0) continue;
    for (std::int32_t l = 0; l < kLane; ++l) {
      positions[n] = i + l;
      n += scoreOrder(s[i + l]) >= least;
    }
  }
  for (; i < count; ++i)
    if (scoreOrder(s[i]) >= least) positions[n++] = i;
  return n;
}

}  // namespace

void countCoarse(const ScoreChunks& c, std::uint32_t* counts, double* totals) {
  forChunks(c, [&](std::int64_t index, const ScoreChunk& chunk, const float* s) {
    constexpr int kLanes = 4;  // neighbours often share a bucket; an own count for each keeps them from waiting for each other
    std::vector<std::uint32_t> own(kLanes * kCoarseBuckets, 0);
    double sums[kLanes] = {};
    const auto look = [&](float score, int lane) {
      const auto order = scoreOrder(score);
      ++own[std::size_t(lane * kCoarseBuckets) + coarseBucket(order)];
      sums[lane] += order >= kOrderOfInfinity ? 0.0 : double(scoreOfOrder(order));
    };
    std::int32_t i = 0;
    for (; i + kLanes <= chunk.count; i += kLanes)
      for (int l = 0; l < kLanes; ++l) look(s[i + l], l);
    for (; i < chunk.count; ++i) look(s[i], 0);
    for (int l = 1; l < kLanes; ++l)
      for (std::size_t b = 0; b < kCoarseBuckets; ++b) own[b] += own[std::size_t(l) * kCoarseBuckets + b];
    own.resize(kCoarseBuckets);
    addTo(counts + std::int64_t(chunk.tensor) * kCoarseBuckets, own);
    totals[index] = (sums[0] + sums[1]) + (sums[2] + sums[3]);
  });
}

void countFine(const ScoreChunks& c, const std::int32_t* slots, std::uint32_t* counts) {
  forChunks(c, [&](std::int64_t, const ScoreChunk& chunk, const float* s) {
    const auto* mine = slots + std::int64_t(chunk.group) * kCoarseBuckets;
    const auto [low, high] = slotRange(mine, kCoarseBuckets);
    if (high == 0) return;
    const auto least = lowestBucket(mine) << 20;
    std::vector<std::uint32_t> own(std::size_t(high - low) * kFineBuckets, 0);
    std::vector<std::int32_t> positions(room(chunk));
    const auto n = passing(s, chunk.count, least, positions.data());
    for (std::int32_t p = 0; p < n; ++p) {
      const auto order = scoreOrder(s[positions[std::size_t(p)]]);
      const auto slot = mine[coarseBucket(order)];
      if (slot >= 0) ++own[std::size_t(slot - low) * kFineBuckets + fineBucket(order)];
    }
    addTo(counts + std::int64_t(low) * kFineBuckets, own);
  });
}

void countFinest(const ScoreChunks& c, const std::int32_t* slots, const std::int32_t* fineSlots, std::uint32_t* counts) {
  forChunks(c, [&](std::int64_t, const ScoreChunk& chunk, const float* s) {
    const auto* mine = slots + std::int64_t(chunk.group) * kCoarseBuckets;
    const auto [low, high] = slotRange(mine, kCoarseBuckets);
    if (high == 0) return;
    const auto [fineLow, fineHigh] = slotRange(fineSlots + std::int64_t(low) * kFineBuckets, std::int64_t(high - low) * kFineBuckets);
    if (fineHigh == 0) return;
    const auto least = lowestBucket(mine) << 20;
    std::vector<std::uint32_t> own(std::size_t(fineHigh - fineLow) * kFineBuckets, 0);
    std::vector<std::int32_t> positions(room(chunk));
    const auto n = passing(s, chunk.count, least, positions.data());
    for (std::int32_t p = 0; p < n; ++p) {
      const auto order = scoreOrder(s[positions[std::size_t(p)]]);
      const auto slot = mine[coarseBucket(order)];
      if (slot < 0) continue;
      const auto fine = fineSlots[std::int64_t(slot) * kFineBuckets + fineBucket(order)];
      if (fine >= 0) ++own[std::size_t(fine - fineLow) * kFineBuckets + finestBucket(order)];
    }
    addTo(counts + std::int64_t(fineLow) * kFineBuckets, own);
  });
}

void descendAll(const std::uint32_t* counts, const DescentQuery* queries, std::int64_t count, Descent* out) {
  for (std::int64_t q = 0; q < count; ++q) out[q] = descend(counts, queries[q]);
}

void countTies(const ScoreChunks& c, const std::uint32_t* orders, std::uint32_t* counts) {
  forChunks(c, [&](std::int64_t index, const ScoreChunk& chunk, const float* s) {
    const auto* first = orders + std::int64_t(chunk.group) * kMaxBounds;
    const auto* last = std::find(first, first + kMaxBounds, 0xffffffffu);
    if (first == last) return;
    for (std::int32_t i = 0; i < chunk.count; ++i) {
      const auto order = scoreOrder(s[i]);
      if (order < *first) continue;
      const auto* found = std::lower_bound(first, last, order);
      if (found != last && *found == order) ++counts[index * kMaxBounds + (found - first)];
    }
  });
}

void findTies(const ScoreChunks& c, const TieQuery* queries, std::int64_t count, std::uint32_t* offsets) {
  forBlocks(count, 1, [&](std::int64_t q, std::int64_t) {
    const auto& chunk = c.chunks[queries[q].chunk];
    const float* s = c.scores + chunk.begin;
    std::uint32_t before = 0;
    for (std::int32_t i = 0; i < chunk.count; ++i)
      if (scoreOrder(s[i]) == queries[q].order && before++ == queries[q].rank) {
        offsets[q] = std::uint32_t(chunk.begin + i);
        return;
      }
  });
}

void tally(const ScoreChunks& c, const std::uint64_t* bounds, int boundCount, const double* scales, const TallyResult& out) {
  forChunks(c, [&](std::int64_t, const ScoreChunk& chunk, const float* s) {
    const auto* first = bounds + std::int64_t(chunk.group) * kMaxBounds;
    const auto scale = scales[chunk.tensor];
    std::vector<std::uint64_t> counts(std::size_t(boundCount), 0), sums(std::size_t(boundCount), 0);
    std::vector<std::int32_t> positions(room(chunk));
    const auto n = passing(s, chunk.count, orderOfKey(first[boundCount - 1]), positions.data());
    for (std::int32_t p = 0; p < n; ++p) {
      const auto i = positions[std::size_t(p)];
      const auto order = scoreOrder(s[i]);
      const auto key = scoreKey(order, std::uint32_t(chunk.begin + i));
      const auto* reached = std::lower_bound(first, first + boundCount, key, std::greater<>());
      if (reached == first + boundCount) continue;
      ++counts[std::size_t(reached - first)];
      sums[std::size_t(reached - first)] += fixedScore(order, scale);
    }
    addTo(out.counts + std::int64_t(chunk.tensor) * kMaxBounds, counts);
    addTo(out.sums + std::int64_t(chunk.tensor) * kMaxBounds, sums);
  });
}

void countReached(const ScoreChunks& c, const std::uint64_t* bounds, std::uint32_t* counts) {
  forChunks(c, [&](std::int64_t index, const ScoreChunk& chunk, const float* s) {
    const auto bound = bounds[chunk.group];
    std::uint32_t n = 0;
    for (std::int32_t i = 0; i < chunk.count; ++i) n += scoreKey(scoreOrder(s[i]), std::uint32_t(chunk.begin + i)) >= bound;
    counts[index] += n;
  });
}

void gatherReached(const ScoreChunks& c, const std::uint64_t* bounds, const std::int64_t* starts, std::uint32_t* offsets) {
  forChunks(c, [&](std::int64_t index, const ScoreChunk& chunk, const float* s) {
    const auto bound = bounds[chunk.group];
    auto* out = offsets + starts[index];
    for (std::int32_t i = 0; i < chunk.count; ++i)
      if (scoreKey(scoreOrder(s[i]), std::uint32_t(chunk.begin + i)) >= bound) *out++ = std::uint32_t(chunk.begin + i);
  });
}

}  // namespace gps::kernels
