// What is kept of decoded pictures, how much of it, and in which memory.
#include "core/data/samplecache.h"

#include "core/backbones/device.h"
#include "core/data/cachelimit.h"
#include "tests/data/fakepictures.h"

namespace gps {
namespace {

using namespace test;

constexpr std::size_t kMib = std::size_t{1} << 20, kGib = std::size_t{1} << 30;

Sample sampleOf(int number, int side = 16) {
  Sample sample;
  sample.image = noisePicture(side, side, std::uint64_t(number));
  sample.mask = boxMask(side, side);
  sample.fingerprint = std::uint64_t(number);
  return sample;
}

std::vector<std::uint8_t> bytesOf(const Pixels& p) { return {p.data, p.data + p.bytes()}; }

TEST(SampleCache, KeepsTheFirstThatFit) {
  SampleCache cache(4 * 1024 * 3, false);  // three pictures of 768 bytes with masks of 256 take 3072
  for (int i = 0; i < 20; ++i) EXPECT_EQ(cache.keep(i, sampleOf(i))->fingerprint, std::uint64_t(i));
  const auto state = cache.state();
  EXPECT_EQ(state.pictures, 12U);
  EXPECT_EQ(state.bytes, 12U * 1024);
  EXPECT_EQ(state.limit, 12U * 1024);
  EXPECT_FALSE(state.isPinned);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(cache.find(i) != nullptr, i < 12) << i;
}

TEST(SampleCache, GivesOutOneSampleForANumber) {
  SampleCache cache(kMib, false);
  const auto first = cache.keep(7, sampleOf(7)), second = cache.keep(7, sampleOf(7));
  EXPECT_EQ(first, second);
  EXPECT_EQ(cache.find(7), first);
  EXPECT_EQ(cache.state().bytes, 1024U);
}

TEST(SampleCache, PixelsOutliveTheCache) {
  Pixels picture, mask;
  {
    SampleCache cache(kMib, cudaIsUsable());
    const auto sample = cache.keep(3, sampleOf(3));
    picture = pixelsOf(sample);
    mask = maskPixelsOf(sample);
  }
  EXPECT_EQ(bytesOf(picture), noisePicture(16, 16, 3).pixels);
  EXPECT_EQ(bytesOf(mask), boxMask(16, 16).pixels);
}

TEST(SampleCache, WithoutPageLockedMemoryItTakesOrdinaryOneAndSaysWhy) {
  if (cudaIsUsable()) GTEST_SKIP() << "this machine gives page-locked memory";
  SampleCache cache(10 * 1024, true);
  for (int i = 0; i < 20; ++i) cache.keep(i, sampleOf(i));
  const auto state = cache.state();
  EXPECT_EQ(state.pictures, 10U);
  EXPECT_EQ(state.bytes, 10U * 1024);
  EXPECT_FALSE(state.isPinned);
  EXPECT_FALSE(state.refusal.empty());
  EXPECT_EQ(state.refusal.find('\n'), std::string::npos);
  EXPECT_EQ(bytesOf(pixelsOf(cache.find(4))), noisePicture(16, 16, 4).pixels);
}

TEST(SampleCache, PageLockedMemoryKeepsItsBound) {
  if (!cudaIsUsable()) GTEST_SKIP() << "no CUDA device";
  SampleCache cache(3 * kMib, true);
  for (int i = 0; i < 40; ++i) cache.keep(i, sampleOf(i, 224));
  const auto state = cache.state();
  EXPECT_TRUE(state.isPinned);
  EXPECT_TRUE(state.refusal.empty()) << state.refusal;
  EXPECT_EQ(state.bytes, 3 * kMib);  // a block of 2 MiB and one of 1
  EXPECT_EQ(state.pictures, 10U + 5U);
  for (int i = 0; i < 15; ++i) {
    const auto sample = cache.find(i);
    ASSERT_TRUE(sample);
    EXPECT_NE(pixelsOf(sample).pinned, nullptr);
    EXPECT_EQ(bytesOf(pixelsOf(sample)), noisePicture(224, 224, std::uint64_t(i)).pixels);
    EXPECT_EQ(bytesOf(maskPixelsOf(sample)), boxMask(224, 224).pixels);
  }
}

TEST(PinnedMemory, BlocksArePowersOfTwoBelowTheLimit) {
  EXPECT_EQ(pinnedBlockSize(150'000, kGib), 32 * kMib);
  EXPECT_EQ(pinnedBlockSize(12 * kMib, kGib), 128 * kMib);
  EXPECT_EQ(pinnedBlockSize(150'000, 20 * kMib), 16 * kMib);
  EXPECT_EQ(pinnedBlockSize(150'000, 200'000), 0U);  // 131072 hold none
  EXPECT_EQ(pinnedBlockSize(100'000, 200'000), 131'072U);
  EXPECT_EQ(pinnedBlockSize(1, 0), 0U);
}

TEST(CacheLimit, IsAnEighthOfTheMachineAndLeavesHalfOfWhatIsFree) {
  const auto of = [](std::size_t totalGib, std::size_t freeGib, const std::string& limit = "max\n", const std::string& stat = "") {
    const auto kib = [](std::size_t gib) { return std::to_string(gib << 20) + " kB\n"; };
    return automaticCacheBytes({"MemTotal: " + kib(totalGib) + "MemFree: 1 kB\nMemAvailable:   " + kib(freeGib), limit, stat});
  };
  EXPECT_EQ(of(16, 14), 2 * kGib);
  EXPECT_EQ(of(1024, 900), 8 * kGib);
  EXPECT_EQ(of(16, 1), kGib / 2);
  EXPECT_EQ(of(64, 60, std::to_string(16 * kGib), "inactive_anon 5\nanon 1000\n"), 2 * kGib);
  EXPECT_EQ(of(64, 60, std::to_string(16 * kGib), "anon " + std::to_string(15 * kGib)), kGib / 2);
  EXPECT_EQ(of(64, 60, std::to_string(kGib), "anon " + std::to_string(2 * kGib)), 0U);
  EXPECT_EQ(automaticCacheBytes({}), 512 * kMib);
  EXPECT_GT(automaticCacheBytes(), 0U);
}

}  // namespace
}  // namespace gps
