#pragma once
// Normal and binomial distributions, for intervals and tests.
#include <cstdint>

namespace gps {

double normalCdf(double x);
// Inverse of it, within 1e-13; −∞ at 0 and +∞ at 1.
double normalQuantile(double share);
// P(X <= k) for n trials of probability p; 0 below 0, 1 from n on.
double binomialCdf(std::int64_t k, std::int64_t n, double p);

}  // namespace gps
