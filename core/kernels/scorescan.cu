#include <cuda_runtime.h>

#include "core/kernels/scorescan.h"

namespace gps::kernels {
namespace {

constexpr int kThreads = 256;  // of a block, which takes a chunk
using Wide = unsigned long long;

__device__ void addWide(std::uint64_t* to, std::uint64_t value) { atomicAdd(reinterpret_cast<Wide*>(to), static_cast<Wide>(value)); }

__global__ void coarseKernel(ScoreChunks c, std::uint32_t* counts) {
  __shared__ std::uint32_t own[kCoarseBuckets];
  const ScoreChunk chunk = c.chunks[blockIdx.x];
  for (int b = threadIdx.x; b < kCoarseBuckets; b += kThreads) own[b] = 0;
  __syncthreads();
  for (int i = threadIdx.x; i < chunk.count; i += kThreads) atomicAdd(&own[coarseBucket(scoreOrder(c.scores[chunk.begin + i]))], 1u);
  __syncthreads();
  for (int b = threadIdx.x; b < kCoarseBuckets; b += kThreads)
    if (own[b] != 0) atomicAdd(counts + std::int64_t(chunk.tensor) * kCoarseBuckets + b, own[b]);
}

__global__ void fineKernel(ScoreChunks c, const std::int32_t* slots, std::uint32_t* counts) {
  const ScoreChunk chunk = c.chunks[blockIdx.x];
  const auto* mine = slots + std::int64_t(chunk.group) * kCoarseBuckets;
  for (int i = threadIdx.x; i < chunk.count; i += kThreads) {
    const auto order = scoreOrder(c.scores[chunk.begin + i]);
    const auto slot = mine[coarseBucket(order)];
    if (slot >= 0) atomicAdd(counts + std::int64_t(slot) * kFineBuckets + fineBucket(order), 1u);
  }
}

__global__ void finestKernel(ScoreChunks c, const std::int32_t* slots, const std::int32_t* fineSlots, std::uint32_t* counts) {
  const ScoreChunk chunk = c.chunks[blockIdx.x];
  const auto* mine = slots + std::int64_t(chunk.group) * kCoarseBuckets;
  for (int i = threadIdx.x; i < chunk.count; i += kThreads) {
    const auto order = scoreOrder(c.scores[chunk.begin + i]);
    const auto slot = mine[coarseBucket(order)];
    if (slot < 0) continue;
    const auto fine = fineSlots[std::int64_t(slot) * kFineBuckets + fineBucket(order)];
    if (fine >= 0) atomicAdd(counts + std::int64_t(fine) * kFineBuckets + finestBucket(order), 1u);
  }
}

__global__ void descendKernel(const std::uint32_t* counts, const DescentQuery* queries, std::int64_t count, Descent* out) {
  const auto q = std::int64_t(blockIdx.x) * blockDim.x + threadIdx.x;
  if (q < count) out[q] = descend(counts, queries[q]);
}

__global__ void tieKernel(ScoreChunks c, const std::uint32_t* orders, std::uint32_t* counts) {
  __shared__ std::uint32_t wanted[kMaxBounds], own[kMaxBounds];
  const ScoreChunk chunk = c.chunks[blockIdx.x];
  for (int b = threadIdx.x; b < kMaxBounds; b += kThreads) {
    wanted[b] = orders[std::int64_t(chunk.group) * kMaxBounds + b];
    own[b] = 0;
  }
  __syncthreads();
  for (int i = threadIdx.x; i < chunk.count; i += kThreads) {
    const auto order = scoreOrder(c.scores[chunk.begin + i]);
    if (order < wanted[0]) continue;
    int low = 0, high = kMaxBounds;
    while (low < high) {
      const int middle = (low + high) / 2;
      if (wanted[middle] < order)
        low = middle + 1;
      else
        high = middle;
    }
    if (low < kMaxBounds && wanted[low] == order) atomicAdd(&own[low], 1u);
  }
  __syncthreads();
  for (int b = threadIdx.x; b < kMaxBounds; b += kThreads)
    if (own[b] != 0) counts[std::int64_t(blockIdx.x) * kMaxBounds + b] += own[b];
}

__global__ void findKernel(ScoreChunks c, const TieQuery* queries, std::uint32_t* offsets) {  // one warp a query
  const TieQuery query = queries[blockIdx.x];
  const ScoreChunk chunk = c.chunks[query.chunk];
  std::uint32_t before = 0;
  for (int first = 0; first < chunk.count; first += 32) {
    const int i = first + int(threadIdx.x);
    const bool isTie = i < chunk.count && scoreOrder(c.scores[chunk.begin + i]) == query.order;
    const auto votes = __ballot_sync(0xffffffffu, isTie);
    const auto place = before + std::uint32_t(__popc(votes & ((1u << threadIdx.x) - 1u)));
    if (isTie && place == query.rank) offsets[blockIdx.x] = std::uint32_t(chunk.begin + i);
    before += std::uint32_t(__popc(votes));
    if (before > query.rank) return;
  }
}

__global__ void tallyKernel(ScoreChunks c, const std::uint64_t* bounds, int boundCount, const double* scales, TallyResult out) {
  __shared__ std::uint64_t bound[kMaxBounds];
  __shared__ Wide sums[kMaxBounds];
  __shared__ std::uint32_t counts[kMaxBounds];
  const ScoreChunk chunk = c.chunks[blockIdx.x];
  const double scale = scales[chunk.tensor];
  for (int b = threadIdx.x; b < kMaxBounds; b += kThreads) {
    bound[b] = bounds[std::int64_t(chunk.group) * kMaxBounds + b];
    sums[b] = 0;
    counts[b] = 0;
  }
  __syncthreads();
  const auto least = bound[boundCount - 1];
  for (int i = threadIdx.x; i < chunk.count; i += kThreads) {
    const auto order = scoreOrder(c.scores[chunk.begin + i]);
    const auto key = scoreKey(order, std::uint32_t(chunk.begin + i));
    if (key < least) continue;
    int low = 0, high = boundCount - 1;  // the first bound that the key reaches
    while (low < high) {
      const int middle = (low + high) / 2;
      if (bound[middle] > key)
        low = middle + 1;
      else
        high = middle;
    }
    atomicAdd(&counts[low], 1u);
    atomicAdd(&sums[low], static_cast<Wide>(fixedScore(order, scale)));
  }
  __syncthreads();
  for (int b = threadIdx.x; b < boundCount; b += kThreads)
    if (counts[b] != 0) {
      addWide(out.counts + std::int64_t(chunk.tensor) * kMaxBounds + b, counts[b]);
      addWide(out.sums + std::int64_t(chunk.tensor) * kMaxBounds + b, sums[b]);
    }
}

__global__ void sumAllKernel(ScoreChunks c, const double* scales, std::uint64_t* totals) {
  const ScoreChunk chunk = c.chunks[blockIdx.x];
  const double scale = scales[chunk.tensor];
  std::uint64_t total = 0;
  for (int i = threadIdx.x; i < chunk.count; i += kThreads) total += fixedScore(scoreOrder(c.scores[chunk.begin + i]), scale);
  for (int step = 16; step > 0; step /= 2) total += __shfl_down_sync(0xffffffffu, static_cast<Wide>(total), step);
  if (threadIdx.x % 32 == 0) addWide(totals + chunk.tensor, total);
}

__device__ bool reaches(const ScoreChunks& c, const ScoreChunk& chunk, int i, std::uint64_t bound) {
  return i < chunk.count && scoreKey(scoreOrder(c.scores[chunk.begin + i]), std::uint32_t(chunk.begin + i)) >= bound;
}

__global__ void reachedKernel(ScoreChunks c, const std::uint64_t* bounds, std::uint32_t* counts) {
  const ScoreChunk chunk = c.chunks[blockIdx.x];
  const auto bound = bounds[chunk.group];
  std::uint32_t n = 0;
  for (int i = threadIdx.x; i < chunk.count; i += kThreads) n += reaches(c, chunk, i, bound) ? 1u : 0u;
  n = __reduce_add_sync(0xffffffffu, n);
  if (threadIdx.x % 32 == 0 && n > 0) atomicAdd(counts + blockIdx.x, n);
}

__global__ void gatherKernel(ScoreChunks c, const std::uint64_t* bounds, const std::int64_t* starts, std::uint32_t* offsets) {
  __shared__ std::uint32_t warps[kThreads / 32];
  const ScoreChunk chunk = c.chunks[blockIdx.x];
  const auto bound = bounds[chunk.group];
  auto* out = offsets + starts[blockIdx.x];
  const unsigned lane = threadIdx.x % 32, warp = threadIdx.x / 32;
  for (int first = 0; first < chunk.count; first += kThreads) {
    const int i = first + int(threadIdx.x);
    const bool isReached = reaches(c, chunk, i, bound);
    const auto votes = __ballot_sync(0xffffffffu, isReached);
    if (lane == 0) warps[warp] = std::uint32_t(__popc(votes));
    __syncthreads();
    std::uint32_t before = std::uint32_t(__popc(votes & ((1u << lane) - 1u))), all = 0;
    for (unsigned w = 0; w < kThreads / 32; ++w) {
      if (w < warp) before += warps[w];
      all += warps[w];
    }
    if (isReached) out[before] = std::uint32_t(chunk.begin + i);
    out += all;
    __syncthreads();
  }
}

cudaStream_t streamOf(void* stream) { return static_cast<cudaStream_t>(stream); }
unsigned blocksOf(const ScoreChunks& c) { return unsigned(c.count); }

}  // namespace

int countCoarseOnCuda(const ScoreChunks& c, std::uint32_t* counts, void* stream) {
  if (c.count == 0) return 0;
  coarseKernel<<<blocksOf(c), kThreads, 0, streamOf(stream)>>>(c, counts);
  return int(cudaGetLastError());
}

int countFineOnCuda(const ScoreChunks& c, const std::int32_t* slots, std::uint32_t* counts, void* stream) {
  if (c.count == 0) return 0;
  fineKernel<<<blocksOf(c), kThreads, 0, streamOf(stream)>>>(c, slots, counts);
  return int(cudaGetLastError());
}

int countFinestOnCuda(const ScoreChunks& c, const std::int32_t* slots, const std::int32_t* fineSlots, std::uint32_t* counts, void* stream) {
  if (c.count == 0) return 0;
  finestKernel<<<blocksOf(c), kThreads, 0, streamOf(stream)>>>(c, slots, fineSlots, counts);
  return int(cudaGetLastError());
}

int descendAllOnCuda(const std::uint32_t* counts, const DescentQuery* queries, std::int64_t count, Descent* out, void* stream) {
  if (count == 0) return 0;
  descendKernel<<<unsigned((count + 31) / 32), 32, 0, streamOf(stream)>>>(counts, queries, count, out);
  return int(cudaGetLastError());
}

int countTiesOnCuda(const ScoreChunks& c, const std::uint32_t* orders, std::uint32_t* counts, void* stream) {
  if (c.count == 0) return 0;
  tieKernel<<<blocksOf(c), kThreads, 0, streamOf(stream)>>>(c, orders, counts);
  return int(cudaGetLastError());
}

int findTiesOnCuda(const ScoreChunks& c, const TieQuery* queries, std::int64_t count, std::uint32_t* offsets, void* stream) {
  if (count == 0) return 0;
  findKernel<<<unsigned(count), 32, 0, streamOf(stream)>>>(c, queries, offsets);
  return int(cudaGetLastError());
}

int tallyOnCuda(const ScoreChunks& c, const std::uint64_t* bounds, int boundCount, const double* scales, const TallyResult& out,
                void* stream) {
  if (c.count == 0) return 0;
  tallyKernel<<<blocksOf(c), kThreads, 0, streamOf(stream)>>>(c, bounds, boundCount, scales, out);
  return int(cudaGetLastError());
}

int sumAllOnCuda(const ScoreChunks& c, const double* scales, std::uint64_t* totals, void* stream) {
  if (c.count == 0) return 0;
  sumAllKernel<<<blocksOf(c), kThreads, 0, streamOf(stream)>>>(c, scales, totals);
  return int(cudaGetLastError());
}

int countReachedOnCuda(const ScoreChunks& c, const std::uint64_t* bounds, std::uint32_t* counts, void* stream) {
  if (c.count == 0) return 0;
  reachedKernel<<<blocksOf(c), kThreads, 0, streamOf(stream)>>>(c, bounds, counts);
  return int(cudaGetLastError());
}

int gatherReachedOnCuda(const ScoreChunks& c, const std::uint64_t* bounds, const std::int64_t* starts, std::uint32_t* offsets,
                        void* stream) {
  if (c.count == 0) return 0;
  gatherKernel<<<blocksOf(c), kThreads, 0, streamOf(stream)>>>(c, bounds, starts, offsets);
  return int(cudaGetLastError());
}

}  // namespace gps::kernels
