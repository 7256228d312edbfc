#include "core/nn/gradientpaths.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <sstream>
#include <string_view>

namespace gps {

namespace {

constexpr std::array<std::string_view, 3> kWords{"sampled", "union", "dense"};

double secondsOf(const std::function<void()>& work, const std::function<void()>& wait) {
  wait();
  const auto start = std::chrono::steady_clock::now();
  work();
  wait();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

std::shared_ptr<GradientPaths> GradientPaths::ofThisProcess() {
  static const auto paths = std::make_shared<GradientPaths>();
  return paths;
}

GradientPath GradientPaths::choose(const std::string& shape, const std::vector<GradientPath>& candidates, bool canMeasure,
                                   const std::function<void(GradientPath)>& run, const std::function<void()>& wait) {
  if (candidates.size() == 1) return candidates[0];
  if (const auto known = m_known.find(shape); known != m_known.end())
    if (std::find(candidates.begin(), candidates.end(), known->second) != candidates.end()) return known->second;
  if (!canMeasure) return candidates[0];
  // The first call of each warms up; the better of two more counts.
  std::vector<double> best;
  for (const auto path : candidates) {
    const auto once = [&] { run(path); };
    once();
    best.push_back(std::min(secondsOf(once, wait), secondsOf(once, wait)));
  }
  const auto fastest = candidates[std::size_t(std::min_element(best.begin(), best.end()) - best.begin())];
  m_known[shape] = fastest;
  return fastest;
}

std::string GradientPaths::text() const {
  std::string all;
  for (const auto& [shape, path] : m_known) all.append(shape).append(" = ").append(kWords[std::size_t(path)]).append("\n");
  return all;
}

void GradientPaths::read(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto at = line.find(" = ");
    if (at == std::string::npos) continue;
    const auto word = std::find(kWords.begin(), kWords.end(), std::string_view(line).substr(at + 3));
    if (word != kWords.end()) m_known[line.substr(0, at)] = GradientPath(word - kWords.begin());
  }
}

}  // namespace gps
