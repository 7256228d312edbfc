#pragma once
// The order of the method as one integer comparison: larger |score| first, then smaller column, NaN last.
#include <bit>
#include <cstdint>

namespace gps {

// Larger key = chosen earlier. |score| in the upper half (NaN below zero), reversed column in the lower.
inline std::uint64_t rankKey(float score, std::uint32_t column) {
  const std::uint32_t magnitude = std::bit_cast<std::uint32_t>(score) & 0x7fffffffu;
  const std::uint32_t order = magnitude > 0x7f800000u ? 0 : magnitude + 1;  // ordered like |score| for all finite values and infinity
  return std::uint64_t(order) << 32 | (0xffffffffu - column);
}
inline std::uint32_t columnOfKey(std::uint64_t key) { return 0xffffffffu - std::uint32_t(key & 0xffffffffu); }

}  // namespace gps
