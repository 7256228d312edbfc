#include "core/evaluation/figures/blindreading.h"

#include <algorithm>
#include <numeric>

#include "core/values/counterrandom.h"

namespace gps {

namespace {

std::uint64_t hashOf(std::uint64_t seed, const std::string& text) {  // FNV-1a, then mixed with the seed
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const char c : text) hash = (hash ^ std::uint8_t(c)) * 0x100000001B3u;
  return finaliseBits(hash + mixBits(seed));
}

}  // namespace

std::vector<int> blindOrder(std::uint64_t seed, const std::string& caseId, int methods) {
  std::vector<int> order(std::size_t(std::max(0, methods)));
  std::iota(order.begin(), order.end(), 0);
  std::uint64_t state = hashOf(seed, caseId);
  for (std::size_t i = order.size(); i > 1; --i) {
    state += kMixStep;
    std::swap(order[i - 1], order[std::size_t(((finaliseBits(state) >> 32) * i) >> 32)]);
  }
  return order;
}

std::vector<std::string> blindCases(std::uint64_t seed, std::vector<std::string> caseIds) {
  // The order of hashes other than those that shuffle the methods.
  std::sort(caseIds.begin(), caseIds.end(), [seed](const std::string& a, const std::string& b) {
    const auto x = hashOf(~seed, a), y = hashOf(~seed, b);
    return x != y ? x < y : a < b;
  });
  return caseIds;
}

BlindResult unblind(std::uint64_t seed, int methods, const std::vector<PlaceVote>& votes) {
  BlindResult result;
  result.perMethod.resize(std::size_t(methods));
  for (const auto& vote : votes) {
    ++result.votes;
    if (vote.place < 0 || vote.place >= methods) {
      ++result.ties;
      result.votedMethod.push_back(kTieVote);
      continue;
    }
    const int method = blindOrder(seed, vote.caseId, methods)[std::size_t(vote.place)];
    ++result.perMethod[std::size_t(method)];
    result.votedMethod.push_back(method);
  }
  std::vector<double> p;
  for (int a = 0; a < methods; ++a)
    for (int b = a + 1; b < methods; ++b) {
      result.pairs.push_back({a, b, signTest(result.perMethod[std::size_t(a)], result.perMethod[std::size_t(b)], result.ties), 1});
      p.push_back(result.pairs.back().test.p);
    }
  const auto adjusted = holmAdjusted(p);
  for (std::size_t i = 0; i < adjusted.size(); ++i) result.pairs[i].adjustedP = adjusted[i];
  return result;
}

}  // namespace gps
