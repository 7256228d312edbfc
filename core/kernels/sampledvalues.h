#pragma once
// 16-bit numbers as the sampled product reads them; on the host without any support of the processor.
#include <cstdint>

#ifdef __CUDACC__
#include <cuda_fp16.h>
#endif

#include "core/kernels/onboth.h"
#include "core/values/halftypes.h"

namespace gps::kernels {

struct BFloat16 {
  std::uint16_t bits;
};
struct Half {
  std::uint16_t bits;
};

GPS_ON_BOTH inline double valueOf(double x) { return x; }
GPS_ON_BOTH inline float valueOf(float x) { return x; }
GPS_ON_BOTH inline float valueOf(BFloat16 x) { return floatFromBFloat16(x.bits); }
GPS_ON_BOTH inline float valueOf(Half x) {
#ifdef __CUDA_ARCH__
  return __half2float(__ushort_as_half(x.bits));
#else
  return floatFromHalf(x.bits);
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
  return {bfloat16FromFloat(x)};
}
template <>
GPS_ON_BOTH inline Half nearest<Half>(float x) {
#ifdef __CUDA_ARCH__
  return {__half_as_ushort(__float2half_rn(x))};
#else
  return {halfFromFloat(x)};
#endif
}

}  // namespace gps::kernels
