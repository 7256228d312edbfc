#pragma once
// Passes over many scores that find, by refining a histogram three times, the key of the n-th best of each group of tensors, without
// sorting: 11 + 10 + 10 bits of the order (scoreorder.h), then the index among equal ones.
//
//   coarse counts ─► which buckets hold a bound ─► fine counts of these ─► which of them ─► finest counts ─► its exact order
//   ─► ties: how many of that order lie in each chunk, and the n-th of them ─► bound keys ─► tally and gather
//
// On CUDA every pointer is to device memory, stream is a cudaStream_t and the launch status is returned. Counts are added to what is
// there. Results equal those of the CPU bit for bit.
#include <cstdint>

#include "core/kernels/scoreorder.h"

namespace gps::kernels {

constexpr int kCoarseBuckets = 2048, kFineBuckets = 1024;
constexpr int kMaxBounds = 64;                                        // bounds of one group
constexpr std::int64_t kHostChunk = 1 << 18, kDeviceChunk = 1 << 14;  // entries of a chunk, at most

// A piece of one tensor. Chunks are listed in ascending order of `begin`.
struct ScoreChunk {
  std::int64_t begin = 0;  // offset in the arena
  std::int32_t count = 0;
  std::int32_t tensor = 0;  // counts are kept by it
  std::int32_t group = 0;   // what competes with each other
};
struct ScoreChunks {
  const float* scores = nullptr;  // the arena
  const ScoreChunk* chunks = nullptr;
  std::int64_t count = 0;
};

GPS_ON_BOTH inline std::uint32_t coarseBucket(std::uint32_t order) { return order >> 20; }
GPS_ON_BOTH inline std::uint32_t fineBucket(std::uint32_t order) { return (order >> 10) & 1023u; }
GPS_ON_BOTH inline std::uint32_t finestBucket(std::uint32_t order) { return order & 1023u; }

// counts: [tensors, kCoarseBuckets]. On the CPU also totals: [chunks], Σ|score| of each (NaN and infinity left out).
void countCoarse(const ScoreChunks& c, std::uint32_t* counts, double* totals);
int countCoarseOnCuda(const ScoreChunks& c, std::uint32_t* counts, void* stream);

// slots: [groups, kCoarseBuckets], the slot of a bucket or -1; counts: [slots, kFineBuckets].
void countFine(const ScoreChunks& c, const std::int32_t* slots, std::uint32_t* counts);
int countFineOnCuda(const ScoreChunks& c, const std::int32_t* slots, std::uint32_t* counts, void* stream);

// fineSlots: [slots, kFineBuckets], the slot of a fine bucket or -1; counts: [fine slots, kFineBuckets].
void countFinest(const ScoreChunks& c, const std::int32_t* slots, const std::int32_t* fineSlots, std::uint32_t* counts);
int countFinestOnCuda(const ScoreChunks& c, const std::int32_t* slots, const std::int32_t* fineSlots, std::uint32_t* counts, void* stream);

// Down one level: in which fine bucket of a slot, best bucket last, the rest-th best (from 1) of the slot lies, its rank inside, and how
// many the bucket holds.
struct DescentQuery {
  std::int64_t rest = 0;
  std::int32_t slot = 0;
};
struct Descent {
  std::int64_t rest = 0;
  std::uint32_t bucket = 0, count = 0;
};
GPS_ON_BOTH inline Descent descend(const std::uint32_t* counts, const DescentQuery& query) {
  const std::uint32_t* buckets = counts + std::int64_t(query.slot) * kFineBuckets;
  Descent d{query.rest, kFineBuckets - 1, 0};
  for (; d.bucket > 0 && std::int64_t(buckets[d.bucket]) < d.rest; --d.bucket) d.rest -= std::int64_t(buckets[d.bucket]);
  d.count = buckets[d.bucket];
  return d;
}
void descendAll(const std::uint32_t* counts, const DescentQuery* queries, std::int64_t count, Descent* out);
int descendAllOnCuda(const std::uint32_t* counts, const DescentQuery* queries, std::int64_t count, Descent* out, void* stream);

// orders: [groups, kMaxBounds] ascending, filled up with 0xffffffff; counts: [chunks, kMaxBounds], entries of that order.
void countTies(const ScoreChunks& c, const std::uint32_t* orders, std::uint32_t* counts);
int countTiesOnCuda(const ScoreChunks& c, const std::uint32_t* orders, std::uint32_t* counts, void* stream);

// The rank-th (from 0) entry of `order` in a chunk -> its offset.
struct TieQuery {
  std::int64_t chunk = 0;
  std::uint32_t order = 0, rank = 0;
};
void findTies(const ScoreChunks& c, const TieQuery* queries, std::int64_t count, std::uint32_t* offsets);
int findTiesOnCuda(const ScoreChunks& c, const TieQuery* queries, std::int64_t count, std::uint32_t* offsets, void* stream);

// bounds: [groups, kMaxBounds], keys descending, the first boundCount in use. An entry counts for the first bound that its key reaches.
// scales: [tensors], of fixedScore. counts, sums: [tensors, kMaxBounds].
struct TallyResult {
  std::uint64_t* counts = nullptr;
  std::uint64_t* sums = nullptr;
};
void tally(const ScoreChunks& c, const std::uint64_t* bounds, int boundCount, const double* scales, const TallyResult& out);
int tallyOnCuda(const ScoreChunks& c, const std::uint64_t* bounds, int boundCount, const double* scales, const TallyResult& out,
                void* stream);
// Σ fixedScore over all entries. totals: [tensors].
int sumAllOnCuda(const ScoreChunks& c, const double* scales, std::uint64_t* totals, void* stream);

// Entries whose key reaches the bound of their group (bounds: [groups]). counts: [chunks].
void countReached(const ScoreChunks& c, const std::uint64_t* bounds, std::uint32_t* counts);
int countReachedOnCuda(const ScoreChunks& c, const std::uint64_t* bounds, std::uint32_t* counts, void* stream);
// The same entries as offsets, ascending; starts: [chunks], where a chunk writes.
void gatherReached(const ScoreChunks& c, const std::uint64_t* bounds, const std::int64_t* starts, std::uint32_t* offsets);
int gatherReachedOnCuda(const ScoreChunks& c, const std::uint64_t* bounds, const std::int64_t* starts, std::uint32_t* offsets,
                        void* stream);

}  // namespace gps::kernels
