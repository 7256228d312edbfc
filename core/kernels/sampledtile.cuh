#pragma once
// A tile of tokens in shared memory: for every column of a matrix the values of its tokens side by side, 16 bytes, at the position's
// mixed place (sampledplan.h). Global memory is read along the tokens' rows, two columns at a time, and turned in registers.
#include <cuda_runtime.h>

#include <type_traits>

#include "core/kernels/sampledproduct.h"
#include "core/kernels/sampledvalues.h"

namespace gps::kernels {

template <typename T>
constexpr int kTileTokens = 16 / int(sizeof(T));

template <typename T>
struct alignas(2 * sizeof(T)) ColumnPair {
  T even, odd;
};

struct DeviceMatrix {
  const void* data;
  std::int64_t stride;
  std::int32_t width;
  bool paired;  // every pair of columns lies on its own size
};

struct DeviceSource {
  SampledSource source;
  const float *mean, *rstd, *gamma, *beta;
  const std::int32_t* columns;  // of the weight, of a compact R; or null

  // Makes the layer's input of `count` tokens' values of a column of R.
  template <int kTokens>
  __device__ void apply(float (&x)[kTokens], std::int64_t token, int count, std::int32_t column) const {
    if (source == SampledSource::Relu) {
#pragma unroll
      for (int t = 0; t < kTokens; ++t) x[t] = x[t] < 0 ? 0.0F : x[t];  // keeps NaN
    } else if (source == SampledSource::Gelu) {
#pragma unroll
      for (int t = 0; t < kTokens; ++t) x[t] = 0.5F * x[t] * (1 + erff(x[t] * 0.70710678118654752440F));
    } else if (source == SampledSource::Normed) {
      const std::int32_t c = columns != nullptr ? columns[column] : column;
      const float scale = gamma[c], shift = beta[c];
#pragma unroll
      for (int t = 0; t < kTokens; ++t) x[t] = t < count ? (x[t] - mean[token + t]) * rstd[token + t] * scale + shift : 0.0F;
    }
  }
};

template <typename T>
__device__ uint4 packed(const T (&x)[kTileTokens<T>]) {
  if constexpr (std::is_same_v<T, float>) {
    return {__float_as_uint(x[0]), __float_as_uint(x[1]), __float_as_uint(x[2]), __float_as_uint(x[3])};
  } else {
    const auto word = [&](int i) { return std::uint32_t(x[i].bits) | std::uint32_t(x[i + 1].bits) << 16; };
    return {word(0), word(2), word(4), word(6)};
  }
}

template <typename T>
__device__ void unpack(const uint4& v, float (&x)[kTileTokens<T>]) {
  const std::uint32_t words[4] = {v.x, v.y, v.z, v.w};
#pragma unroll
  for (int i = 0; i < 4; ++i) {
    if constexpr (std::is_same_v<T, float>) {
      x[i] = __uint_as_float(words[i]);
    } else {
      x[2 * i] = valueOf(T{std::uint16_t(words[i])});
      x[2 * i + 1] = valueOf(T{std::uint16_t(words[i] >> 16)});
    }
  }
}

// The values of two columns from a token on, zero after `count` of them.
template <typename Stored, int kTokens>
__device__ void readPair(const DeviceMatrix& m, std::int64_t token, int count, std::int32_t column, ColumnPair<Stored> (&pair)[kTokens]) {
  const auto* at = static_cast<const Stored*>(m.data) + token * m.stride + column;
  const bool hasOdd = column + 1 < m.width;
  if (m.paired && hasOdd && count == kTokens) {
#pragma unroll
    for (int t = 0; t < kTokens; ++t) pair[t] = *reinterpret_cast<const ColumnPair<Stored>*>(at + t * m.stride);
    return;
  }
#pragma unroll
  for (int t = 0; t < kTokens; ++t) {
    pair[t] = {};
    if (t < count) pair[t].even = at[t * m.stride];
    if (t < count && hasOdd) pair[t].odd = at[t * m.stride + 1];
  }
}

}  // namespace gps::kernels
