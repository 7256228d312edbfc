#pragma once
#include <cstdint>

namespace gps::kernels {

// Element types of a kernel's arrays. Sums are fp32 in any of them.
enum class RealType : std::int32_t { Float, Bfloat16, Half };

}  // namespace gps::kernels
