#include "core/data/layouts/pairlayouts.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "core/data/layouts/folderscan.h"
#include "core/data/layouts/layoutparts.h"
#include "core/data/layouts/seededsplit.h"
#include "core/data/layouts/splitlists.h"

namespace gps {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 12> kMaskSuffixes{"_mask",         "-mask",  ".mask", "_masks", "_seg",   "-seg",
                                                         "_segmentation", "_label", "_gt",   "-gt",    "_truth", "_groundtruth"};

// By stem; a second file of one stem is a problem, the first counts.
std::map<std::string, std::string> byStem(const std::vector<PictureFile>& files, DataSummary& summary) {
  std::map<std::string, std::string> map;
  for (const auto& file : files) {
    const auto [at, isNew] = map.emplace(file.stem, file.path);
    if (!isNew) {
      addProblem(summary, ProblemKind::DuplicateId, file.stem,
                 fileNameOf(file.path) + " has the same name as " + fileNameOf(at->second) + " and is left out. Rename one of them");
    }
  }
  return map;
}

void addPairs(const std::vector<PictureFile>& images, const std::vector<PictureFile>& masks, const std::string& split,
              DataSummary& summary) {
  const auto imageOf = byStem(images, summary);
  auto maskOf = byStem(masks, summary);
  for (const auto& [stem, path] : imageOf) {
    auto mask = maskOf.find(stem);
    for (auto suffix = kMaskSuffixes.begin(); mask == maskOf.end() && suffix != kMaskSuffixes.end(); ++suffix)
      mask = maskOf.find(stem + std::string(*suffix));
    if (mask == maskOf.end()) {
      addProblem(summary, ProblemKind::MissingMask, stem,
                 fileNameOf(path) + " has no mask and is left out. Add a mask of the same name, or remove the picture");
      continue;
    }
    summary.items.push_back({stem, split, path, mask->second, {}});
    maskOf.erase(mask);
  }
  for (const auto& [stem, path] : maskOf) {
    addProblem(summary, ProblemKind::MissingImage, stem,
               fileNameOf(path) + " has no picture and is left out. Add a picture of the same name, or remove the mask");
  }
}

void splitByLists(DataSummary& summary, SplitLists lists) {
  std::set<std::string> known;
  for (const auto& item : summary.items) known.insert(item.id);
  for (const auto& problem : summary.problems) known.insert(problem.id);  // a missing mask is told already
  for (const auto& [id, list] : lists.listOf) {
    if (known.contains(id)) continue;
    addProblem(summary, ProblemKind::UnknownId, id,
               list + " names \"" + id + "\" but there is no such picture. Remove the line or add the picture");
  }
  summary.problems.insert(summary.problems.end(), lists.problems.begin(), lists.problems.end());
  const auto has = [&](const char* split) {
    return std::any_of(lists.splitOf.begin(), lists.splitOf.end(), [&](const auto& entry) { return entry.second == split; });
  };
  // What no list names belongs to the split without a list; with all lists there it is not used.
  const std::string rest = splitOfTheRest(has("train"), has("val"));
  for (auto& item : summary.items) {
    const auto found = lists.splitOf.find(item.id);
    item.split = found == lists.splitOf.end() ? rest : found->second;
  }
  for (const auto& file : lists.files) summary.splitRule += (summary.splitRule.empty() ? "" : ", ") + file;
}

void assignSplits(DataSummary& summary, const DatasetOptions& options) {
  auto lists = readSplitLists(summary.folder);
  for (const auto& file : lists.files) summary.listFiles.push_back(summary.folder + "/" + file);
  if (lists.splitOf.empty())
    splitBySeed(summary, options);
  else
    splitByLists(summary, std::move(lists));
}

std::string withoutMaskSuffix(const std::string& stem) {
  const std::string lower = lowerCase(stem);
  for (const auto suffix : kMaskSuffixes)
    if (lower.size() > suffix.size() && lower.ends_with(suffix)) return stem.substr(0, stem.size() - suffix.size());
  return {};
}

}  // namespace

bool openPairSplitFolders(DataSummary& summary) {
  bool found = false;
  for (const auto& [split, names] : {std::pair{"train", std::pair{"train", "training"}}, std::pair{"val", std::pair{"val", "validation"}},
                                     std::pair{"val", std::pair{"valid", "dev"}}, std::pair{"test", std::pair{"test", "testing"}}}) {
    const std::string folder = findSubfolder(summary.folder, {names.first, names.second});
    if (folder.empty()) continue;
    const std::string images = imagesFolder(folder), masks = masksFolder(folder);
    if (images.empty() || masks.empty()) continue;
    addPairs(picturesIn(images), picturesIn(masks), split, summary);
    found = true;
  }
  if (!found) return false;
  summary.layout = "split folders";
  summary.splitRule = "folders";
  makeIdsUnique(summary);
  return true;
}

bool openImagesAndMasks(DataSummary& summary, const DatasetOptions& options) {
  const std::string images = imagesFolder(summary.folder), masks = masksFolder(summary.folder);
  if (images.empty() || masks.empty()) return false;
  // Pictures one level down in folders of their classes, and something else that is called labels/ (DTD).
  if (picturesIn(images).empty() && !listFolder(images).folders.empty()) return false;
  summary.layout = "kvasir";
  addPairs(picturesIn(images), picturesIn(masks), "", summary);
  assignSplits(summary, options);
  return true;
}

bool openFlatPairs(DataSummary& summary, const DatasetOptions& options) {
  std::vector<PictureFile> images, masks;
  for (const auto& file : picturesIn(summary.folder)) {
    const std::string stem = withoutMaskSuffix(file.stem);
    if (stem.empty())
      images.push_back(file);
    else
      masks.push_back({stem, file.path});
  }
  if (images.empty() || masks.empty()) return false;
  summary.layout = "pairs";
  addPairs(images, masks, "", summary);
  assignSplits(summary, options);
  return true;
}

void openPairTable(DataSummary& summary, const std::string& path, const PictureTable& table, const DatasetOptions& options) {
  const fs::path folder = fs::path(path).parent_path();
  summary.listFiles.push_back(path);
  summary.layout = "csv";
  bool hasSplits = false;
  std::set<std::string> seen;
  for (const auto& row : table.rows) {
    const fs::path image = folder / row.image, mask = folder / row.target;  // an absolute path replaces the folder
    const std::string where = fileNameOf(path) + " line " + std::to_string(row.line), id = pictureStem(row.image);
    std::error_code failed;
    if (row.image.empty() || !fs::is_regular_file(image, failed)) {
      addProblem(summary, ProblemKind::MissingImage, id,
                 where + " names \"" + row.image + "\" but there is no such picture. Correct the path");
    } else if (row.target.empty() || !fs::is_regular_file(mask, failed)) {
      addProblem(summary, ProblemKind::MissingMask, id,
                 where + " names the mask \"" + row.target + "\" but there is no such file. Correct the path");
    } else if (!seen.insert(row.split + "/" + id).second) {
      addProblem(summary, ProblemKind::DuplicateId, id,
                 where + " repeats \"" + id + "\" and is left out. Remove one row or rename the picture");
    } else {
      summary.items.push_back({id, row.split, image.lexically_normal().string(), mask.lexically_normal().string(), {}});
      hasSplits = hasSplits || !row.split.empty();
    }
  }
  if (hasSplits) {
    for (auto& item : summary.items)
      if (item.split.empty()) item.split = "unlisted";
    summary.splitRule = fileNameOf(path);
    makeIdsUnique(summary);
  } else {
    splitBySeed(summary, options);
  }
}

}  // namespace gps
