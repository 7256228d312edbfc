// The peak of memory on the CPU counts from where it was last begun.
#include <gtest/gtest.h>

#include <cstring>
#include <memory>

#include "core/backbones/device.h"

namespace gps {
namespace {

constexpr double kMib = 1 << 20;

void touch(double mib) {
  const auto bytes = std::size_t(mib * kMib);
  const auto memory = std::make_unique<char[]>(bytes);
  std::memset(memory.get(), 1, bytes);
  ASSERT_EQ(memory[bytes / 2], 1);
}

TEST(PeakMemory, BeginsAnewBehindWhatWasFreed) {
  resetPeakMemory();
  touch(300);
  EXPECT_GT(peakMemoryMib(), 290);
  if (!restartPeakMemory()) GTEST_SKIP() << "this system does not let the peak begin anew";
  EXPECT_LT(peakMemoryMib(), 100);
  touch(150);
  EXPECT_GT(peakMemoryMib(), 140);
  EXPECT_LT(peakMemoryMib(), 250);
}

// What was taken before stays the job's own: only its height begins anew.
TEST(PeakMemory, KeepsCountingWhatIsStillHeld) {
  resetPeakMemory();
  const auto held = std::make_unique<char[]>(std::size_t(200 * kMib));
  std::memset(held.get(), 1, std::size_t(200 * kMib));
  restartPeakMemory();
  EXPECT_GT(peakMemoryMib(), 190);
  EXPECT_EQ(held[7], 1);
}

}  // namespace
}  // namespace gps
