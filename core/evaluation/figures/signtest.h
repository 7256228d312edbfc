#pragma once
// Which of two is preferred, from votes.
#include <cstdint>

#include "core/evaluation/figures/interval.h"

namespace gps {

struct SignTest {
  std::int64_t first = 0, second = 0, ties = 0;  // votes
  double share = 0;                              // of the votes for either that are for the first; NaN without any
  Interval interval;                             // of the share: Clopper-Pearson, exact
  double p = 1;                                  // two-sided, exact binomial against one half
};

// Ties say nothing for either and leave the test; they are counted.
SignTest signTest(std::int64_t first, std::int64_t second, std::int64_t ties, double level = 0.95);

// Of the probability behind k successes in n trials; 0…1 without trials.
Interval clopperPearson(std::int64_t k, std::int64_t n, double level = 0.95);

// Several tests at once: Holm's step-down adjustment, in the order given.
std::vector<double> holmAdjusted(const std::vector<double>& p);

}  // namespace gps
