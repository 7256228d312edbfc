#pragma once
// What a sweep has to say about K: how good the runs are for each K, over their seeds, and which K is enough.
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gps {

// A finished run, as far as the frontier looks at it.
struct ScoredRun {
  std::vector<std::pair<std::string, std::string>> settings;  // axis and value
  double score = 0;                                           // 0…1, larger is better
  double deltaMib = 0;                                        // what the run has to be carried by
};

struct FrontierPoint {
  std::string k;  // as written in the plan; empty for runs without K
  int runs = 0;
  double mean = 0;
  std::optional<double> deviation;  // sample standard deviation; nothing for one run
  double deltaMib = 0;              // mean
};

// The runs that differ in K and seed only.
struct Frontier {
  std::vector<std::pair<std::string, std::string>> settings;  // the others
  std::vector<FrontierPoint> points;                          // by K, ascending
  // The smallest K whose mean lies within half a point (0.005) of the best mean; nothing without K.
  std::optional<std::string> enough;
};

// In the order in which their settings come first.
std::vector<Frontier> frontiersOf(const std::vector<ScoredRun>& runs);

}  // namespace gps
