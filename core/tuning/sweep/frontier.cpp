#include "core/tuning/sweep/frontier.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace gps {

namespace {

constexpr double kHalfAPoint = 0.005;

struct Group {
  std::string k;
  std::vector<double> scores, sizes;
};

double meanOf(const std::vector<double>& values) {
  double sum = 0;
  for (const double v : values) sum += v;
  return sum / double(values.size());
}

std::optional<double> deviationOf(const std::vector<double>& values) {
  if (values.size() < 2) return std::nullopt;
  const double mean = meanOf(values);
  double sum = 0;
  for (const double v : values) sum += (v - mean) * (v - mean);
  return std::sqrt(sum / double(values.size() - 1));
}

double numberOf(const std::string& k) { return std::strtod(k.c_str(), nullptr); }

}  // namespace

std::vector<Frontier> frontiersOf(const std::vector<ScoredRun>& runs) {
  std::vector<Frontier> frontiers;
  std::vector<std::vector<Group>> groups;
  for (const auto& run : runs) {
    std::string k;
    std::vector<std::pair<std::string, std::string>> others;
    for (const auto& [axis, value] : run.settings) {
      if (axis == "k")
        k = value;
      else if (axis != "seed")
        others.emplace_back(axis, value);
    }
    auto same = std::find_if(frontiers.begin(), frontiers.end(), [&](const Frontier& f) { return f.settings == others; });
    if (same == frontiers.end()) {
      frontiers.push_back({others, {}, {}});
      groups.emplace_back();
      same = frontiers.end() - 1;
    }
    auto& mine = groups[std::size_t(same - frontiers.begin())];
    auto group = std::find_if(mine.begin(), mine.end(), [&](const Group& g) { return g.k == k; });
    if (group == mine.end()) group = mine.insert(mine.end(), Group{k, {}, {}});
    group->scores.push_back(run.score);
    group->sizes.push_back(run.deltaMib);
  }
  for (std::size_t i = 0; i < frontiers.size(); ++i) {
    auto& mine = groups[i];
    std::stable_sort(mine.begin(), mine.end(), [](const Group& a, const Group& b) { return numberOf(a.k) < numberOf(b.k); });
    double best = 0;
    for (const auto& g : mine) {
      frontiers[i].points.push_back({g.k, int(g.scores.size()), meanOf(g.scores), deviationOf(g.scores), meanOf(g.sizes)});
      best = std::max(best, frontiers[i].points.back().mean);
    }
    for (const auto& point : frontiers[i].points)
      if (!point.k.empty() && point.mean >= best - kHalfAPoint && !frontiers[i].enough) frontiers[i].enough = point.k;
  }
  return frontiers;
}

}  // namespace gps
