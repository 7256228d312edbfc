#include "core/evaluation/figures/interval.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/evaluation/figures/boundary.h"
#include "core/evaluation/figures/distributions.h"
#include "core/values/counterrandom.h"

namespace gps {

namespace {

// SplitMix64: one stream a seed, the same on every machine.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : m_state(seed) {}
  std::uint32_t below(std::uint32_t count) {
    const std::uint64_t z = finaliseBits(m_state += kMixStep);
    return std::uint32_t(((z >> 32) * count) >> 32);
  }

 private:
  std::uint64_t m_state;
};

// Resamples that are summed side by side: the compiler makes vector code of it.
constexpr int kLanes = 8;
using Lanes = std::array<double, kLanes>;

std::size_t picturesOf(const SummedStatistic& s) { return s.table.size() / std::size_t(s.columns); }

std::vector<double> totals(const SummedStatistic& s) {
  std::vector<double> sums(std::size_t(s.columns));
  for (std::size_t i = 0; i < s.table.size(); ++i) sums[i % sums.size()] += s.table[i];
  return sums;
}

std::vector<double> withOneLeftOut(const SummedStatistic& s) {
  const auto all = totals(s);
  std::vector<double> values, sums(all.size());
  for (std::size_t i = 0; i < picturesOf(s); ++i) {
    for (std::size_t c = 0; c < sums.size(); ++c) sums[c] = all[c] - s.table[i * sums.size() + c];
    if (const double value = s.valueOf(sums.data()); std::isfinite(value)) values.push_back(value);
  }
  return values;
}

void addReplicates(const SummedStatistic& s, const std::vector<Lanes>& times, int lanes, std::vector<double>& replicates) {
  const auto columns = std::size_t(s.columns);
  std::vector<Lanes> sums(columns, Lanes{});
  for (std::size_t c = 0; c < columns; ++c) {
    Lanes sum{};
    for (std::size_t i = 0; i < times.size(); ++i) {
      const double value = s.table[i * columns + c];
      for (std::size_t lane = 0; lane < sum.size(); ++lane) sum[lane] += times[i][lane] * value;
    }
    sums[c] = sum;
  }
  std::vector<double> one(columns);
  for (int lane = 0; lane < lanes; ++lane) {
    for (std::size_t c = 0; c < columns; ++c) one[c] = sums[c][std::size_t(lane)];
    if (const double value = s.valueOf(one.data()); std::isfinite(value)) replicates.push_back(value);
  }
}

}  // namespace

SummedStatistic meanStatistic(const std::vector<std::optional<double>>& values) {
  SummedStatistic s{2, {}, [](const double* sums) { return sums[1] > 0.5 ? sums[0] / sums[1] : std::numeric_limits<double>::quiet_NaN(); }};
  for (const auto& value : values) {
    s.table.push_back(value.value_or(0));
    s.table.push_back(value ? 1 : 0);
  }
  return s;
}

double observed(const SummedStatistic& statistic) { return statistic.valueOf(totals(statistic).data()); }

std::vector<std::optional<Interval>> bootstrapIntervals(const std::vector<SummedStatistic>& statistics, const BootstrapOptions& options) {
  std::vector<std::optional<Interval>> intervals(statistics.size());
  const std::size_t n = statistics.empty() ? 0 : picturesOf(statistics.front());
  if (n < 2) return intervals;
  std::vector<std::vector<double>> replicates(statistics.size());
  Draws draws(options.seed);
  std::vector<Lanes> times(n);  // that each resample of a block drew a picture
  for (int done = 0; done < options.resamples; done += kLanes) {
    const int lanes = std::min(kLanes, options.resamples - done);
    std::fill(times.begin(), times.end(), Lanes{});
    for (int lane = 0; lane < lanes; ++lane)
      for (std::size_t i = 0; i < n; ++i) times[draws.below(std::uint32_t(n))][std::size_t(lane)] += 1;
    for (std::size_t k = 0; k < statistics.size(); ++k) addReplicates(statistics[k], times, lanes, replicates[k]);
  }
  for (std::size_t k = 0; k < statistics.size(); ++k) {
    const double value = observed(statistics[k]);
    if (std::isfinite(value)) intervals[k] = bcaInterval(std::move(replicates[k]), withOneLeftOut(statistics[k]), value, options.level);
  }
  return intervals;
}

std::string bootstrapText(const BootstrapOptions& options) {
  return std::to_string(int(std::lround(options.level * 100))) + " % intervals: BCa bootstrap over pictures (Efron 1987), " +
         std::to_string(options.resamples) + " resamples, seed " + std::to_string(options.seed);
}

std::optional<Interval> bcaInterval(std::vector<double> replicates, const std::vector<double>& leaveOneOut, double value, double level) {
  if (replicates.empty() || leaveOneOut.empty()) return std::nullopt;
  const auto [least, most] = std::minmax_element(replicates.begin(), replicates.end());
  if (*least == *most) return Interval{*least, *most};
  // Share of the replicates below the value, ties by half.
  double below = 0;
  for (double r : replicates) below += r < value ? 1 : r == value ? 0.5 : 0;
  const double bias = normalQuantile(below / double(replicates.size()));
  double centre = 0;
  for (double v : leaveOneOut) centre += v / double(leaveOneOut.size());
  double cubes = 0, squares = 0;
  for (double v : leaveOneOut) {
    cubes += std::pow(centre - v, 3);
    squares += std::pow(centre - v, 2);
  }
  const double acceleration = squares > 0 ? cubes / (6 * std::pow(squares, 1.5)) : 0;
  const auto bound = [&](double share) {
    const double z = bias + normalQuantile(share);
    double place = normalCdf(bias + z / (1 - acceleration * z));
    if (!std::isfinite(bias)) place = bias > 0 ? 1 : 0;  // all replicates on one side of the value
    return quantileOf(replicates, std::clamp(place, 0.0, 1.0));
  };
  const double tail = (1 - level) / 2;
  return Interval{bound(tail), bound(1 - tail)};
}

}  // namespace gps
