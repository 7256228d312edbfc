#pragma once
// Looks into a DataSummary, and lays out small classification folders.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "core/data/dataset.h"
#include "tests/data/fakepictures.h"

namespace gps::test {

inline int count(const DataSummary& s, ProblemKind kind) {
  return int(std::count_if(s.problems.begin(), s.problems.end(), [&](const DataProblem& p) { return p.kind == kind; }));
}

inline const DataProblem& problem(const DataSummary& s, ProblemKind kind) {
  static const DataProblem none{ProblemKind::Unreadable, "none", "none"};
  const auto found = std::find_if(s.problems.begin(), s.problems.end(), [&](const DataProblem& p) { return p.kind == kind; });
  EXPECT_NE(found, s.problems.end());
  return found == s.problems.end() ? none : *found;
}

inline DataItem item(const DataSummary& s, const std::string& id) {
  for (const auto& item : s.items)
    if (item.id == id) return item;
  return {"absent", "absent", "absent", "absent", "absent"};
}

inline std::string splitOf(const DataSummary& s, const std::string& id) { return item(s, id).split; }
inline std::string classOf(const DataSummary& s, const std::string& id) { return item(s, id).className; }

inline std::vector<std::string> idsOf(const DataSummary& s) {
  std::vector<std::string> ids;
  for (const auto& item : s.items) ids.push_back(item.id);
  return ids;
}

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// Pictures with the given paths; their content differs.
inline void writePictures(const TemporaryFolder& folder, const std::vector<std::string>& paths, std::uint64_t seed = 1) {
  for (const auto& path : paths) writePicture(folder / path, noisePicture(6, 5, seed++));
}

using Counts = std::map<std::string, int>;
using Names = std::vector<std::string>;

}  // namespace gps::test
