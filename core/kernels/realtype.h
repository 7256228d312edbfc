#pragma once
#include <cstdint>

namespace gps::kernels {

// Element types of a kernel's arrays. Sums are fp32, of doubles double; those are summed on the CPU only.
enum class RealType : std::int32_t { Float, Double, BFloat16, Half };

}  // namespace gps::kernels
