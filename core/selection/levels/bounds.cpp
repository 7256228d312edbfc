#include "core/selection/levels/bounds.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace gps {
namespace {

using kernels::kCoarseBuckets;
using kernels::kFineBuckets;
using kernels::kMaxBounds;

// A budget on its way down: the entries of `bucket` that it takes are its `rest` best.
struct Search {
  std::size_t group = 0, bound = 0;  // where the answer goes
  std::uint32_t order = 0;           // the bits known so far
  std::int64_t rest = 0;
  std::int32_t slot = -1;
  std::int64_t equals = 0;  // at the end: how many entries have that order
};

// Of the coarse buckets of a group, best last: the one in which the rest-th best lies; rest becomes the rank inside it.
std::uint32_t descendCoarse(const std::uint64_t* buckets, std::int64_t& rest) {
  std::uint32_t b = kCoarseBuckets - 1;
  for (; b > 0 && std::int64_t(buckets[b]) < rest; --b) rest -= std::int64_t(buckets[b]);
  return b;
}

std::vector<std::uint64_t> groupCounts(const ScoreScanner& scanner, const std::vector<std::uint32_t>& coarse) {
  std::vector<std::uint64_t> counts(scanner.groups() * kCoarseBuckets, 0);
  for (std::size_t t = 0; t < scanner.tensors(); ++t)
    for (std::size_t b = 0; b < kCoarseBuckets; ++b) counts[scanner.groupOf(t) * kCoarseBuckets + b] += coarse[t * kCoarseBuckets + b];
  return counts;
}

std::vector<kernels::DescentQuery> queriesOf(const std::vector<Search>& searches) {
  std::vector<kernels::DescentQuery> queries;
  for (const auto& s : searches) queries.push_back({s.rest, s.slot});
  return queries;
}

// Entries of one order that stand on both sides of a bound: the smaller offsets are in.
void splitTies(const ScoreScanner& scanner, const std::vector<Search>& searches, std::vector<std::uint64_t>& bounds) {
  std::vector<const Search*> split;
  std::vector<std::set<std::uint32_t>> wanted(scanner.groups());
  for (const auto& s : searches)
    if (s.rest < s.equals) {
      split.push_back(&s);
      wanted[s.group].insert(s.order);
    }
  if (split.empty()) return;
  std::vector<std::uint32_t> orders(scanner.groups() * kMaxBounds, 0xffffffffu);
  for (std::size_t g = 0; g < wanted.size(); ++g)
    std::copy(wanted[g].begin(), wanted[g].end(), orders.begin() + std::ptrdiff_t(g * kMaxBounds));
  const auto counts = scanner.ties(orders);

  const auto& chunks = scanner.chunks();
  std::vector<std::size_t> firstChunk(scanner.groups() + 1, chunks.size());
  for (std::size_t i = chunks.size(); i-- > 0;) firstChunk[std::size_t(chunks[i].group)] = i;
  std::vector<kernels::TieQuery> queries;
  for (const auto* s : split) {
    const auto column = std::size_t(std::distance(wanted[s->group].begin(), wanted[s->group].find(s->order)));
    auto rank = std::uint64_t(s->rest - 1);
    auto chunk = firstChunk[s->group];
    while (counts[chunk * kMaxBounds + column] <= rank) rank -= counts[chunk++ * kMaxBounds + column];
    queries.push_back({std::int64_t(chunk), s->order, std::uint32_t(rank)});
  }
  const auto offsets = scanner.find(queries);
  for (std::size_t i = 0; i < split.size(); ++i)
    bounds[split[i]->group * kMaxBounds + split[i]->bound] = kernels::scoreKey(split[i]->order, offsets[i]);
}

}  // namespace

std::vector<std::uint64_t> findBounds(const ScoreScanner& scanner, const std::vector<std::uint32_t>& coarse,
                                      const std::vector<std::vector<std::int64_t>>& budgets) {
  std::vector<std::uint64_t> bounds(scanner.groups() * kMaxBounds, kNoEntry);
  const auto counts = groupCounts(scanner, coarse);
  std::vector<Search> searches;
  for (std::size_t g = 0; g < budgets.size(); ++g) {
    std::int64_t all = 0;
    for (std::size_t b = 0; b < kCoarseBuckets; ++b) all += std::int64_t(counts[g * kCoarseBuckets + b]);
    for (std::size_t i = 0; i < budgets[g].size(); ++i) {
      if (budgets[g][i] >= all) bounds[g * kMaxBounds + i] = 0;
      if (budgets[g][i] <= 0 || budgets[g][i] >= all) continue;
      Search s{g, i, 0, budgets[g][i]};
      s.order = descendCoarse(counts.data() + g * kCoarseBuckets, s.rest) << 20;
      searches.push_back(s);
    }
  }
  if (searches.empty()) return bounds;

  // Searches come in the order of groups, so the slots of a group lie side by side.
  std::vector<std::int32_t> slots(scanner.groups() * kCoarseBuckets, -1);
  std::int32_t slotCount = 0;
  for (auto& s : searches) {
    auto& slot = slots[s.group * kCoarseBuckets + kernels::coarseBucket(s.order)];
    if (slot < 0) slot = slotCount++;
    s.slot = slot;
  }
  const auto fine = scanner.fine(slots, slotCount, queriesOf(searches));

  std::vector<std::int64_t> fineBuckets;
  std::unordered_map<std::int64_t, std::int32_t> fineSlots;
  for (std::size_t i = 0; i < searches.size(); ++i) {
    auto& s = searches[i];
    s.order |= fine[i].bucket << 10;
    s.rest = fine[i].rest;
    const auto bucket = std::int64_t(s.slot) * kFineBuckets + std::int64_t(fine[i].bucket);
    const auto [known, isNew] = fineSlots.try_emplace(bucket, std::int32_t(fineBuckets.size()));
    if (isNew) fineBuckets.push_back(bucket);
    s.slot = known->second;
  }
  const auto finest = scanner.finest(slots, slotCount, fineBuckets, queriesOf(searches));
  for (std::size_t i = 0; i < searches.size(); ++i) {
    auto& s = searches[i];
    s.order |= finest[i].bucket;
    s.rest = finest[i].rest;
    s.equals = finest[i].count;
    bounds[s.group * kMaxBounds + s.bound] = kernels::scoreKey(s.order, 0xffffffffu);  // all of that order are in
  }
  splitTies(scanner, searches, bounds);
  return bounds;
}

}  // namespace gps
