#pragma once
// fp16 and bf16 as bits, and the ways to and from fp32: widening is exact, narrowing rounds to nearest, ties to even, as torch does on
// the CPU. Subnormals are kept, what is too large becomes infinity, every NaN becomes the quiet one. For host and device.
#include <bit>
#include <cstdint>

namespace gps {

constexpr float floatFromBFloat16(std::uint16_t bits) { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }

constexpr std::uint16_t bfloat16FromFloat(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  if ((bits & 0x7FFFFFFFu) > 0x7F800000u) return 0x7FC0u;
  return static_cast<std::uint16_t>((bits + 0x7FFFu + ((bits >> 16) & 1u)) >> 16);
}

constexpr float floatFromHalf(std::uint16_t bits) {
  const std::uint32_t sign = static_cast<std::uint32_t>(bits & 0x8000u) << 16, shifted = static_cast<std::uint32_t>(bits & 0x7FFFu) << 13;
  const std::uint32_t exponent = shifted & 0x0F800000u;
  std::uint32_t wide = shifted + (112u << 23);
  if (exponent == 0x0F800000u) wide += 112u << 23;
  // Subnormal or zero: 2^-14 + mantissa × 2^-24, less 2^-14, exact in fp32.
  if (exponent == 0) wide = std::bit_cast<std::uint32_t>(std::bit_cast<float>(wide + (1u << 23)) - 0x1p-14f);
  return std::bit_cast<float>(sign | wide);
}

constexpr std::uint16_t halfFromFloat(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value), magnitude = bits & 0x7FFFFFFFu;
  const auto sign = static_cast<std::uint16_t>((bits >> 16) & 0x8000u);
  const auto signedBits = [sign](std::uint32_t m) { return static_cast<std::uint16_t>(sign | m); };
  if (magnitude > 0x7F800000u) return signedBits(0x7E00u);
  if (magnitude >= 0x477FF000u) return signedBits(0x7C00u);  // 65520, half way beyond the largest
  if (magnitude < 0x38800000u)  // below 2^-14: the spacing of fp32 at 0.5 is that of the subnormals, so the sum rounds
    return signedBits(std::bit_cast<std::uint32_t>(std::bit_cast<float>(magnitude) + 0.5f) - 0x3F000000u);
  return signedBits((magnitude - 0x38000000u + 0xFFFu + ((magnitude >> 13) & 1u)) >> 13);
}

}  // namespace gps
