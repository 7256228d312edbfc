#include "core/evaluation/figures/distributions.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace gps {

double normalCdf(double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); }

namespace {

template <std::size_t N>
double polynomial(const double (&c)[N], double x) {
  double sum = 0;
  for (double factor : c) sum = sum * x + factor;
  return sum;
}

// Acklam's rational approximation, within 1e-9 relative.
double roughQuantile(double p) {
  constexpr double kCentreTop[] = {-3.969683028665376e+01, 2.209460984245205e+02,  -2.759285104469687e+02,
                                   1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00};
  constexpr double kCentreBottom[] = {-5.447609879822406e+01, 1.615858368580409e+02,  -1.556989798598866e+02,
                                      6.680131188771972e+01,  -1.328068155288572e+01, 1};
  constexpr double kTailTop[] = {-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                                 -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00};
  constexpr double kTailBottom[] = {7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1};
  constexpr double kTail = 0.02425;
  if (p < kTail) {
    const double q = std::sqrt(-2 * std::log(p));
    return polynomial(kTailTop, q) / polynomial(kTailBottom, q);
  }
  const double q = p - 0.5, r = q * q;
  return polynomial(kCentreTop, r) * q / polynomial(kCentreBottom, r);
}

}  // namespace

double normalQuantile(double share) {
  if (share <= 0) return -std::numeric_limits<double>::infinity();
  if (share >= 1) return std::numeric_limits<double>::infinity();
  if (share > 0.5) return -normalQuantile(1 - share);
  double x = roughQuantile(share);
  // One step of Halley's rule brings it to the precision of erfc.
  const double error = (normalCdf(x) - share) * std::sqrt(2 * std::numbers::pi) * std::exp(x * x / 2);
  x -= error / (1 + x * error / 2);
  return x;
}

double binomialCdf(std::int64_t k, std::int64_t n, double p) {
  if (k < 0) return 0;
  if (k >= n) return 1;
  if (p <= 0) return 1;
  if (p >= 1) return 0;
  const double logP = std::log(p), logQ = std::log1p(-p), all = std::lgamma(double(n) + 1);
  double sum = 0;
  for (std::int64_t i = 0; i <= k; ++i)
    sum += std::exp(all - std::lgamma(double(i) + 1) - std::lgamma(double(n - i) + 1) + double(i) * logP + double(n - i) * logQ);
  return std::min(sum, 1.0);
}

}  // namespace gps
