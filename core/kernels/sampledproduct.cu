#include <cuda_runtime.h>

#include <iterator>

#include "core/kernels/sampledproduct.h"
#include "core/kernels/sampledtile.cuh"

namespace gps::kernels {
namespace {

struct Work {
  const SampledChunk* chunks;
  const std::int32_t* tables;
  DeviceMatrix left, right;
  DeviceSource source;
  std::int64_t tokens, tokensPerSlice, entries, total;  // total: entries + rows
  float* partial;                                       // [slices, total]
};

template <typename Stored, int kTokens>
__device__ void storePair(const ColumnPair<Stored> (&pair)[kTokens], std::uint32_t position, uint4* tile) {
  if constexpr (kTokens == kTileTokens<Stored>) {
    Stored even[kTokens], odd[kTokens];
#pragma unroll
    for (int t = 0; t < kTokens; ++t) {
      even[t] = pair[t].even;
      odd[t] = pair[t].odd;
    }
    tile[mixedPosition(position)] = packed<Stored>(even);
    tile[mixedPosition(position + 1)] = packed<Stored>(odd);
  }
}

// Rows of a chunk: every column of L from firstRow on, as stored.
template <typename Value>
__device__ void loadRows(const Work& w, const SampledChunk& chunk, std::int64_t token, int count, uint4* tile) {
  constexpr int kTokens = kTileTokens<Value>;
  for (std::int32_t i = threadIdx.x; i < chunk.rowPairs; i += kSampledThreads) {
    ColumnPair<Value> pair[kTokens];
    readPair(w.left, token, count, chunk.firstRow + 2 * i, pair);
    storePair(pair, 2 * i, tile);
  }
}

// The columns that the chunk uses, made the layer's input in the type of L.
template <typename Value, typename Stored>
__device__ void loadColumns(const Work& w, const SampledChunk& chunk, std::int64_t token, int count, uint4* tile) {
  constexpr int kTokens = kTileTokens<Value>;
  const std::int32_t* pairs = w.tables + chunk.pairs;
  for (std::int32_t i = threadIdx.x; i < chunk.pairCount; i += kSampledThreads) {
    const std::int32_t code = pairs[i], column = code / 4 * 2;
    const std::uint32_t position = 2 * (chunk.rowPairs + i);
    ColumnPair<Stored> pair[kTokens];
    readPair(w.right, token, count, column, pair);
    if (std::is_same_v<Value, Stored> && w.source.source == SampledSource::Plain) {
      storePair(pair, position, tile);
      continue;
    }
#pragma unroll 1
    for (int odd = 0; odd < 2; ++odd) {
      if ((code >> odd & 1) == 0) continue;
      float x[kTokens];
      Value value[kTokens];
#pragma unroll
      for (int t = 0; t < kTokens; ++t) x[t] = valueOf(odd != 0 ? pair[t].odd : pair[t].even);
      w.source.apply(x, token, count, column + odd);
#pragma unroll
      for (int t = 0; t < kTokens; ++t) value[t] = nearest<Value>(x[t]);
      tile[mixedPosition(position + odd)] = packed<Value>(value);
    }
  }
}

// Keeps what is unpacked from x from being held in registers from tile to tile.
__device__ void keepPacked(std::uint32_t& x) {
#ifdef __CUDA_ARCH__
  asm volatile("" : "+r"(x));
#endif
}

// Block (chunk, slice).
template <typename Value, typename Stored, int Strands, int Depth>
__global__ void __launch_bounds__(kSampledThreads, 2) productKernel(Work w) {
  extern __shared__ uint4 tile[];
  constexpr int kTokens = kTileTokens<Value>, kWords = (Depth + 1) / 2, kHalves = Depth == 1 ? 1 : 2;
  const SampledChunk chunk = w.chunks[blockIdx.x];
  std::uint32_t strand[Strands], slots[Strands][kWords];
  float sums[Strands][Depth] = {}, bias[Strands] = {};
#pragma unroll
  for (int s = 0; s < Strands; ++s) {
    const std::int32_t at = s * kSampledThreads + static_cast<std::int32_t>(threadIdx.x);
    strand[s] = at < chunk.count ? std::uint32_t(w.tables[chunk.strands + at]) : kNoStrand;
#pragma unroll
    for (int i = 0; i < kWords; ++i)
      slots[s][i] = at < chunk.count ? std::uint32_t(w.tables[chunk.slots + i * chunk.count + at]) : kNoColumns;
  }
  const std::int64_t from = blockIdx.y * w.tokensPerSlice;
  const std::int64_t to = from + w.tokensPerSlice < w.tokens ? from + w.tokensPerSlice : w.tokens;
  for (std::int64_t token = from; token < to; token += kTokens) {
    const int count = to - token < kTokens ? static_cast<int>(to - token) : kTokens;
    __syncthreads();  // all have done with the tile before
    loadRows<Value>(w, chunk, token, count, tile);
    loadColumns<Value, Stored>(w, chunk, token, count, tile);
    __syncthreads();
#pragma unroll
    for (int s = 0; s < Strands; ++s) {
      keepPacked(strand[s]);
      if (strand[s] == kNoStrand) continue;
      float left[kTokens];
      unpack<Value>(tile[strand[s] & 0xffffu], left);
#pragma unroll
      for (int t = 0; t < kTokens; ++t) bias[s] += left[t];
#pragma unroll
      for (int i = 0; i < kWords; ++i) {
        keepPacked(slots[s][i]);
        if (slots[s][i] == kNoColumns) continue;
#pragma unroll
        for (int half = 0; half < kHalves; ++half) {
          float right[kTokens];
          unpack<Value>(tile[slots[s][i] >> 16 * half & 0xffffu], right);
#pragma unroll
          for (int t = 0; t < kTokens; ++t) sums[s][2 * i + half] = fmaf(left[t], right[t], sums[s][2 * i + half]);
        }
      }
    }
  }
  float* partial = w.partial + blockIdx.y * w.total;
#pragma unroll
  for (int s = 0; s < Strands; ++s) {
    const std::int32_t at = s * kSampledThreads + static_cast<std::int32_t>(threadIdx.x);
    if (at >= chunk.count) continue;
#pragma unroll
    for (int i = 0; i < Depth; ++i) {
      const std::int32_t entry = w.tables[chunk.entries + i * chunk.count + at];
      if (entry >= 0) partial[entry] = sums[s][i];
    }
    if ((strand[s] & kStrandOfBias) != 0) partial[w.entries + chunk.firstRow + mixedPosition(strand[s] & 0xffffu)] = bias[s];
  }
}

constexpr int kSumColumns = 32, kSumRows = 16;

__global__ void __launch_bounds__(kSumColumns* kSumRows)
    sumKernel(const float* partial, std::int64_t slices, std::int64_t entries, std::int64_t total, float* gradient, float* bias) {
  __shared__ float sums[kSumRows][kSumColumns];
  const std::int64_t at = std::int64_t(blockIdx.x) * kSumColumns + threadIdx.x;
  const bool wanted = at < entries || (at < total && bias != nullptr);
  float sum = 0;
  if (wanted)
    for (std::int64_t s = threadIdx.y; s < slices; s += kSumRows) sum += partial[s * total + at];
  sums[threadIdx.y][threadIdx.x] = sum;
  __syncthreads();
  if (!wanted || threadIdx.y != 0) return;
  float all = 0;
  for (int k = 0; k < kSumRows; ++k) all += sums[k][threadIdx.x];
  if (at < entries)
    gradient[at] += all;
  else
    bias[at - entries] += all;
}

using Kernel = void (*)(Work);

template <typename Value, typename Stored, int kShape = 0>
Kernel kernelFor(const SampledPlan& plan) {
  constexpr SampledShape shape = kSampledShapes[kShape];
  if (plan.depth == shape.depth) return productKernel<Value, Stored, shape.strandsPerThread, shape.depth>;
  if constexpr (kShape + 1 < int(std::size(kSampledShapes))) return kernelFor<Value, Stored, kShape + 1>(plan);
  return nullptr;
}

Kernel kernelFor(const SampledPlan& plan, RealType left, RealType right) {
  using T = RealType;
  if (left == T::Float && right == T::Float) return kernelFor<float, float>(plan);
  if (left == T::BFloat16 && right == T::BFloat16) return kernelFor<BFloat16, BFloat16>(plan);
  if (left == T::BFloat16 && right == T::Float) return kernelFor<BFloat16, float>(plan);
  if (left == T::Half && right == T::Half) return kernelFor<Half, Half>(plan);
  if (left == T::Half && right == T::Float) return kernelFor<Half, float>(plan);
  return nullptr;
}

DeviceMatrix matrixOf(const SampledMatrix& m, std::int64_t width) {
  const std::uintptr_t pair = m.type == RealType::Float ? 8 : 4;
  return {m.data, m.stride, static_cast<std::int32_t>(width), m.stride % 2 == 0 && reinterpret_cast<std::uintptr_t>(m.data) % pair == 0};
}

}  // namespace

bool sampledFitsOnCuda(const SampledPlan& plan) {
  int device = 0, most = 0;
  return cudaGetDevice(&device) == cudaSuccess &&
         cudaDeviceGetAttribute(&most, cudaDevAttrMaxSharedMemoryPerBlockOptin, device) == cudaSuccess && plan.sharedBytes <= most;
}

int sampledProductOnCuda(const SampledPlan& plan, const std::int32_t* tables, const SampledInput& in, const SampledOutput& out,
                         int processors, void* stream) {
  const auto kernel = kernelFor(plan, in.left.type, in.right.type);
  if (kernel == nullptr) return static_cast<int>(cudaErrorInvalidValue);
  if (in.tokens == 0 || plan.chunkCount == 0) return 0;
  const auto slices = sampledSlices(plan, in.tokens, processors), total = plan.entries() + plan.rows;
  const auto units = (in.tokens + kSampledSliceUnit - 1) / kSampledSliceUnit;
  const Work work{reinterpret_cast<const SampledChunk*>(tables),
                  tables,
                  matrixOf(in.left, plan.rows),
                  matrixOf(in.right, plan.width),
                  {in.source, in.mean, in.rstd, in.gamma, in.beta, plan.columns.empty() ? nullptr : tables + plan.columnsAt},
                  in.tokens,
                  (units + slices - 1) / slices * kSampledSliceUnit,
                  plan.entries(),
                  total,
                  out.workspace};
  auto status = cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, static_cast<int>(plan.sharedBytes));
  if (status != cudaSuccess) return static_cast<int>(status);
  status = cudaFuncSetAttribute(kernel, cudaFuncAttributePreferredSharedMemoryCarveout, cudaSharedmemCarveoutMaxShared);
  if (status != cudaSuccess) return static_cast<int>(status);
  kernel<<<dim3(static_cast<unsigned>(plan.chunkCount), static_cast<unsigned>(slices)), kSampledThreads,
           static_cast<std::size_t>(plan.sharedBytes), static_cast<cudaStream_t>(stream)>>>(work);
  const auto launched = cudaGetLastError();
  if (launched != cudaSuccess) return static_cast<int>(launched);
  sumKernel<<<static_cast<unsigned>((total + kSumColumns - 1) / kSumColumns), dim3(kSumColumns, kSumRows), 0,
              static_cast<cudaStream_t>(stream)>>>(out.workspace, slices, plan.entries(), total, out.gradient, out.bias);
  return static_cast<int>(cudaGetLastError());
}

}  // namespace gps::kernels
