#include "core/data/checks/nearduplicates.h"

#include <gtest/gtest.h>

#include <bit>
#include <set>
#include <utility>

#include "core/values/counterrandom.h"

namespace gps {
namespace {

using Pairs = std::set<std::pair<std::size_t, std::size_t>>;

Pairs bruteForce(const std::vector<std::uint64_t>& hashes, int threshold) {
  Pairs pairs;
  for (std::size_t a = 0; a < hashes.size(); ++a)
    for (std::size_t b = a + 1; b < hashes.size(); ++b)
      if (std::popcount(hashes[a] ^ hashes[b]) <= threshold) pairs.emplace(a, b);
  return pairs;
}

// Clusters whose members differ from a centre in a few bits, so that many pairs lie near the threshold.
std::vector<std::uint64_t> clusters(int count, int members, int bits, std::uint64_t seed) {
  CounterRandom random(seed, 0, 0, RandomPurpose::Phantom);
  std::vector<std::uint64_t> hashes;
  for (int c = 0; c < count; ++c) {
    const std::uint64_t centre = random.next();
    for (int m = 0; m < members; ++m) {
      std::uint64_t hash = centre;
      for (int flips = int(random.below(std::uint64_t(bits) + 1)); flips > 0; --flips) hash ^= std::uint64_t{1} << random.below(64);
      hashes.push_back(hash);
    }
  }
  return hashes;
}

TEST(NearPairs, AreThoseOfTheBruteForce) {
  for (const int threshold : {0, 1, 2, 3, 4, 7, 11, 16}) {
    const auto hashes = clusters(40, 12, threshold + 2, std::uint64_t(threshold) + 5);
    Pairs found;
    forEachNearPair(hashes, threshold, [&](std::size_t a, std::size_t b) {
      EXPECT_LT(a, b);
      EXPECT_TRUE(found.emplace(a, b).second) << "told twice";
    });
    EXPECT_EQ(found, bruteForce(hashes, threshold)) << threshold;
    EXPECT_GT(found.size(), 100U) << "the test must have pairs to find";
  }
}

TEST(NearPairs, OfManyHashesAreFoundWithoutComparingAll) {
  const auto hashes = clusters(20000, 3, 4, 9);
  std::size_t pairs = 0;
  forEachNearPair(hashes, 4, [&](std::size_t, std::size_t) { ++pairs; });
  EXPECT_GT(pairs, 20000U);
}

TEST(NearPairs, CanBeCancelled) {
  RunControl control;
  control.requestStop();
  EXPECT_THROW(forEachNearPair(
                   {1, 2}, 4, [](std::size_t, std::size_t) {}, &control),
               Cancelled);
}

}  // namespace
}  // namespace gps
