// Set algebra against std::set_* and against counting every position one by one.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>

#include "core/selection/sets/setalgebra.h"
#include "tests/core/selectionmaps.h"

namespace gps::test {
namespace {

using Set = std::vector<std::uint32_t>;

std::vector<Offsets> viewsOf(const std::vector<Set>& sets) { return {sets.begin(), sets.end()}; }

// Sets over ranges from a few positions to the whole 32 bits, with overlaps, empty ones and equal ones among them.
std::vector<Set> someSets(std::mt19937& random) {
  const auto sets = 1 + random() % 9;
  const std::uint32_t range = random() % 4 == 0 ? 0xffffffffu : 1u << (1 + random() % 20);
  std::vector<Set> all;
  for (std::size_t i = 0; i < sets; ++i) {
    Set set;
    if (!all.empty() && random() % 5 == 0) {
      set = all[random() % all.size()];
    } else if (random() % 6 != 0) {
      const auto picks = random() % 3000;
      for (std::size_t k = 0; k < picks; ++k) {
        const auto known = all.empty() || all[0].empty() ? 0u : all[0][random() % all[0].size()];
        set.push_back(random() % 3 == 0 && !all.empty() ? known : std::uint32_t(random() % range));
      }
      if (random() % 4 == 0) set.push_back(0xffffffffu);
      std::sort(set.begin(), set.end());
      set.erase(std::unique(set.begin(), set.end()), set.end());
    }
    all.push_back(std::move(set));
  }
  return all;
}

std::map<std::uint32_t, std::vector<std::size_t>> holders(const std::vector<Set>& sets) {
  std::map<std::uint32_t, std::vector<std::size_t>> who;
  for (std::size_t i = 0; i < sets.size(); ++i)
    for (const auto offset : sets[i]) who[offset].push_back(i);
  return who;
}

template <typename Keep>
Set where(const std::map<std::uint32_t, std::vector<std::size_t>>& who, Keep keep) {
  Set set;
  for (const auto& [offset, sets] : who)
    if (keep(sets)) set.push_back(offset);
  return set;
}

TEST(SetAlgebra, EqualsCountingByHand) {
  std::mt19937 random(3);
  for (int trial = 0; trial < 80; ++trial) {
    const auto sets = someSets(random);
    const auto views = viewsOf(sets);
    const auto who = holders(sets);
    const auto n = sets.size();
    ASSERT_EQ(unionOf(views), where(who, [](const auto&) { return true; })) << trial;
    ASSERT_EQ(intersectionOf(views), where(who, [&](const auto& s) { return s.size() == n; })) << trial;
    ASSERT_EQ(chosenByTwoOrMore(views), where(who, [](const auto& s) { return s.size() >= 2; })) << trial;
    ASSERT_EQ(chosenByOne(views), where(who, [](const auto& s) { return s.size() == 1; })) << trial;
    ASSERT_EQ(difference(views), where(who, [](const auto& s) { return s == std::vector<std::size_t>{0}; })) << trial;
    for (std::size_t i = 0; i < n; ++i)
      ASSERT_EQ(specificTo(views, i), where(who, [&](const auto& s) { return s == std::vector<std::size_t>{i}; })) << trial;
    const auto times = chosenTimes(views);
    ASSERT_EQ(times.offsets, unionOf(views));
    std::vector<std::int64_t> histogram(n, 0);
    for (std::size_t i = 0; i < times.offsets.size(); ++i) {
      ASSERT_EQ(times.times[i], who.at(times.offsets[i]).size());
      ++histogram[times.times[i] - 1];
    }
    ASSERT_EQ(times.histogram, histogram);
  }
}

TEST(SetAlgebra, TwoSetsEqualTheStandardLibrary) {
  std::mt19937 random(4);
  for (int trial = 0; trial < 80; ++trial) {
    auto sets = someSets(random);
    sets.resize(2);
    const auto &a = sets[0], &b = sets[1];
    Set both, either, only;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(either));
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(only));
    const auto views = viewsOf(sets);
    ASSERT_EQ(intersectionOf(views), both);
    ASSERT_EQ(unionOf(views), either);
    ASSERT_EQ(difference(views), only);
    ASSERT_EQ(intersectionSize(a, b), std::int64_t(both.size()));
    ASSERT_EQ(intersectionSize(b, a), std::int64_t(both.size()));
    ASSERT_DOUBLE_EQ(jaccard(a, b), either.empty() ? 1.0 : double(both.size()) / double(either.size()));
    ASSERT_EQ(std::int64_t(a.size() + b.size()), std::int64_t(either.size() + both.size()));
  }
}

TEST(SetAlgebra, IdentitiesHoldForAnyNumberOfSetsInAnyOrder) {
  std::mt19937 random(5);
  for (int trial = 0; trial < 50; ++trial) {
    auto sets = someSets(random);
    const auto views = viewsOf(sets);
    const auto all = unionOf(views), shared = chosenByTwoOrMore(views), single = chosenByOne(views);
    // Specific ones of each and the shared ones make up the union, with nothing twice.
    std::vector<Set> parts{shared};
    std::size_t sum = shared.size(), picks = 0;
    for (std::size_t i = 0; i < sets.size(); ++i) {
      parts.push_back(specificTo(views, i));
      sum += parts.back().size();
      picks += sets[i].size();
    }
    ASSERT_EQ(unionOf(viewsOf(parts)), all);
    ASSERT_EQ(sum, all.size());
    parts.erase(parts.begin());
    ASSERT_EQ(unionOf(viewsOf(parts)), single);
    const auto times = chosenTimes(views);
    std::size_t counted = 0;
    for (std::size_t m = 0; m < times.histogram.size(); ++m) counted += (m + 1) * std::size_t(times.histogram[m]);
    ASSERT_EQ(counted, picks);

    const auto both = intersectionOf(views);
    std::shuffle(sets.begin(), sets.end(), random);
    ASSERT_EQ(unionOf(viewsOf(sets)), all);
    ASSERT_EQ(intersectionOf(viewsOf(sets)), both);
    ASSERT_EQ(chosenByTwoOrMore(viewsOf(sets)), shared);
    ASSERT_EQ(chosenTimes(viewsOf(sets)).times, times.times);
  }
}

TEST(SetAlgebra, CountsHundredsOfSets) {
  const Set common{5, 9};
  std::vector<Set> sets(300, common);
  sets[7] = {9};
  const auto times = chosenTimes(viewsOf(sets));
  EXPECT_EQ(times.offsets, common);
  EXPECT_EQ(times.times, (std::vector<std::uint16_t>{299, 300}));
  EXPECT_EQ(intersectionOf(viewsOf(sets)), Set{9});
  EXPECT_EQ(chosenByOne(viewsOf(sets)), Set{});
}

TEST(SetAlgebra, NothingOfNothing) {
  EXPECT_TRUE(unionOf({}).empty());
  EXPECT_TRUE(intersectionOf({}).empty());
  EXPECT_TRUE(difference({}).empty());
  EXPECT_TRUE(chosenTimes({}).histogram.empty());
  EXPECT_EQ(jaccard({}, {}), 1);
  const Set one{7};
  EXPECT_EQ(jaccard(one, {}), 0);
}

}  // namespace
}  // namespace gps::test
