#pragma once
// The order of the method as integers (gps-method 1.4): larger |score| first, then the smaller index; NaN last.
#include <cstdint>
#include <cstring>

#include "core/kernels/onboth.h"

namespace gps::kernels {

// 0 for NaN, 1 for zero, growing with |score| up to kOrderOfInfinity; below 2^31.
constexpr std::uint32_t kOrderOfInfinity = 0x7f800001u;
GPS_ON_BOTH inline std::uint32_t scoreOrder(float score) {
  std::uint32_t bits;
  std::memcpy(&bits, &score, sizeof bits);
  bits &= 0x7fffffffu;
  return bits > 0x7f800000u ? 0u : bits + 1u;
}
// |score| of an order; 0 for NaN.
GPS_ON_BOTH inline float scoreOfOrder(std::uint32_t order) {
  const std::uint32_t bits = order == 0 ? 0u : order - 1u;
  float score;
  std::memcpy(&score, &bits, sizeof score);
  return score;
}

// Larger key = chosen earlier. index: the column in a row, or the offset in the arena.
GPS_ON_BOTH inline std::uint64_t scoreKey(std::uint32_t order, std::uint32_t index) {
  return (std::uint64_t(order) << 32) | (0xffffffffu - index);
}
GPS_ON_BOTH inline std::uint32_t orderOfKey(std::uint64_t key) { return std::uint32_t(key >> 32); }
GPS_ON_BOTH inline std::uint32_t indexOfKey(std::uint64_t key) { return 0xffffffffu - std::uint32_t(key & 0xffffffffu); }

// |score| as a whole number of units of 1 / scale, so that sums do not depend on the order of adding; 0 for NaN, infinity and the
// largest float of all, which shares its bucket (scorescan.h) with infinity.
// scale: a power of two with scale · |score| <= 2^kFixedBits.
constexpr int kFixedBits = 38;
GPS_ON_BOTH inline std::uint64_t fixedScore(std::uint32_t order, double scale) {
  return order >= kOrderOfInfinity - 1u ? 0u : std::uint64_t(std::int64_t(double(scoreOfOrder(order)) * scale));
}

}  // namespace gps::kernels
