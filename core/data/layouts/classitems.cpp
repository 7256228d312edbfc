#include "core/data/layouts/classitems.h"

#include <algorithm>
#include <unordered_map>

#include "core/data/layouts/folderscan.h"
#include "core/data/layouts/layoutparts.h"

namespace gps {
namespace {

// Leading zeros do not count: 007 is 7.
bool isLessAsNumber(std::string_view a, std::string_view b) {
  const auto digits = [](std::string_view text) { return text.substr(std::min(text.find_first_not_of('0'), text.size())); };
  const auto x = digits(a), y = digits(b);
  if (x.size() != y.size()) return x.size() < y.size();
  return x != y ? x < y : a < b;
}

std::string itemKey(const DataItem& item) { return item.split + '\n' + item.id; }

}  // namespace

bool isWholeNumber(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void sortClassNames(std::vector<std::string>& names) {
  if (std::all_of(names.begin(), names.end(), [](const std::string& name) { return isWholeNumber(name); }))
    std::sort(names.begin(), names.end(), isLessAsNumber);
  else
    std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

void nameItemsByClass(DataSummary& summary) {
  for (auto& item : summary.items) item.id = item.className + "/" + pictureStem(item.imagePath);
  separateEqualIds(summary);
}

void separateEqualIds(DataSummary& summary) {
  std::unordered_map<std::string, int> uses;
  for (const auto& item : summary.items) ++uses[itemKey(item)];
  for (auto& item : summary.items)
    if (uses[itemKey(item)] > 1) item.id = item.className + "/" + relativeTo(summary.folder, item.imagePath);
}

void finishClasses(DataSummary& summary) {
  makeIdsUnique(summary);
  std::map<std::string, std::map<std::string, int>> pictures;  // class -> split -> count
  bool hasTrain = false;
  for (const auto& item : summary.items) {
    ++pictures[item.className][item.split];
    hasTrain = hasTrain || item.split == "train";
  }
  if (summary.isClassSubset) return;
  for (const auto& name : summary.classes) {
    if (!pictures.contains(name)) {
      addProblem(summary, ProblemKind::EmptyClass, name, "class \"" + name + "\" has no picture. Add pictures, or remove the class");
    } else if (hasTrain && !pictures[name].contains("train")) {
      addProblem(summary, ProblemKind::EmptyClass, name,
                 "class \"" + name + "\" has pictures, but none in train, so that it cannot be learnt. Add pictures to train");
    }
  }
}

}  // namespace gps
