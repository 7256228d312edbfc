#include "core/nn/gradientpaths.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <sstream>
#include <string_view>

#include "core/nn/gradientpathfile.h"

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

std::string textOf(const PathsByShape& paths) {
  std::string all;
  for (const auto& [shape, path] : paths) all.append(shape).append(" = ").append(kWords[std::size_t(path)]).append("\n");
  return all;
}

PathsByShape pathsIn(const std::string& text) {
  PathsByShape paths;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line) && !lines.eof();) {
    const auto at = line.find(" = ");
    if (at == std::string::npos) continue;
    const auto word = std::find(kWords.begin(), kWords.end(), std::string_view(line).substr(at + 3));
    if (word != kWords.end()) paths.emplace(line.substr(0, at), GradientPath(word - kWords.begin()));
  }
  return paths;
}

void GradientPaths::keepIn(const std::string& path) {
  if (m_file ? m_file->path() == path : path.empty()) return;
  m_file = path.empty() ? nullptr : std::make_shared<GradientPathFile>(path);
  m_kept = m_file ? m_file->read() : PathsByShape();
}

GradientPath GradientPaths::choose(const std::string& shape, const std::vector<GradientPath>& candidates, bool canMeasure,
                                   const std::function<void(GradientPath)>& run, const std::function<void()>& wait) {
  if (candidates.size() == 1) return candidates[0];
  const auto isCandidate = [&](GradientPath path) { return std::find(candidates.begin(), candidates.end(), path) != candidates.end(); };
  if (const auto known = m_known.find(shape); known != m_known.end() && isCandidate(known->second)) return known->second;
  if (const auto kept = m_kept.find(shape); kept != m_kept.end() && isCandidate(kept->second)) return m_known[shape] = kept->second;
  if (!canMeasure) return candidates[0];
  // The first call of each warms up; the better of two more counts.
  std::vector<double> best;
  for (const auto path : candidates) {
    const auto once = [&] { run(path); };
    once();
    best.push_back(std::min(secondsOf(once, wait), secondsOf(once, wait)));
  }
  ++m_measured;
  const auto fastest = candidates[std::size_t(std::min_element(best.begin(), best.end()) - best.begin())];
  const auto settled = m_file ? m_file->settle(shape, fastest) : fastest;
  return m_known[shape] = isCandidate(settled) ? settled : fastest;
}

void GradientPaths::read(const std::string& text) {
  for (const auto& [shape, path] : pathsIn(text)) m_known[shape] = path;
}

}  // namespace gps
