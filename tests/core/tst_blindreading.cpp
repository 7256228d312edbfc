#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/evaluation/figures/blindreading.h"

using namespace gps;

TEST(BlindReading, OrdersArePermutationsAndFairlyShared) {
  std::map<std::vector<int>, int> seen;
  constexpr int kCases = 6000;
  for (int i = 0; i < kCases; ++i) {
    auto order = blindOrder(7, "case_" + std::to_string(i), 3);
    ++seen[order];
    std::sort(order.begin(), order.end());
    ASSERT_EQ(order, (std::vector<int>{0, 1, 2}));
  }
  ASSERT_EQ(seen.size(), 6u);
  for (const auto& [order, times] : seen) EXPECT_NEAR(times, kCases / 6, 120);  // four standard deviations
}

TEST(BlindReading, OrderFollowsSeedAndCase) {
  EXPECT_EQ(blindOrder(1, "a", 3), blindOrder(1, "a", 3));
  int differing = 0;
  for (int i = 0; i < 60; ++i) differing += blindOrder(1, std::to_string(i), 3) != blindOrder(2, std::to_string(i), 3);
  EXPECT_GT(differing, 30);
}

TEST(BlindReading, CasesKeepTheirSetAndChangeTheirOrder) {
  std::vector<std::string> ids;
  for (int i = 0; i < 50; ++i) ids.push_back("case_" + std::to_string(100 + i));
  const auto shuffled = blindCases(3, ids);
  EXPECT_NE(shuffled, ids);
  EXPECT_EQ(shuffled, blindCases(3, {ids.rbegin(), ids.rend()}));  // whatever the order they came in
  EXPECT_EQ(std::set<std::string>(shuffled.begin(), shuffled.end()), std::set<std::string>(ids.begin(), ids.end()));
}

// A reader who always finds method 1 best.
TEST(BlindReading, VotesForPlacesBecomeVotesForMethods) {
  std::vector<PlaceVote> votes;
  std::set<int> places;
  for (int i = 0; i < 30; ++i) {
    const std::string id = std::to_string(i);
    const auto order = blindOrder(9, id, 3);
    const int place = int(std::find(order.begin(), order.end(), 1) - order.begin());
    places.insert(place);
    votes.push_back({id, i % 10 == 0 ? kTieVote : place});
  }
  EXPECT_EQ(places.size(), 3u);
  const auto result = unblind(9, 3, votes);
  EXPECT_EQ(result.votes, 30);
  EXPECT_EQ(result.ties, 3);
  EXPECT_EQ(result.perMethod, (std::vector<int>{0, 27, 0}));
  ASSERT_EQ(result.pairs.size(), 3u);
  EXPECT_LT(result.pairs[0].test.p, 1e-6);  // 0 against 1
  EXPECT_EQ(result.pairs[1].test.p, 1);     // 0 against 2: no votes
  EXPECT_NEAR(result.pairs[0].adjustedP, 3 * result.pairs[0].test.p, 1e-15);
  EXPECT_EQ(result.pairs[0].test.ties, 3);
}

// The votes alone say nothing: with another seed they are near even.
TEST(BlindReading, WithoutTheSeedVotesAreNoise) {
  std::vector<PlaceVote> votes;
  for (int i = 0; i < 400; ++i) {
    const auto order = blindOrder(9, std::to_string(i), 2);
    votes.push_back({std::to_string(i), int(std::find(order.begin(), order.end(), 0) - order.begin())});
  }
  EXPECT_EQ(unblind(9, 2, votes).perMethod[0], 400);
  EXPECT_NEAR(unblind(10, 2, votes).perMethod[0], 200, 50);
}
