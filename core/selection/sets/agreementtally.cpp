#include "core/selection/sets/agreementtally.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "core/selection/sets/offsetsweep.h"

namespace gps {
namespace {

using Counts = std::vector<std::int64_t>;

// Groups that are met while the sets are taken in one after another: each is the one before it and one set more, so that a position
// remembers a number, however many sets there are.
class GroupTree {
 public:
  std::uint32_t with(std::uint32_t group, std::size_t set) {
    const Step step{group, std::uint32_t(set)};
    // Neighbours mostly take the same step.
    if (set >= m_last.size()) m_last.resize(set + 1);
    auto& [from, to] = m_last[set];
    if (to != 0 && from == group) return to;
    const auto [at, isNew] = m_next.try_emplace(std::uint64_t{step.from} << 32 | step.set, std::uint32_t(m_steps.size()));
    if (isNew) m_steps.push_back(step);
    from = group;
    to = at->second;
    return to;
  }
  Members membersOf(std::uint32_t group) const {
    Members members;
    for (; group != 0; group = m_steps[group].from) members.add(m_steps[group].set);
    return members;
  }
  std::size_t size() const { return m_steps.size(); }

 private:
  struct Step {
    std::uint32_t from, set;
  };
  std::vector<Step> m_steps{{0, 0}};  // by group; 0: of none
  std::unordered_map<std::uint64_t, std::uint32_t> m_next;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> m_last;  // by set: from, to
};

void countGroups(AgreementTally& tally, const std::vector<Offsets>& sets) {
  GroupTree tree;
  std::vector<std::int64_t> counts;
  sweepOffsets<std::uint32_t>(
      sets, 0, std::uint64_t{1} << 32, [&](std::uint32_t& cell, std::size_t i) { cell = tree.with(cell, i); },
      [&](std::uint32_t, std::uint32_t group) {
        if (group >= counts.size()) counts.resize(tree.size());
        ++counts[group];
      });
  for (std::size_t group = 1; group < counts.size(); ++group)
    if (counts[group] > 0) tally.combinations[tree.membersOf(std::uint32_t(group))] = counts[group];
}

void countCombinations(AgreementTally& tally, const std::vector<Offsets>& sets) {
  const auto note = [](std::uint64_t& cell, std::size_t i) { cell |= std::uint64_t{1} << i; };
  const auto end = std::uint64_t{1} << 32;
  constexpr std::size_t kTableSets = 12;  // up to here a table of all combinations is small
  if (sets.size() <= kTableSets) {
    std::vector<std::int64_t> table(std::size_t{1} << sets.size());
    sweepOffsets<std::uint64_t>(sets, 0, end, note, [&](std::uint32_t, std::uint64_t members) { ++table[members]; });
    for (std::size_t members = 1; members < table.size(); ++members)
      if (table[members] > 0) tally.combinations[members] = table[members];
  } else if (sets.size() > 64) {
    countGroups(tally, sets);
  } else {
    std::unordered_map<std::uint64_t, std::int64_t> table;
    sweepOffsets<std::uint64_t>(sets, 0, end, note, [&](std::uint32_t, std::uint64_t members) { ++table[members]; });
    tally.combinations.insert(table.begin(), table.end());
  }
}

// `times` fields of n entries each, of which set i takes k[i].
void addPairs(AgreementTally& tally, const Counts& k, double n, double times, const std::vector<Level>& levels, bool rowWise) {
  for (std::size_t a = 0; a < k.size(); ++a)
    for (std::size_t b = a + 1; b < k.size(); ++b)
      if ((levels[a] == Level::Neuron && levels[b] == Level::Neuron) == rowWise)
        tally.pairChance[tally.pairAt(a, b)] += times * double(k[a]) * double(k[b]) / n;
}

void addJoint(AgreementTally& tally, const Counts& k, double n, double times) {
  const auto sets = k.size();
  // exactly[m]: that m sets choose an entry, with the sets taken in one after another.
  std::vector<double> exactly(sets + 1, 0.0);
  exactly[0] = 1;
  double all = 1;
  for (std::size_t i = 0; i < sets; ++i) {
    const double p = double(k[i]) / n;
    all *= p;
    for (std::size_t m = i + 1; m > 0; --m) exactly[m] = exactly[m] * (1 - p) + exactly[m - 1] * p;
    exactly[0] *= 1 - p;
  }
  for (std::size_t m = 1; m <= sets; ++m) tally.timesChance[m - 1] += times * n * exactly[m];
  tally.allChance += times * n * all;
  for (std::size_t t = 0; t < sets; ++t) {
    double inNone = 1;
    for (std::size_t j = 0; j < sets; ++j)
      if (j != t) inNone *= 1 - double(k[j]) / n;
    tally.sharedChance[t] += times * double(k[t]) * (1 - inNone);
  }
}

// Calls use(counts, rows) for each run of rows of which every set takes the same number; rows without any pick are left out.
template <typename Use>
void forRowRuns(const ParameterEntry& entry, const std::vector<Offsets>& sets, Use use) {
  std::vector<std::size_t> next(sets.size(), 0);
  Counts run(sets.size(), 0), row(sets.size(), 0);
  std::int64_t length = 0;
  const auto flush = [&] {
    if (length > 0 && std::any_of(run.begin(), run.end(), [](auto k) { return k > 0; })) use(run, double(length));
  };
  for (std::int64_t r = 0; r < entry.rows; ++r) {
    const auto end = std::uint64_t(entry.offset + (r + 1) * entry.cols);
    for (std::size_t i = 0; i < sets.size(); ++i) {
      const auto first = next[i];
      while (next[i] < sets[i].size() && sets[i][next[i]] < end) ++next[i];
      row[i] = std::int64_t(next[i] - first);
    }
    if (row != run) {
      flush();
      run = row;
      length = 0;
    }
    ++length;
  }
  flush();
}

}  // namespace

AgreementTally::AgreementTally(std::size_t sets)
    : selected(sets, 0), pairChance(sets * sets, 0.0), sharedChance(sets, 0.0), timesChance(sets, 0.0), m_sets(sets) {}

void AgreementTally::add(const AgreementTally& other) {
  const auto sum = [](auto& to, const auto& from) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
  };
  available += other.available;
  sum(selected, other.selected);
  for (const auto& [members, count] : other.combinations) combinations[members] += count;
  sum(pairChance, other.pairChance);
  sum(sharedChance, other.sharedChance);
  allChance += other.allChance;
  sum(timesChance, other.timesChance);
}

AgreementTally tallyOf(const ParameterEntry& entry, const std::vector<Offsets>& sets, const std::vector<Level>& levels) {
  AgreementTally tally(sets.size());
  std::vector<Offsets> inside;
  for (const auto& set : sets) {
    const auto from = std::lower_bound(set.begin(), set.end(), entry.offset, [](std::uint32_t a, std::int64_t b) { return a < b; });
    const auto to = std::lower_bound(from, set.end(), entry.offset + entry.count, [](std::uint32_t a, std::int64_t b) { return a < b; });
    inside.emplace_back(from, to);
    tally.selected[inside.size() - 1] = to - from;
  }
  tally.available = entry.count;
  countCombinations(tally, inside);
  const auto neurons = std::size_t(std::count(levels.begin(), levels.end(), Level::Neuron));
  if (neurons >= 2)
    forRowRuns(entry, inside, [&](const Counts& k, double rows) {
      addPairs(tally, k, double(entry.cols), rows, levels, true);
      if (neurons == levels.size()) addJoint(tally, k, double(entry.cols), rows);
    });
  if (neurons < levels.size()) {
    addPairs(tally, tally.selected, double(entry.count), 1, levels, false);
    addJoint(tally, tally.selected, double(entry.count), 1);
  }
  return tally;
}

}  // namespace gps
