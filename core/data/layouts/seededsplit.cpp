#include "core/data/layouts/seededsplit.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "core/values/counterrandom.h"

namespace gps {
namespace {

void split(std::vector<DataItem*>& items, const DatasetOptions& options, std::uint64_t epoch) {
  const int count = int(items.size());
  const double share = std::clamp(options.validationShare, 0.0, 1.0);
  const int validation = count < 2 ? 0 : std::clamp(int(std::lround(share * count)), 1, count - 1);
  const auto order = epochPermutation(count, options.splitSeed, epoch, RandomPurpose::Split);
  for (int i = 0; i < count; ++i) items[std::size_t(order[std::size_t(i)])]->split = i < validation ? "val" : "train";
}

std::string ruleText(const DatasetOptions& options, const char* where) {
  const int percent = int(std::lround(100 * options.validationShare));
  return "seeded " + std::to_string(100 - percent) + "/" + std::to_string(percent) + where + ", seed " + std::to_string(options.splitSeed);
}

}  // namespace

void splitBySeed(DataSummary& summary, const DatasetOptions& options) {
  std::vector<DataItem*> items;
  for (auto& item : summary.items) items.push_back(&item);
  split(items, options, 0);
  summary.splitRule = ruleText(options, "");
}

void splitBySeedPerClass(DataSummary& summary, const DatasetOptions& options) {
  std::map<std::string, std::vector<DataItem*>> ofClass;
  for (auto& item : summary.items) ofClass[item.className].push_back(&item);
  std::uint64_t number = 0;  // so that classes of one size are drawn differently
  for (const auto& name : summary.classes) {
    auto& items = ofClass[name];
    std::sort(items.begin(), items.end(), [](const DataItem* a, const DataItem* b) { return a->id < b->id; });
    split(items, options, number++);
  }
  summary.splitRule = ruleText(options, " in each class");
}

}  // namespace gps
