#include "core/evaluation/figures/signtest.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "core/evaluation/figures/distributions.h"

namespace gps {

namespace {

constexpr int kHalvings = 200;  // down to the last bit

// Where a function that rises from below 0 to above 0 between 0 and 1 crosses it.
template <typename Function>
double crossing(const Function& rises) {
  double low = 0, high = 1;
  for (int i = 0; i < kHalvings && low < high; ++i) {
    const double middle = low + (high - low) / 2;
    if (middle == low || middle == high) break;
    (rises(middle) < 0 ? low : high) = middle;
  }
  return low + (high - low) / 2;
}

}  // namespace

Interval clopperPearson(std::int64_t k, std::int64_t n, double level) {
  const double tail = (1 - level) / 2;
  Interval interval{0, 1};
  // P(X >= k | low) = P(X <= k | high) = tail. The first by the failures, which are as few as they are many.
  if (k > 0) interval.low = crossing([&](double p) { return binomialCdf(n - k, n, 1 - p) - tail; });
  if (k < n) interval.high = crossing([&](double p) { return tail - binomialCdf(k, n, p); });
  return interval;
}

SignTest signTest(std::int64_t first, std::int64_t second, std::int64_t ties, double level) {
  SignTest test{first, second, ties, std::numeric_limits<double>::quiet_NaN(), {0, 1}, 1};
  const auto n = first + second;
  if (n == 0) return test;
  test.share = double(first) / double(n);
  test.interval = clopperPearson(first, n, level);
  if (first != second) test.p = std::min(1.0, 2 * binomialCdf(std::min(first, second), n, 0.5));
  return test;
}

std::vector<double> holmAdjusted(const std::vector<double>& p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return p[a] < p[b]; });
  std::vector<double> adjusted(p.size());
  double running = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    running = std::max(running, std::min(1.0, double(p.size() - i) * p[order[i]]));
    adjusted[order[i]] = running;
  }
  return adjusted;
}

}  // namespace gps
