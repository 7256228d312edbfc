#pragma once
// Loads and stores of N neighbouring values of any real type as fp32, as one access where N values fill 16 bytes.
#include <cuda_bf16.h>
#include <cuda_fp16.h>

#include <cstdint>

#include "core/kernels/realtype.h"

namespace gps::kernels {

__device__ inline float toFloat(float v) { return v; }
__device__ inline float toFloat(__nv_bfloat16 v) { return __bfloat162float(v); }
__device__ inline float toFloat(__half v) { return __half2float(v); }
template <typename T>
__device__ inline T fromFloat(float v);
template <>
__device__ inline float fromFloat<float>(float v) {
  return v;
}
template <>
__device__ inline __nv_bfloat16 fromFloat<__nv_bfloat16>(float v) {
  return __float2bfloat16_rn(v);
}
template <>
__device__ inline __half fromFloat<__half>(float v) {
  return __float2half_rn(v);
}

template <typename T, int N>
struct alignas(N * sizeof(T)) RealVector {
  T v[N];
};

template <int N, typename T>
__device__ inline void loadReals(const T* from, float (&to)[N]) {
  const auto packed = *reinterpret_cast<const RealVector<T, N>*>(from);
#pragma unroll
  for (int i = 0; i < N; ++i) to[i] = toFloat(packed.v[i]);
}

template <int N, typename T>
__device__ inline void storeReals(T* to, const float (&from)[N]) {
  RealVector<T, N> packed;
#pragma unroll
  for (int i = 0; i < N; ++i) packed.v[i] = fromFloat<T>(from[i]);
  *reinterpret_cast<RealVector<T, N>*>(to) = packed;
}

// Calls work with a null pointer of the type that the enum names.
template <typename F>
auto withType(RealType type, const F& work) {
  if (type == RealType::Float) return work(static_cast<float*>(nullptr));
  if (type == RealType::Half) return work(static_cast<__half*>(nullptr));
  return work(static_cast<__nv_bfloat16*>(nullptr));
}

__device__ inline float sumOfWarp(float v) {
  for (int d = 16; d > 0; d /= 2) v += __shfl_xor_sync(0xffffffffU, v, d);
  return v;
}

}  // namespace gps::kernels
