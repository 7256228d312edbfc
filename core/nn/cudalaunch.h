#pragma once
// How layers call the kernels of core/kernels on the current stream of torch.
#include <ATen/ATen.h>

#include <optional>
#include <string>

#include "core/kernels/realtype.h"
#include "core/values/error.h"

#ifdef GPS_WITH_CUDA
#include <ATen/cuda/CUDAContext.h>
#endif

namespace gps::detail {

// fp32 on a CUDA device, dense from an address that kernels can read four at a time.
inline bool takesKernels(const at::Tensor& t, at::MemoryFormat format = at::MemoryFormat::Contiguous) {
#ifdef GPS_WITH_CUDA
  return t.is_cuda() && t.scalar_type() == at::kFloat && t.is_contiguous(format) && t.numel() < (std::int64_t(1) << 31) &&
         reinterpret_cast<std::uintptr_t>(t.data_ptr()) % 16 == 0;
#else
  (void)t, (void)format;
  return false;
#endif
}

// The kernels' word for a type; nothing for those that they do not take.
inline std::optional<kernels::RealType> realType(at::ScalarType type) {
  if (type == at::kFloat) return kernels::RealType::Float;
  if (type == at::kBFloat16) return kernels::RealType::BFloat16;
  if (type == at::kHalf) return kernels::RealType::Half;
  return {};
}

inline void* cudaStream() {
#ifdef GPS_WITH_CUDA
  return at::cuda::getCurrentCUDAStream().stream();
#else
  return nullptr;
#endif
}

inline void checkLaunch(int status, const std::string& what) {
  if (status != 0) throw Error(ErrorCode::DeviceLost, what, "the kernel could not be launched, CUDA error " + std::to_string(status));
}

}  // namespace gps::detail
