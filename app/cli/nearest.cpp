#include "app/cli/nearest.h"

#include <algorithm>

namespace gps::cli {

int editDistance(std::string_view a, std::string_view b) {
  std::vector<int> beforeLast(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = int(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = int(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], beforeLast[j - 2] + 1);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.size()];
}

std::string nearestWord(std::string_view word, const std::vector<std::string>& known) {
  std::string best;
  int bestDistance = 1 + std::max<int>(1, int(word.size()) / 3);
  for (const auto& candidate : known) {
    int distance = editDistance(word, candidate);
    // "--weight" for "--weights", "--epoch" for "--epochs": a prefix is close however much is missing.
    if (word.size() >= 4 && candidate.starts_with(word)) distance = std::min(distance, 1);
    if (distance < bestDistance) best = candidate, bestDistance = distance;
  }
  return best;
}

}  // namespace gps::cli
