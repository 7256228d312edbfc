#pragma once
// Reading of two or three methods without knowing which is which: the order of the methods is shuffled for every case by a seed, a vote
// names a place, and only the end says whose place it was.
#include <cstdint>
#include <string>
#include <vector>

#include "core/evaluation/figures/signtest.h"

namespace gps {

constexpr int kFewestMethods = 2, kMostMethods = 3;
constexpr int kTieVote = -1;

// Which method stands at each place for a case: a permutation of 0 … methods - 1. Every order is equally likely; it follows from seed and
// case alone, the same on every machine.
std::vector<int> blindOrder(std::uint64_t seed, const std::string& caseId, int methods);
// The cases in the order they are read.
std::vector<std::string> blindCases(std::uint64_t seed, std::vector<std::string> caseIds);

struct PlaceVote {
  std::string caseId;
  int place = kTieVote;  // 0 …; kTieVote: no difference
};

struct BlindPair {
  int first = 0, second = 0;  // methods
  SignTest test;              // over the votes for either; ties: the votes for no difference
  double adjustedP = 1;       // by Holm over all pairs
};

struct BlindResult {
  int votes = 0, ties = 0;
  std::vector<int> perMethod;    // votes for each
  std::vector<int> votedMethod;  // of each vote; kTieVote
  std::vector<BlindPair> pairs;  // every two methods
};
BlindResult unblind(std::uint64_t seed, int methods, const std::vector<PlaceVote>& votes);

}  // namespace gps
