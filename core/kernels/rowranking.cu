#include <cuda_runtime.h>

#include "core/kernels/rowranking.h"
#include "core/kernels/scoreorder.h"

namespace gps::kernels {
namespace {

constexpr int kThreads = 128;  // of a block, which takes a row
constexpr unsigned kAll = 0xffffffffu;

// The order of the kept-th best entry of the row in `orders`, and how many of exactly that order belong to the kept ones: four passes of
// eight bits. Every thread of the block calls it and gets the result.
struct Bar {
  std::uint32_t order, equal;
};
__device__ Bar findBar(const std::uint32_t* orders, int cols, std::uint32_t kept, std::uint32_t* counts) {
  __shared__ std::uint32_t chosen, left;
  std::uint32_t prefix = 0, mask = 0, wanted = kept;
  for (int shift = 24; shift >= 0; shift -= 8) {
    for (int i = threadIdx.x; i < 256; i += kThreads) counts[i] = 0;
    __syncthreads();
    for (int c = threadIdx.x; c < cols; c += kThreads)
      if ((orders[c] & mask) == prefix) atomicAdd(&counts[(orders[c] >> shift) & 255u], 1u);
    __syncthreads();
    if (threadIdx.x < 32) {  // lane l looks at the buckets 255 - 8 l down to 248 - 8 l
      std::uint32_t own = 0;
      for (int i = 0; i < 8; ++i) own += counts[255 - 8 * threadIdx.x - i];
      std::uint32_t upTo = own;
      for (int step = 1; step < 32; step *= 2) {
        const auto other = __shfl_up_sync(kAll, upTo, step);
        if (int(threadIdx.x) >= step) upTo += other;
      }
      const auto before = upTo - own;
      if (before < wanted && wanted <= upTo) {
        std::uint32_t rest = wanted - before;
        int bucket = 255 - 8 * int(threadIdx.x);
        while (counts[bucket] < rest) rest -= counts[bucket--];
        chosen = std::uint32_t(bucket);
        left = rest;
      }
    }
    __syncthreads();
    prefix |= chosen << shift;
    mask |= 255u << shift;
    wanted = left;
    __syncthreads();
  }
  return {prefix, wanted};
}

__device__ void loadOrders(const float* row, int cols, std::uint32_t* orders) {
  for (int c = threadIdx.x; c < cols; c += kThreads) orders[c] = scoreOrder(row[c]);
  __syncthreads();
}

// How many threads before this one say yes, and in *all how many do. Every thread of the block calls it.
__device__ std::uint32_t countBefore(bool yes, std::uint32_t* all) {
  __shared__ std::uint32_t warps[kThreads / 32];
  const auto votes = __ballot_sync(kAll, yes);
  const unsigned lane = threadIdx.x % 32, warp = threadIdx.x / 32;
  if (lane == 0) warps[warp] = std::uint32_t(__popc(votes));
  __syncthreads();
  std::uint32_t before = std::uint32_t(__popc(votes & ((1u << lane) - 1u))), sum = 0;
  for (unsigned w = 0; w < kThreads / 32; ++w) {
    if (w < warp) before += warps[w];
    sum += warps[w];
  }
  __syncthreads();
  *all = sum;
  return before;
}

// Calls take(column, place) for the kept entries of a row in ascending order of columns.
template <typename Take>
__device__ void forKept(const std::uint32_t* orders, int cols, const Bar& bar, Take take) {
  std::uint32_t equalSeen = 0, place = 0;
  for (int first = 0; first < cols; first += kThreads) {
    const int c = first + int(threadIdx.x);
    const auto order = c < cols ? orders[c] : 0u;
    std::uint32_t equals, kept;
    const bool isEqual = c < cols && order == bar.order;
    const auto equalBefore = equalSeen + countBefore(isEqual, &equals);
    const bool isKept = c < cols && (order > bar.order || (isEqual && equalBefore < bar.equal));
    const auto at = place + countBefore(isKept, &kept);
    if (isKept) take(std::uint32_t(c), at);
    equalSeen += equals;
    place += kept;
  }
}

__global__ void rankKernel(RowMatrix m, int depth, std::uint32_t* columns) {
  extern __shared__ std::uint32_t orders[];
  __shared__ std::uint32_t counts[256];
  __shared__ std::uint64_t keys[kRankDepth];
  const auto row = std::int64_t(blockIdx.x);
  const int cols = int(m.cols);
  loadOrders(m.scores + row * m.cols, cols, orders);
  for (int i = threadIdx.x; i < kRankDepth; i += kThreads) keys[i] = 0;
  const auto bar = findBar(orders, cols, std::uint32_t(depth), counts);
  forKept(orders, cols, bar, [&](std::uint32_t c, std::uint32_t at) { keys[at] = scoreKey(orders[c], c); });
  __syncthreads();
  if (threadIdx.x < 32) {  // bitonic, descending
    const int lane = int(threadIdx.x);
    for (int size = 2; size <= kRankDepth; size *= 2)
      for (int step = size / 2; step > 0; step /= 2) {
        __syncwarp();
        const int i = 2 * lane - (lane & (step - 1)), j = i + step;
        const auto a = keys[i], b = keys[j];
        const bool down = (i & size) == 0;
        if ((a < b) == down) {
          keys[i] = b;
          keys[j] = a;
        }
      }
    __syncwarp();
    for (int d = lane; d < depth; d += 32) columns[row * depth + d] = indexOfKey(keys[d]);
  }
}

// One thread a rank, one block some rows.
constexpr std::int64_t kRowsOfSum = 128;
__global__ void sumKernel(RowMatrix m, int depth, const std::uint32_t* columns, double scale, RankSums out) {
  const int d = int(threadIdx.x);
  if (d >= depth) return;
  const auto from = std::int64_t(blockIdx.x) * kRowsOfSum, to = min(m.rows, from + kRowsOfSum);
  std::uint64_t sum = 0, zeroRows = 0;
  std::uint32_t smallest = 0xffffffffu;
  for (auto r = from; r < to; ++r) {
    const auto order = scoreOrder(m.scores[r * m.cols + columns[r * depth + d]]);
    sum += fixedScore(order, scale);
    smallest = min(smallest, order);
    zeroRows += d == 0 && order <= 1 ? 1u : 0u;
  }
  atomicAdd(reinterpret_cast<unsigned long long*>(out.sums + d), static_cast<unsigned long long>(sum));
  atomicMin(out.smallest + d, smallest);
  if (zeroRows > 0) atomicAdd(reinterpret_cast<unsigned long long*>(out.zeroRows), static_cast<unsigned long long>(zeroRows));
}

__global__ void chooseKernel(RowMatrix m, std::int64_t kept, std::uint32_t firstOffset, std::uint32_t* offsets) {
  extern __shared__ std::uint32_t orders[];
  __shared__ std::uint32_t counts[256];
  const auto row = std::int64_t(blockIdx.x);
  const int cols = int(m.cols);
  loadOrders(m.scores + row * m.cols, cols, orders);
  const auto bar = findBar(orders, cols, std::uint32_t(kept), counts);
  const auto start = firstOffset + std::uint32_t(row * m.cols);
  forKept(orders, cols, bar, [&](std::uint32_t c, std::uint32_t at) { offsets[row * kept + at] = start + c; });
}

__global__ void zeroRowKernel(RowMatrix m, std::uint64_t* count) {  // one warp a row
  const auto row = (std::int64_t(blockIdx.x) * blockDim.x + threadIdx.x) / 32;
  if (row >= m.rows) return;
  std::uint32_t best = 0;
  for (auto c = std::int64_t(threadIdx.x % 32); c < m.cols; c += 32) best = max(best, scoreOrder(m.scores[row * m.cols + c]));
  best = __reduce_max_sync(kAll, best);
  if (threadIdx.x % 32 == 0 && best <= 1) atomicAdd(reinterpret_cast<unsigned long long*>(count), 1ull);
}

std::size_t rowBytes(const RowMatrix& m) { return std::size_t(m.cols) * sizeof(std::uint32_t); }

// Long rows need more shared memory than a kernel gets unasked.
template <typename Kernel>
int allowRows(Kernel* kernel, const RowMatrix& m) {
  if (rowBytes(m) <= 40 * 1024) return 0;
  return int(cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, int(rowBytes(m))));
}

cudaStream_t streamOf(void* stream) { return static_cast<cudaStream_t>(stream); }

}  // namespace

int rankRowsOnCuda(const RowMatrix& m, int depth, std::uint32_t* columns, void* stream) {
  if (m.rows == 0) return 0;
  if (const int failed = allowRows(rankKernel, m)) return failed;
  rankKernel<<<unsigned(m.rows), kThreads, rowBytes(m), streamOf(stream)>>>(m, depth, columns);
  return int(cudaGetLastError());
}

int sumRanksOnCuda(const RowMatrix& m, int depth, const std::uint32_t* columns, double scale, const RankSums& out, void* stream) {
  if (m.rows == 0) return 0;
  sumKernel<<<unsigned((m.rows + kRowsOfSum - 1) / kRowsOfSum), kRankDepth, 0, streamOf(stream)>>>(m, depth, columns, scale, out);
  return int(cudaGetLastError());
}

int chooseInRowsOnCuda(const RowMatrix& m, std::int64_t kept, std::uint32_t firstOffset, std::uint32_t* offsets, void* stream) {
  if (m.rows == 0) return 0;
  if (const int failed = allowRows(chooseKernel, m)) return failed;
  chooseKernel<<<unsigned(m.rows), kThreads, rowBytes(m), streamOf(stream)>>>(m, kept, firstOffset, offsets);
  return int(cudaGetLastError());
}

int countZeroRowsOnCuda(const RowMatrix& m, std::uint64_t* count, void* stream) {
  if (m.rows == 0) return 0;
  zeroRowKernel<<<unsigned((m.rows * 32 + 255) / 256), 256, 0, streamOf(stream)>>>(m, count);
  return int(cudaGetLastError());
}

}  // namespace gps::kernels
