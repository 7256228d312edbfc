#include "core/selection/sets/agreement.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "core/kernels/hostthreads.h"
#include "core/selection/sets/agreementtally.h"
#include "core/values/error.h"

namespace gps {
namespace {

double ratio(double part, double whole) { return whole > 0 ? part / whole : std::numeric_limits<double>::quiet_NaN(); }

class Mean {
 public:
  void add(double value) {
    if (value != value) return;  // nothing was chosen
    m_sum += value;
    ++m_count;
  }
  double value() const { return ratio(m_sum, m_count); }

 private:
  double m_sum = 0;
  int m_count = 0;
};

std::int64_t inAll(const AgreementTally& tally) {
  const auto sets = tally.selected.size();
  const auto found = tally.combinations.find(Members::firstOnes(sets));
  return found == tally.combinations.end() ? 0 : found->second;
}

std::vector<std::int64_t> chosenTimesOf(const AgreementTally& tally) {
  std::vector<std::int64_t> times(tally.selected.size(), 0);
  for (const auto& [members, count] : tally.combinations) times[std::size_t(members.count()) - 1] += count;
  return times;
}

std::vector<std::int64_t> specificOf(const AgreementTally& tally) {
  std::vector<std::int64_t> specific(tally.selected.size(), 0);
  for (const auto& [members, count] : tally.combinations)
    if (members.count() == 1) specific[members.lowest()] += count;
  return specific;
}

std::vector<PairAgreement> pairsOf(const AgreementTally& tally) {
  const auto sets = tally.selected.size();
  std::vector<std::int64_t> both(sets * sets, 0);
  std::vector<std::size_t> in;
  for (const auto& [members, count] : tally.combinations) {
    in.clear();
    members.forEach([&in](std::size_t i) { in.push_back(i); });
    for (std::size_t first = 0; first < in.size(); ++first)
      for (std::size_t second = first + 1; second < in.size(); ++second) both[tally.pairAt(in[first], in[second])] += count;
  }
  std::vector<PairAgreement> pairs;
  for (std::size_t a = 0; a < sets; ++a)
    for (std::size_t b = a + 1; b < sets; ++b) {
      PairAgreement pair;
      pair.a = int(a);
      pair.b = int(b);
      pair.both = both[tally.pairAt(a, b)];
      pair.either = tally.selected[a] + tally.selected[b] - pair.both;
      const double chance = tally.pairChance[tally.pairAt(a, b)], sum = double(tally.selected[a] + tally.selected[b]);
      pair.jaccard = ratio(double(pair.both), double(pair.either));
      pair.jaccardChance = ratio(chance, sum - chance);
      pair.overlapA = ratio(double(pair.both), double(tally.selected[a]));
      pair.overlapAChance = ratio(chance, double(tally.selected[a]));
      pair.overlapB = ratio(double(pair.both), double(tally.selected[b]));
      pair.overlapBChance = ratio(chance, double(tally.selected[b]));
      pairs.push_back(pair);
    }
  return pairs;
}

std::vector<ComparedSelection> selectionsOf(const AgreementTally& tally) {
  const auto specific = specificOf(tally);
  const double byAll = double(inAll(tally));
  std::vector<ComparedSelection> all;
  for (std::size_t t = 0; t < tally.selected.size(); ++t) {
    ComparedSelection one;
    one.selected = tally.selected[t];
    one.specific = specific[t];
    one.shared = one.selected - one.specific;
    const double selected = double(one.selected);
    one.inAnother = {ratio(double(one.shared), selected), ratio(tally.sharedChance[t], selected)};
    one.inAll = {ratio(byAll, selected), ratio(tally.allChance, selected)};
    all.push_back(std::move(one));
  }
  return all;
}

SharedShare meanOf(const std::vector<ComparedSelection>& selections, SharedShare ComparedSelection::*share) {
  Mean is, chance;
  for (const auto& one : selections) {
    is.add((one.*share).share);
    chance.add((one.*share).chance);
  }
  return {is.value(), chance.value()};
}

ComparedBlock blockOf(const std::string& block, const std::string& kind, const AgreementTally& tally) {
  ComparedBlock row;
  row.block = block;
  row.kind = kind;
  row.available = tally.available;
  row.selected = tally.selected;
  row.chosenTimes = chosenTimesOf(tally);
  row.chosenTimesChance = tally.timesChance;
  row.specific = row.chosenTimes[0];
  for (std::size_t m = 1; m < row.chosenTimes.size(); ++m) row.shared += row.chosenTimes[m];
  row.inAll = inAll(tally);
  const auto selections = selectionsOf(tally);
  for (const auto& one : selections) row.sharedBySelection.push_back(one.shared);
  row.inAnother = meanOf(selections, &ComparedSelection::inAnother);
  row.inAllOf = meanOf(selections, &ComparedSelection::inAll);
  Mean jaccards, chances;
  for (const auto& pair : pairsOf(tally)) {
    jaccards.add(pair.jaccard);
    chances.add(pair.jaccardChance);
  }
  row.jaccardMean = jaccards.value();
  row.jaccardChanceMean = chances.value();
  return row;
}

// Tallies of the tensors added up by a name of theirs, in the order in which it first appears; groups without any pick are left out.
template <typename Name>
std::vector<ComparedBlock> grouped(const ParameterMap& map, const std::vector<AgreementTally>& tallies, Name nameOf) {
  using BlockAndKind = std::pair<std::string, std::string>;
  std::vector<std::pair<BlockAndKind, AgreementTally>> groups;
  for (std::size_t i = 0; i < tallies.size(); ++i) {
    const BlockAndKind name = nameOf(map.entry(map.matrixIds()[i]));
    auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.first == name; });
    if (group == groups.end())
      groups.emplace_back(name, tallies[i]);
    else
      group->second.add(tallies[i]);
  }
  std::vector<ComparedBlock> rows;
  for (const auto& [name, tally] : groups)
    if (!tally.combinations.empty()) rows.push_back(blockOf(name.first, name.second, tally));
  return rows;
}

}  // namespace

SelectionComparison compareSelections(const ParameterMap& map, const std::vector<NamedSelection>& selections) {
  if (selections.size() < 2)
    throw Error(ErrorCode::BadArgument, "selections", std::to_string(selections.size()) + " cannot be compared", "Give two or more");
  std::vector<Offsets> sets;
  std::vector<Level> levels;
  for (const auto& one : selections) {
    sets.emplace_back(one.selection->offsets);
    levels.push_back(one.selection->spec.level);
  }
  const auto& ids = map.matrixIds();
  std::vector<AgreementTally> tallies(ids.size(), AgreementTally(sets.size()));
  kernels::forBlocks(std::int64_t(ids.size()), 1, [&](std::int64_t from, std::int64_t to) {
    for (auto i = std::size_t(from); i < std::size_t(to); ++i) tallies[i] = tallyOf(map.entry(ids[i]), sets, levels);
  });
  AgreementTally whole(sets.size());
  for (const auto& tally : tallies) whole.add(tally);

  SelectionComparison result;
  result.isRowWise = std::count(levels.begin(), levels.end(), Level::Neuron) == std::int64_t(levels.size());
  result.selections = selectionsOf(whole);
  for (std::size_t t = 0; t < selections.size(); ++t) result.selections[t].name = selections[t].name;
  result.inAnother = meanOf(result.selections, &ComparedSelection::inAnother);
  result.inAllOf = meanOf(result.selections, &ComparedSelection::inAll);
  result.pairs = pairsOf(whole);
  using Names = std::pair<std::string, std::string>;
  result.perBlock = grouped(map, tallies, [](const ParameterEntry& e) { return Names(e.block, e.kind); });
  result.blocks = grouped(map, tallies, [](const ParameterEntry& e) { return Names(e.block, ""); });
  result.kinds = grouped(map, tallies, [](const ParameterEntry& e) { return Names("", e.kind); });
  result.chosenTimes = chosenTimesOf(whole);
  result.chosenTimesChance = whole.timesChance;
  for (const auto& [members, count] : whole.combinations) {
    result.inAny += count;
    result.combinations.push_back({members, count});
  }
  result.inAll = inAll(whole);
  std::stable_sort(result.combinations.begin(), result.combinations.end(), [](const auto& x, const auto& y) { return x.count > y.count; });
  return result;
}

}  // namespace gps
