#include "core/data/layouts/layoutparts.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "core/data/layouts/splitlists.h"

namespace gps {

namespace fs = std::filesystem;

void addProblem(DataSummary& summary, ProblemKind kind, const std::string& id, std::string text) {
  summary.problems.push_back({kind, id, std::move(text)});
}

std::string fileNameOf(const std::string& path) { return fs::path(path).filename().string(); }

std::string relativeTo(const std::string& folder, const std::string& path) {
  if (path.size() > folder.size() + 1 && path.starts_with(folder) && path[folder.size()] == '/') return path.substr(folder.size() + 1);
  const auto relative = fs::path(path).lexically_relative(folder);
  return relative.empty() ? fs::path(path).generic_string() : relative.generic_string();
}

std::string imagesFolder(const std::string& folder) { return findSubfolder(folder, {"images", "image", "imgs", "img", "original"}); }
std::string masksFolder(const std::string& folder) {
  return findSubfolder(folder, {"masks", "mask", "labels", "ground truth", "ground_truth", "groundtruth", "gt"});
}

bool looksLikeDataSet(const FolderListing& listing) {
  std::set<std::string> names;
  for (const auto& name : listing.folders) names.insert(splitName(name));
  return names.contains("train") || names.contains("val") || names.contains("test") ||
         (names.contains("images") && names.contains("masks"));
}

void makeIdsUnique(DataSummary& summary) {
  std::unordered_set<std::string_view> seen;
  const bool isUnique =
      std::all_of(summary.items.begin(), summary.items.end(), [&](const DataItem& i) { return seen.insert(i.id).second; });
  if (isUnique) return;
  for (auto& item : summary.items) item.id = item.split + "/" + item.id;
}

std::string splitOfTheRest(bool hasTrain, bool hasValidation) { return !hasTrain ? "train" : !hasValidation ? "val" : "unlisted"; }

}  // namespace gps
