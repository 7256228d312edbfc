// fp16 and bf16: values by hand from the formats, and torch's own casts over all that can round differently.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "core/values/halftypes.h"

namespace gps {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

// Constant expressions, as a device compiler may use them.
static_assert(bfloat16FromFloat(1.0f) == 0x3F80 && halfFromFloat(1.0f) == 0x3C00);
static_assert(floatFromBFloat16(0x3F80) == 1.0f && floatFromHalf(0x3C00) == 1.0f);

TEST(BFloat16, RoundsToNearestTiesToEven) {
  EXPECT_EQ(bfloat16FromFloat(-2.0f), 0xC000);
  EXPECT_EQ(bfloat16FromFloat(1.0f + 0x1p-8f), 0x3F80);                     // half way, down to even
  EXPECT_EQ(bfloat16FromFloat(1.0f + 3 * 0x1p-8f), 0x3F82);                 // half way, up to even
  EXPECT_EQ(bfloat16FromFloat(1.0f + 0x1p-8f + 0x1p-23f), 0x3F81);          // just above half
  EXPECT_EQ(bfloat16FromFloat(1.0f + 0x1p-8f - 0x1p-23f), 0x3F80);          // just below
  EXPECT_EQ(bfloat16FromFloat(std::numeric_limits<float>::max()), 0x7F80);  // rounds to infinity
  EXPECT_EQ(bfloat16FromFloat(0x1p-133f), 0x0001);                          // the smallest subnormal
  EXPECT_EQ(bfloat16FromFloat(0x1p-134f), 0x0000);                          // half of it: to even
  EXPECT_EQ(bfloat16FromFloat(-0.0f), 0x8000);
  EXPECT_EQ(bfloat16FromFloat(-kInfinity), 0xFF80);
}

TEST(Half, RoundsToNearestTiesToEven) {
  EXPECT_EQ(halfFromFloat(-2.0f), 0xC000);
  EXPECT_EQ(halfFromFloat(1.0f + 0x1p-11f), 0x3C00);
  EXPECT_EQ(halfFromFloat(1.0f + 3 * 0x1p-11f), 0x3C02);
  EXPECT_EQ(halfFromFloat(1.0f + 0x1p-11f + 0x1p-23f), 0x3C01);
  EXPECT_EQ(halfFromFloat(65504.0f), 0x7BFF);  // the largest
  EXPECT_EQ(halfFromFloat(65519.0f), 0x7BFF);
  EXPECT_EQ(halfFromFloat(65520.0f), 0x7C00);
  EXPECT_EQ(halfFromFloat(0x1p-14f), 0x0400);             // the smallest normal
  EXPECT_EQ(halfFromFloat(0x1p-14f - 0x1p-26f), 0x0400);  // rounds up into the normals
  EXPECT_EQ(halfFromFloat(0x1p-24f), 0x0001);
  EXPECT_EQ(halfFromFloat(0x1p-25f), 0x0000);
  EXPECT_EQ(halfFromFloat(3 * 0x1p-25f), 0x0002);
  EXPECT_EQ(halfFromFloat(-0.0f), 0x8000);
  EXPECT_EQ(halfFromFloat(-kInfinity), 0xFC00);
}

TEST(Halves, KeepNaN) {
  for (const std::uint32_t bits : {0x7F800001u, 0x7FC00000u, 0xFFFFFFFFu}) {
    const auto nan = std::bit_cast<float>(bits);
    EXPECT_TRUE(std::isnan(floatFromBFloat16(bfloat16FromFloat(nan))));
    EXPECT_TRUE(std::isnan(floatFromHalf(halfFromFloat(nan))));
  }
}

TEST(Halves, ComeBackFromFloatUnchanged) {
  for (std::uint32_t bits = 0; bits < 65536; ++bits) {
    const auto b = static_cast<std::uint16_t>(bits);
    if (!std::isnan(floatFromBFloat16(b))) {
      ASSERT_EQ(bfloat16FromFloat(floatFromBFloat16(b)), b);
    }
    if (!std::isnan(floatFromHalf(b))) {
      ASSERT_EQ(halfFromFloat(floatFromHalf(b)), b);
    }
  }
}

// Every upper half of a float with every kind of lower half; and with the lower 13 bits that fp16 drops in every state that matters.
TEST(Halves, NarrowAsTorchDoes) {
  std::vector<std::int32_t> patterns;
  for (std::uint32_t high = 0; high < 65536; ++high)
    for (const std::uint32_t low :
         {0x0000u, 0x0001u, 0x0FFFu, 0x1000u, 0x1001u, 0x2000u, 0x3000u, 0x5000u, 0x7FFFu, 0x8000u, 0x8001u, 0xFFFFu})
      patterns.push_back(std::bit_cast<std::int32_t>(high << 16 | low));
  const auto floats = at::tensor(patterns, at::kInt).view(at::kFloat);
  const auto bf16 = floats.to(at::kBFloat16), fp16 = floats.to(at::kHalf);
  const auto* f = floats.data_ptr<float>();
  const auto* b = reinterpret_cast<const std::uint16_t*>(bf16.data_ptr());
  const auto* h = reinterpret_cast<const std::uint16_t*>(fp16.data_ptr());
  std::int64_t compared = 0;
  for (std::int64_t i = 0; i < floats.numel(); ++i) {
    if (std::isnan(f[i])) {  // any NaN is one
      ASSERT_TRUE(std::isnan(floatFromBFloat16(b[i])) && std::isnan(floatFromHalf(h[i])));
      continue;
    }
    ASSERT_EQ(bfloat16FromFloat(f[i]), b[i]) << std::hexfloat << f[i];
    ASSERT_EQ(halfFromFloat(f[i]), h[i]) << std::hexfloat << f[i];
    ++compared;
  }
  EXPECT_GT(compared, 700000);
}

}  // namespace
}  // namespace gps
