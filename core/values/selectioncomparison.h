#pragma once
// What several selections on one model have in common, beside what independent uniform choices of the same counts would have
// (gps-method 5, fig. 12). Selections are numbered as given; shares are 0 … 1, and NaN where nothing was chosen.
#include <cstdint>
#include <string>
#include <vector>

#include "core/values/members.h"

namespace gps {

struct SharedShare {
  double share = 0, chance = 0;
};

struct ComparedSelection {
  std::string name;
  std::int64_t selected = 0;
  std::int64_t shared = 0;    // also chosen by another one
  std::int64_t specific = 0;  // chosen by no other
  SharedShare inAnother;      // shared / selected
  SharedShare inAll;          // chosen by all / selected
};

struct PairAgreement {
  int a = 0, b = 0;  // a < b
  std::int64_t both = 0, either = 0;
  double jaccard = 0, jaccardChance = 0;    // chance: E|A∩B| / E|A∪B|
  double overlapA = 0, overlapAChance = 0;  // |A∩B| / |A|
  double overlapB = 0, overlapBChance = 0;  // |A∩B| / |B|
};

struct ComparedBlock {
  std::string block, kind;                                // one of them empty when the row stands for all kinds or all blocks
  std::int64_t available = 0;                             // entries of its weights
  std::vector<std::int64_t> selected, sharedBySelection;  // a selection each
  std::int64_t shared = 0, specific = 0, inAll = 0;       // positions chosen by two or more, by one, by all
  SharedShare inAnother, inAllOf;                         // means over the selections that chose anything here
  std::vector<std::int64_t> chosenTimes;                  // positions chosen by exactly 1, 2, … selections
  std::vector<double> chosenTimesChance;                  // expected number of them
  double jaccardMean = 0, jaccardChanceMean = 0;          // over the pairs that chose anything here
};

// Positions chosen by exactly these.
struct Combination {
  Members members;
  std::int64_t count = 0;
};

struct SelectionComparison {
  bool isRowWise = false;             // chance per row (all of neuron level), else per tensor
  std::int64_t inAny = 0, inAll = 0;  // positions
  SharedShare inAnother, inAllOf;     // means over the selections
  std::vector<ComparedSelection> selections;
  std::vector<PairAgreement> pairs;     // (0,1), (0,2), … (1,2), …
  std::vector<ComparedBlock> perBlock;  // block × kind, in the model's order
  std::vector<ComparedBlock> blocks, kinds;
  std::vector<std::int64_t> chosenTimes;  // positions chosen by exactly 1, 2, … selections
  std::vector<double> chosenTimesChance;  // expected number of them
  std::vector<Combination> combinations;  // that occur, largest first
};

}  // namespace gps
