// Agreement of selections against counting with std::set, and its chance levels against simulation.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <map>
#include <set>

#include "core/selection/sets/agreement.h"
#include "core/selection/sets/combine.h"
#include "core/selection/sets/setalgebra.h"
#include "tests/core/selectionmaps.h"
#include "tests/support/expecterror.h"

namespace gps::test {
namespace {

SelectionComparison compare(const ParameterMap& map, const std::vector<Selection>& selections) {
  std::vector<NamedSelection> named;
  for (std::size_t i = 0; i < selections.size(); ++i) named.push_back({"s" + std::to_string(i), &selections[i]});
  return compareSelections(map, named);
}

std::set<std::uint32_t> inside(const ParameterMap& map, const Selection& selection, const ComparedBlock* group) {
  std::set<std::uint32_t> offsets;
  for (const auto o : selection.offsets) {
    const auto& e = map.entry(map.matrixIdAt(o));
    if (group == nullptr || ((group->block.empty() || group->block == e.block) && (group->kind.empty() || group->kind == e.kind)))
      offsets.insert(o);
  }
  return offsets;
}

double shared(const std::vector<std::set<std::uint32_t>>& sets, std::size_t t) {
  std::int64_t count = 0;
  for (const auto o : sets[t]) {
    bool elsewhere = false;
    for (std::size_t j = 0; j < sets.size(); ++j) elsewhere = elsewhere || (j != t && sets[j].contains(o));
    count += elsewhere;
  }
  return double(count);
}

TEST(Agreement, CountsEqualThoseOfPlainSets) {
  std::mt19937 random(8);
  const auto map = unevenMap();
  std::vector<std::size_t> numbers{14, 64, 65, 70, 130};
  while (numbers.size() < 34) numbers.push_back(2 + random() % 5);
  for (const std::size_t n : numbers) {
    std::vector<Selection> selections;
    for (std::size_t i = 0; i < n; ++i)
      selections.push_back(i == 0 || random() % 3 ? uniformPerRow(*map, 1 + int(random() % 12), random)
                                                  : uniformPerTensor(*map, {60, 0, 31, 5, 100}, Level::Layer, random));
    const auto result = compare(*map, selections);

    std::vector<const ComparedBlock*> groups{nullptr};
    for (const auto* list : {&result.perBlock, &result.blocks, &result.kinds})
      for (const auto& row : *list) groups.push_back(&row);
    ASSERT_EQ(result.perBlock.size(), 4u);
    ASSERT_EQ(result.blocks.size(), 2u);
    ASSERT_EQ(result.kinds.size(), 2u);
    for (const auto* group : groups) {
      std::vector<std::set<std::uint32_t>> sets;
      for (const auto& s : selections) sets.push_back(inside(*map, s, group));
      std::map<std::uint32_t, std::set<std::size_t>> who;
      for (std::size_t i = 0; i < n; ++i)
        for (const auto o : sets[i]) who[o].insert(i);
      std::vector<std::int64_t> times(n, 0);
      for (const auto& [o, members] : who) ++times[members.size() - 1];
      double shareSum = 0, jaccardSum = 0;
      int withPicks = 0, pairsWithPicks = 0;
      for (std::size_t t = 0; t < n; ++t) {
        if (!sets[t].empty()) {
          shareSum += shared(sets, t) / double(sets[t].size());
          ++withPicks;
        }
        for (std::size_t j = t + 1; j < n; ++j) {
          std::vector<std::uint32_t> both;
          std::set_intersection(sets[t].begin(), sets[t].end(), sets[j].begin(), sets[j].end(), std::back_inserter(both));
          const auto either = sets[t].size() + sets[j].size() - both.size();
          if (either == 0) continue;
          jaccardSum += double(both.size()) / double(either);
          ++pairsWithPicks;
        }
      }
      std::int64_t sharedPositions = 0;
      for (std::size_t m = 1; m < n; ++m) sharedPositions += times[m];
      if (group != nullptr) {
        ASSERT_EQ(group->specific, times[0]);
        ASSERT_EQ(group->shared, sharedPositions);
        ASSERT_EQ(group->inAll, times[n - 1]);
        ASSERT_NEAR(group->inAnother.share, shareSum / withPicks, 1e-12);
        ASSERT_NEAR(group->jaccardMean, jaccardSum / pairsWithPicks, 1e-12);
        for (std::size_t t = 0; t < n; ++t) {
          ASSERT_EQ(group->selected[t], std::int64_t(sets[t].size()));
          ASSERT_EQ(double(group->sharedBySelection[t]), shared(sets, t));
        }
        continue;
      }
      ASSERT_EQ(result.chosenTimes, times);
      ASSERT_EQ(result.inAny, std::int64_t(who.size()));
      ASSERT_EQ(result.inAll, times[n - 1]);
      ASSERT_NEAR(result.inAnother.share, shareSum / double(n), 1e-12);
      std::map<std::set<std::size_t>, std::int64_t> wanted, told;
      for (const auto& [o, members] : who) ++wanted[members];
      for (const auto& c : result.combinations) {
        std::set<std::size_t> members;
        c.members.forEach([&](std::size_t i) { members.insert(i); });
        ASSERT_EQ(members.size(), std::size_t(c.members.count()));
        told[members] += c.count;
      }
      ASSERT_EQ(told.size(), result.combinations.size());
      ASSERT_EQ(told, wanted);
      ASSERT_TRUE(std::is_sorted(result.combinations.begin(), result.combinations.end(),
                                 [](const auto& x, const auto& y) { return x.count > y.count; }));
      ASSERT_EQ(result.pairs.size(), n * (n - 1) / 2);
      for (const auto& pair : result.pairs) {
        const auto &a = selections[std::size_t(pair.a)].offsets, &b = selections[std::size_t(pair.b)].offsets;
        ASSERT_LT(pair.a, pair.b);
        ASSERT_EQ(pair.both, intersectionSize(a, b));
        ASSERT_DOUBLE_EQ(pair.jaccard, jaccard(a, b));
        ASSERT_DOUBLE_EQ(pair.overlapB, double(pair.both) / double(b.size()));
      }
    }
  }
}

// Mean and standard error of what a simulation yields.
class Sample {
 public:
  void add(double x) {
    ++m_count;
    m_sum += x;
    m_squares += x * x;
  }
  double mean() const { return m_sum / m_count; }
  double error() const { return std::sqrt(std::max(0.0, m_squares / m_count - mean() * mean()) / (m_count - 1)); }

 private:
  double m_count = 0, m_sum = 0, m_squares = 0;
};

void expectWithinThreeErrors(double predicted, const Sample& sample, const std::string& what) {
  EXPECT_LE(std::abs(predicted - sample.mean()), 3 * sample.error() + 1e-12)
      << what << ": " << predicted << " against " << sample.mean() << " +- " << sample.error();
}

// Draws selections again and again and sets what they share beside what their first draw was said to share by chance.
void expectChanceOf(const ParameterMap& map, const std::function<std::vector<Selection>()>& draw) {
  const auto predicted = compare(map, draw());
  const auto n = predicted.selections.size();
  std::vector<Sample> both(predicted.pairs.size()), either(predicted.pairs.size()), shared(n), inAll(n), times(n);
  std::vector<Sample> blockShared(predicted.perBlock.size()), blockTimes(predicted.perBlock.size() * n);
  Sample headline;
  for (int i = 0; i < 4000; ++i) {
    const auto drawn = compare(map, draw());
    headline.add(drawn.inAnother.share);
    for (std::size_t p = 0; p < both.size(); ++p) {
      both[p].add(double(drawn.pairs[p].both));
      either[p].add(double(drawn.pairs[p].either));
    }
    for (std::size_t t = 0; t < n; ++t) {
      shared[t].add(drawn.selections[t].inAnother.share);
      inAll[t].add(drawn.selections[t].inAll.share);
      times[t].add(double(drawn.chosenTimes[t]));
    }
    for (std::size_t b = 0; b < blockShared.size(); ++b) {
      blockShared[b].add(drawn.perBlock[b].inAnother.share);
      for (std::size_t t = 0; t < n; ++t) blockTimes[b * n + t].add(double(drawn.perBlock[b].chosenTimes[t]));
    }
  }
  expectWithinThreeErrors(predicted.inAnother.chance, headline, "headline");
  for (std::size_t p = 0; p < both.size(); ++p) {
    const auto& pair = predicted.pairs[p];
    const double sum = double(predicted.selections[std::size_t(pair.a)].selected + predicted.selections[std::size_t(pair.b)].selected);
    const double expectedBoth = pair.overlapAChance * double(predicted.selections[std::size_t(pair.a)].selected);
    expectWithinThreeErrors(expectedBoth, both[p], "E|A∩B|");
    expectWithinThreeErrors(sum - expectedBoth, either[p], "E|A∪B|");
    EXPECT_NEAR(pair.jaccardChance, expectedBoth / (sum - expectedBoth), 1e-12);
    EXPECT_NEAR(pair.overlapBChance * double(predicted.selections[std::size_t(pair.b)].selected), expectedBoth, 1e-9);
  }
  for (std::size_t t = 0; t < n; ++t) {
    expectWithinThreeErrors(predicted.selections[t].inAnother.chance, shared[t], "shared share");
    expectWithinThreeErrors(predicted.selections[t].inAll.chance, inAll[t], "share in all");
    expectWithinThreeErrors(predicted.chosenTimesChance[t], times[t], "chosen " + std::to_string(t + 1) + " times");
  }
  for (std::size_t b = 0; b < blockShared.size(); ++b) {
    expectWithinThreeErrors(predicted.perBlock[b].inAnother.chance, blockShared[b], "shared share of a block");
    for (std::size_t t = 0; t < n; ++t)
      expectWithinThreeErrors(predicted.perBlock[b].chosenTimesChance[t], blockTimes[b * n + t], "chosen times in a block");
  }
}

TEST(Agreement, ChancePerRowIsThatOfUniformRows) {
  const auto map = unevenMap();
  for (const auto& kept : {std::vector<int>{1, 1}, std::vector<int>{2, 5, 3}, std::vector<int>{4, 9, 12, 4}}) {
    std::mt19937 random(21);
    expectChanceOf(*map, [&] {
      std::vector<Selection> all;
      for (const int k : kept) all.push_back(uniformPerRow(*map, k, random));
      return all;
    });
  }
}

TEST(Agreement, ChancePerRowFollowsUnevenRows) {
  const auto map = unevenMap();
  std::mt19937 random(27);
  const auto draw = [&](int set) {
    Selection selection;
    for (const auto id : map->matrixIds()) {
      const auto& e = map->entry(id);
      for (std::int64_t r = 0; r < e.rows; ++r)
        for (const auto c : distinctBelow(e.cols, std::min(e.cols, (r * r + set) % 7 * (r % 3)), random))
          selection.offsets.push_back(std::uint32_t(e.offset + r * e.cols + c));
    }
    return selection;
  };
  expectChanceOf(*map, [&] { return std::vector<Selection>{draw(0), draw(1), draw(3)}; });
}

TEST(Agreement, ChancePerTensorIsThatOfUniformTensors) {
  const auto map = unevenMap();
  std::mt19937 random(22);
  expectChanceOf(*map, [&] {
    return std::vector<Selection>{uniformPerTensor(*map, {60, 18, 31, 5, 100}, Level::Layer, random),
                                  uniformPerTensor(*map, {200, 180, 3, 15, 10}, Level::Net, random),
                                  uniformPerTensor(*map, {30, 50, 40, 1, 200}, Level::Net, random)};
  });
}

TEST(Agreement, OneOtherLevelMakesTheChancePerTensor) {
  const auto map = unevenMap();
  std::mt19937 random(23);
  const auto a = uniformPerRow(*map, 3, random), b = uniformPerRow(*map, 3, random);
  auto c = b;
  c.spec.level = Level::Net;
  const auto result = compare(*map, {a, b, c});
  EXPECT_FALSE(result.isRowWise);
  EXPECT_TRUE(compare(*map, {a, b}).isRowWise);
  double perRow = 0, perTensor = 0;
  for (const auto id : map->matrixIds()) {
    const auto& e = map->entry(id);
    const double k = double(std::min<std::int64_t>(3, e.cols)), count = k * double(e.rows);
    perRow += double(e.rows) * k * k / double(e.cols);
    perTensor += count * count / double(e.count);
  }
  // Equal counts in all rows of a tensor: the two are the same number, so uneven ones tell them apart.
  EXPECT_NEAR(perRow, perTensor, 1e-9);
  auto uneven = a;
  std::erase_if(uneven.offsets, [&](std::uint32_t o) { return o < 240; });  // the first six of twelve rows of 40
  auto unevenNet = uneven;
  unevenNet.spec.level = Level::Net;
  const auto rows = compare(*map, {uneven, uneven}).pairs[0], tensor = compare(*map, {uneven, unevenNet}).pairs[0];
  const double first = 6 * 3 * 3 / 40.0, firstTensor = 18.0 * 18 / 480;
  EXPECT_NEAR((rows.overlapAChance - tensor.overlapAChance) * double(uneven.offsets.size()), first - firstTensor, 1e-9);
}

TEST(Agreement, EqualAndDisjointSelections) {
  const auto map = unevenMap();
  std::mt19937 random(24);
  const auto a = uniformPerRow(*map, 2, random);
  auto same = compare(*map, {a, a, a});
  EXPECT_EQ(same.inAnother.share, 1);
  EXPECT_EQ(same.inAllOf.share, 1);
  EXPECT_EQ(same.pairs[2].jaccard, 1);
  EXPECT_EQ(same.combinations.size(), 1u);
  Selection none;
  const auto empty = compare(*map, {a, none});
  EXPECT_TRUE(std::isnan(empty.selections[1].inAnother.share));
  EXPECT_EQ(empty.inAnother.share, 0);
  EXPECT_EQ(empty.pairs[0].jaccard, 0);
  EXPECT_EQ(empty.pairs[0].jaccardChance, 0);
}

TEST(Agreement, OneIsRefusedAndAnyNumberIsNot) {
  const auto map = unevenMap();
  errorOf(ErrorCode::BadArgument, [&] { compare(*map, std::vector<Selection>(1)); });
  std::mt19937 random(1);
  for (const std::size_t n : {64, 65, 128, 129, 300}) {
    const auto many = compare(*map, std::vector<Selection>(n, uniformPerRow(*map, 1, random)));
    EXPECT_EQ(many.inAll, many.inAny);
    EXPECT_EQ(many.chosenTimes[n - 1], many.inAny);
    EXPECT_EQ(many.combinations.size(), 1u);
  }
}

TEST(Members, HoldNumbersBeyondOneWord) {
  Members some(5);
  EXPECT_TRUE(some.has(0) && !some.has(1) && some.has(2) && !some.has(64) && !some.has(900));
  EXPECT_EQ(some, Members(5));
  Members far;
  EXPECT_TRUE(far.isEmpty());
  far.add(200);
  EXPECT_FALSE(far.isEmpty());
  EXPECT_EQ(far.count(), 1);
  EXPECT_EQ(far.lowest(), 200u);
  EXPECT_TRUE(some < far && !(far < some));
  far.add(64);
  far.add(63);
  std::vector<std::size_t> in;
  far.forEach([&in](std::size_t i) { in.push_back(i); });
  EXPECT_EQ(in, (std::vector<std::size_t>{63, 64, 200}));
  Members nearer;
  nearer.add(199);
  EXPECT_TRUE(nearer < far);
  EXPECT_EQ(Members::firstOnes(64), Members(~std::uint64_t{0}));
  EXPECT_EQ(Members::firstOnes(130).count(), 130);
}

TEST(Combine, EveryOperationAndItsRecipe) {
  const auto map = unevenMap();
  std::mt19937 random(25);
  std::vector<Selection> parts{uniformPerRow(*map, 2, random), uniformPerRow(*map, 5, random), uniformPerRow(*map, 3, random)};
  parts[0].pictures = {1, 5};
  parts[1].pictures = {2, 5};
  parts[0].spec.excludedBlocks = {"7", "8"};
  parts[1].spec.excludedBlocks = {"8"};
  parts[2].spec.excludedBlocks = {"8", "9"};
  parts[0].spec.dataHash = "x";
  for (auto& part : parts) part.spec.baseHash = "base";
  const std::vector<NamedSelection> named{{"a", &parts[0]}, {"b", &parts[1]}, {"c", &parts[2]}};
  std::vector<Offsets> views;
  for (const auto& part : parts) views.emplace_back(part.offsets);
  using Names = std::vector<std::string>;
  struct Case {
    SetOperation operation;
    std::vector<std::uint32_t> offsets;
    Names excluded;
    std::string origin;
  };
  for (const auto& c : {Case{SetOperation::Union, unionOf(views), {"8"}, "union of a, b, c"},
                        Case{SetOperation::Intersection, intersectionOf(views), {"7", "8", "9"}, "intersection of a, b, c"},
                        Case{SetOperation::Difference, difference(views), {"7", "8"}, "difference of a, b, c"},
                        Case{SetOperation::Shared, chosenByTwoOrMore(views), {"8"}, "shared of a, b, c"},
                        Case{SetOperation::Specific, chosenByOne(views), {"8"}, "specific of a, b, c"}}) {
    const auto made = combineSelections(*map, c.operation, named);
    EXPECT_EQ(made.offsets, c.offsets) << c.origin;
    EXPECT_EQ(made.spec.excludedBlocks, c.excluded) << c.origin;
    EXPECT_EQ(made.spec.origin, c.origin);
    EXPECT_EQ(made.spec.keptPerRow, 5);
    EXPECT_EQ(made.spec.level, Level::Neuron);
    EXPECT_EQ(made.spec.baseHash, "base");
    EXPECT_EQ(made.spec.dataHash, "");
    EXPECT_EQ(made.pictures, (std::vector<std::uint64_t>{1, 2, 5}));
  }
  const auto byThree = combineSelections(*map, SetOperation::Shared, named, 3);
  EXPECT_EQ(byThree.offsets, intersectionOf(views));
  EXPECT_EQ(byThree.spec.origin, "shared by 3 or more of a, b, c");
  EXPECT_EQ(combineSelections(*map, SetOperation::Union, named, 9).offsets, unionOf(views));  // of no meaning there
  for (const int atLeast : {1, 4}) {
    errorOf(ErrorCode::BadArgument, [&] { combineSelections(*map, SetOperation::Shared, named, atLeast); });
  }
  for (auto& part : parts) part.rows = 40;
  EXPECT_EQ(combineSelections(*map, SetOperation::Union, named).rows, 40);
  parts[1].rows = 0;
  EXPECT_EQ(combineSelections(*map, SetOperation::Union, named).rows, 12 + 20 + 7 + 5 + 4);
  parts[2].spec.level = Level::Net;
  EXPECT_EQ(combineSelections(*map, SetOperation::Union, named).spec.level, Level::Net);
  errorOf(ErrorCode::BadArgument, [&] { combineSelections(*map, SetOperation::Union, {named[0]}); });
}

}  // namespace
}  // namespace gps::test
