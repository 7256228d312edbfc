#include "core/selection/census.h"

#include <cmath>

namespace gps {

// The largest power of two that keeps every score of these buckets within kFixedBits.
static double scaleOf(const std::uint32_t* buckets) {
  int top = int(kernels::coarseBucket(kernels::kOrderOfInfinity)) - 1;  // the last bucket of numbers that count
  while (top > 0 && buckets[top] == 0) --top;
  const int exponent = ((top + 1) << 20 >> 23) - 126;  // every score lies below 2^exponent
  return std::ldexp(1.0, kernels::kFixedBits - exponent);
}

ScoreCensus takeCensus(const ScoreScanner& scanner) {
  ScoreCensus census;
  census.coarse = scanner.coarse();
  for (std::size_t t = 0; t < scanner.tensors(); ++t) census.scales.push_back(scaleOf(census.coarse.data() + t * kernels::kCoarseBuckets));
  census.totals = scanner.totals(census.scales);
  return census;
}

}  // namespace gps
