#include "core/values/counterrandom.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <set>

namespace gps {
namespace {

TEST(CounterRandom, KeepsItsNumbers) {
  // The reference values of SplitMix64 for the state 0 and, the second, one step later.
  EXPECT_EQ(mixBits(0), 0xE220A8397B1DCDAFULL);
  EXPECT_EQ(mixBits(0x9E3779B97F4A7C15ULL), 0x6E789E6AA1B965F4ULL);
  // Numbers that run folders and splits depend on.
  EXPECT_EQ(epochPermutation(8, 42, 0), epochPermutation(8, 42, 0));
  CounterRandom a(42, 3, 7, RandomPurpose::Flip), b(42, 3, 7, RandomPurpose::Flip);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(a.next(), b.next());
}

TEST(CounterRandom, EveryPartOfTheAddressMatters) {
  std::set<std::uint64_t> seen;
  for (std::uint64_t seed = 0; seed < 8; ++seed)
    for (std::uint64_t epoch = 0; epoch < 8; ++epoch)
      for (std::uint64_t sample = 0; sample < 8; ++sample)
        for (const auto purpose : {RandomPurpose::Order, RandomPurpose::Flip})
          for (std::uint64_t counter = 0; counter < 4; ++counter) seen.insert(counterHash(seed, epoch, sample, purpose, counter));
  EXPECT_EQ(seen.size(), 8U * 8 * 8 * 2 * 4);
}

TEST(CounterRandom, NeighboursShareNoBits) {
  double bits = 0;
  for (std::uint64_t i = 0; i < 1000; ++i)
    bits += std::popcount(counterHash(1, 0, i, RandomPurpose::Flip) ^ counterHash(1, 0, i + 1, RandomPurpose::Flip));
  EXPECT_NEAR(bits / 1000, 32, 0.6);
}

TEST(CounterRandom, IsEven) {
  CounterRandom random(5, 0, 0, RandomPurpose::Augment);
  double sum = 0, normal = 0, normalSquares = 0;
  std::vector<int> counts(7);
  for (int i = 0; i < 70000; ++i) {
    const double u = random.uniform(), n = random.normal();
    ASSERT_GE(u, 0);
    ASSERT_LT(u, 1);
    sum += u, normal += n, normalSquares += n * n;
    ++counts[random.below(7)];
  }
  EXPECT_NEAR(sum / 70000, 0.5, 0.005);
  EXPECT_NEAR(normal / 70000, 0, 0.015);
  EXPECT_NEAR(normalSquares / 70000, 1, 0.02);
  for (const int count : counts) EXPECT_NEAR(count, 10000, 400);
}

TEST(CounterRandom, PermutationsHoldEveryIndexOnce) {
  for (const int count : {0, 1, 2, 17, 1000}) {
    auto order = epochPermutation(count, 9, 4);
    std::sort(order.begin(), order.end());
    for (int i = 0; i < count; ++i) ASSERT_EQ(order[std::size_t(i)], i);
  }
  EXPECT_NE(epochPermutation(50, 9, 4), epochPermutation(50, 9, 5));
  EXPECT_NE(epochPermutation(50, 9, 4), epochPermutation(50, 8, 4));
}

}  // namespace
}  // namespace gps
