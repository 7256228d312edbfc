#pragma once
// 16-bit numbers as the sampled product reads them, on the host without any support of the processor, and its sources of values.
#include <cmath>
#include <cstdint>
#include <cstring>

#ifdef __CUDACC__
#include <cuda_fp16.h>
#endif

#include "core/kernels/scoreorder.h"

namespace gps::kernels {

struct BFloat16 {
  std::uint16_t bits;
};
struct Half {
  std::uint16_t bits;
};

template <typename To, typename From>
GPS_ON_BOTH inline To sameBits(From from) {
  static_assert(sizeof(To) == sizeof(From));
  To to;
  std::memcpy(&to, &from, sizeof to);
  return to;
}

GPS_ON_BOTH inline double valueOf(double x) { return x; }
GPS_ON_BOTH inline float valueOf(float x) { return x; }
GPS_ON_BOTH inline float valueOf(BFloat16 x) { return sameBits<float>(std::uint32_t(x.bits) << 16); }
GPS_ON_BOTH inline float valueOf(Half x) {
#ifdef __CUDA_ARCH__
  return __half2float(__ushort_as_half(x.bits));
#else
  std::uint32_t u = std::uint32_t(x.bits & 0x7fffu) << 13;
  const std::uint32_t exponent = u & 0x0f800000u;
  u += (127u - 15u) << 23;
  if (exponent == 0x0f800000u) u += (128u - 16u) << 23;
  if (exponent == 0) u = sameBits<std::uint32_t>(sameBits<float>(u + (1u << 23)) - 6.103515625e-05F);  // 2^-14
  return sameBits<float>(u | std::uint32_t(x.bits & 0x8000u) << 16);
#endif
}

// To the nearest, ties to even.
template <typename To>
GPS_ON_BOTH inline To nearest(float x);
template <>
GPS_ON_BOTH inline float nearest<float>(float x) {
  return x;
}
template <>
GPS_ON_BOTH inline BFloat16 nearest<BFloat16>(float x) {
  const auto u = sameBits<std::uint32_t>(x);
  const bool nan = (u & 0x7fffffffu) > 0x7f800000u;
  return {std::uint16_t((nan ? u | 0x00400000u : u + 0x7fffu + (u >> 16 & 1u)) >> 16)};
}
template <>
GPS_ON_BOTH inline Half nearest<Half>(float x) {
#ifdef __CUDA_ARCH__
  return {__half_as_ushort(__float2half_rn(x))};
#else
  const auto u = sameBits<std::uint32_t>(x), sign = u >> 16 & 0x8000u, size = u & 0x7fffffffu;
  const std::uint32_t kTiny = 113u << 23, kTooLarge = 143u << 23, kMagic = 126u << 23;
  if (size >= kTooLarge) return {std::uint16_t(sign | (size > 0x7f800000u ? 0x7e00u : 0x7c00u))};
  if (size < kTiny) return {std::uint16_t(sign | (sameBits<std::uint32_t>(sameBits<float>(size) + 0.5F) - kMagic))};
  return {std::uint16_t(sign | (size - (112u << 23) + 0xfffu + (size >> 13 & 1u)) >> 13)};
#endif
}

}  // namespace gps::kernels
