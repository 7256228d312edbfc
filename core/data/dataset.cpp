#include "core/data/dataset.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "core/data/folderscan.h"
#include "core/data/pack.h"
#include "core/data/splitlists.h"
#include "core/values/counterrandom.h"
#include "core/values/error.h"

namespace gps {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLayouts =
    "Accepted are: images/ and masks/ with equal file names (train.txt, val.txt, test.txt beside them are read); "
    "train/, val/, test/ with images/ and masks/ in each; pictures beside their masks (x.jpg, x_mask.png); "
    "a CSV file with the columns image, mask, split; a pack file made by `gps pack`";

constexpr std::array<std::string_view, 12> kMaskSuffixes{"_mask",         "-mask",  ".mask", "_masks", "_seg",   "-seg",
                                                         "_segmentation", "_label", "_gt",   "-gt",    "_truth", "_groundtruth"};

std::string imagesFolder(const std::string& folder) { return findSubfolder(folder, {"images", "image", "imgs", "img", "original"}); }
std::string masksFolder(const std::string& folder) {
  return findSubfolder(folder, {"masks", "mask", "labels", "ground truth", "ground_truth", "groundtruth", "gt"});
}

std::string fileName(const std::string& path) { return fs::path(path).filename().string(); }

void addProblem(DataSummary& summary, ProblemKind kind, const std::string& id, std::string text) {
  summary.problems.push_back({kind, id, std::move(text)});
}

// By stem; a second file of one stem is a problem, the first counts.
std::map<std::string, std::string> byStem(const std::vector<PictureFile>& files, DataSummary& summary) {
  std::map<std::string, std::string> map;
  for (const auto& file : files) {
    const auto [at, isNew] = map.emplace(file.stem, file.path);
    if (!isNew) {
      addProblem(summary, ProblemKind::DuplicateId, file.stem,
                 fileName(file.path) + " has the same name as " + fileName(at->second) + " and is left out. Rename one of them");
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
                 fileName(path) + " has no mask and is left out. Add a mask of the same name, or remove the picture");
      continue;
    }
    summary.items.push_back({stem, split, path, mask->second, {}});
    maskOf.erase(mask);
  }
  for (const auto& [stem, path] : maskOf) {
    addProblem(summary, ProblemKind::MissingImage, stem,
               fileName(path) + " has no picture and is left out. Add a picture of the same name, or remove the mask");
  }
}

// Ids must differ over all splits; where file names do not, the split comes in front of all of them.
void makeIdsUnique(DataSummary& summary) {
  std::set<std::string> seen;
  const bool isUnique =
      std::all_of(summary.items.begin(), summary.items.end(), [&](const DataItem& i) { return seen.insert(i.id).second; });
  if (isUnique) return;
  for (auto& item : summary.items) item.id = item.split + "/" + item.id;
}

void splitBySeed(DataSummary& summary, const DatasetOptions& options) {
  const int count = int(summary.items.size());
  const double share = std::clamp(options.validationShare, 0.0, 1.0);
  const int validation = count < 2 ? 0 : std::clamp(int(std::lround(share * count)), 1, count - 1);
  const auto order = epochPermutation(count, options.splitSeed, 0, RandomPurpose::Split);
  for (int i = 0; i < count; ++i) summary.items[std::size_t(order[std::size_t(i)])].split = i < validation ? "val" : "train";
  const int percent = int(std::lround(100 * share));
  summary.splitRule =
      "seeded " + std::to_string(100 - percent) + "/" + std::to_string(percent) + ", seed " + std::to_string(options.splitSeed);
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
  const std::string rest = !has("train") ? "train" : !has("val") ? "val" : "unlisted";
  for (auto& item : summary.items) {
    const auto found = lists.splitOf.find(item.id);
    item.split = found == lists.splitOf.end() ? rest : found->second;
  }
  for (const auto& file : lists.files) summary.splitRule += (summary.splitRule.empty() ? "" : ", ") + file;
}

void assignSplits(DataSummary& summary, const DatasetOptions& options) {
  auto lists = readSplitLists(summary.folder);
  if (lists.splitOf.empty())
    splitBySeed(summary, options);
  else
    splitByLists(summary, std::move(lists));
}

bool openSplitFolders(DataSummary& summary) {
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
  summary.layout = "kvasir";
  addPairs(picturesIn(images), picturesIn(masks), "", summary);
  assignSplits(summary, options);
  return true;
}

std::string withoutMaskSuffix(const std::string& stem) {
  const std::string lower = lowerCase(stem);
  for (const auto suffix : kMaskSuffixes)
    if (lower.size() > suffix.size() && lower.ends_with(suffix)) return stem.substr(0, stem.size() - suffix.size());
  return {};
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

void openTable(DataSummary& summary, const std::string& table, const std::vector<PairRow>& rows, const DatasetOptions& options) {
  const fs::path folder = fs::path(table).parent_path();
  summary.layout = "csv";
  bool hasSplits = false;
  std::set<std::string> seen;
  for (const auto& row : rows) {
    const fs::path image = folder / row.image, mask = folder / row.mask;  // an absolute path replaces the folder
    const std::string where = fileName(table) + " line " + std::to_string(row.line), id = pictureStem(row.image);
    std::error_code failed;
    if (row.image.empty() || !fs::is_regular_file(image, failed)) {
      addProblem(summary, ProblemKind::MissingImage, id,
                 where + " names \"" + row.image + "\" but there is no such picture. Correct the path");
    } else if (row.mask.empty() || !fs::is_regular_file(mask, failed)) {
      addProblem(summary, ProblemKind::MissingMask, id,
                 where + " names the mask \"" + row.mask + "\" but there is no such file. Correct the path");
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
    summary.splitRule = fileName(table);
    makeIdsUnique(summary);
  } else {
    splitBySeed(summary, options);
  }
}

bool openTableIn(DataSummary& summary, const DatasetOptions& options) {
  std::vector<fs::path> tables;
  std::error_code failed;
  for (fs::directory_iterator at(fs::path(summary.folder), failed); !failed && at != fs::directory_iterator(); at.increment(failed))
    if (lowerCase(at->path().extension().string()) == ".csv") tables.push_back(at->path());
  std::sort(tables.begin(), tables.end());
  for (const auto& table : tables) {
    const auto rows = readPairTable(table.string());
    if (rows.empty()) continue;
    openTable(summary, table.string(), rows, options);
    return true;
  }
  return false;
}

void finish(DataSummary& summary) {
  std::sort(summary.items.begin(), summary.items.end(), [](const DataItem& a, const DataItem& b) { return a.id < b.id; });
  summary.splits.clear();
  for (const auto& item : summary.items) ++summary.splits[item.split];
  if (!summary.items.empty()) return;
  const std::string why = summary.problems.empty() ? "" : " (" + summary.problems.front().text + ")";
  throw Error(ErrorCode::BadFile, summary.folder, "not one picture with its mask was found" + why, kLayouts);
}

DataSummary openFile(const std::string& path, const DatasetOptions& options) {
  if (isPackFile(path)) return openPack(path);
  DataSummary summary;
  summary.folder = fs::path(path).parent_path().string();
  if (lowerCase(fs::path(path).extension().string()) == ".csv") {
    const auto rows = readPairTable(path);
    if (rows.empty()) throw Error(ErrorCode::BadFile, path, "its first line does not name the columns image and mask", kLayouts);
    openTable(summary, path, rows, options);
    finish(summary);
    return summary;
  }
  throw Error(ErrorCode::BadFile, path, "this file is no data set", kLayouts);
}

DataSummary openFolder(const std::string& path, const DatasetOptions& options) {
  DataSummary summary;
  summary.folder = path;
  const bool isKnown =
      openSplitFolders(summary) || openImagesAndMasks(summary, options) || openTableIn(summary, options) || openFlatPairs(summary, options);
  if (!isKnown) throw Error(ErrorCode::BadFile, path, "this folder is no data set", kLayouts);
  finish(summary);
  return summary;
}

std::string absolutePath(const std::string& path) {
  std::error_code failed;
  auto absolute = fs::absolute(fs::path(path), failed).lexically_normal().string();
  while (absolute.size() > 1 && absolute.back() == '/') absolute.pop_back();
  if (path.empty() || failed || !fs::exists(absolute, failed)) {
    throw Error(ErrorCode::NotFound, path.empty() ? "data" : path, "there is no such folder or file", "Check the path");
  }
  return absolute;
}

}  // namespace

DataSummary openDataset(const std::string& folder, const ImageSource* images, const DatasetOptions& options, RunControl* control) {
  if (options.validationShare <= 0 || options.validationShare >= 1) {
    throw Error(ErrorCode::BadArgument, "validation share", std::to_string(options.validationShare) + " is not between 0 and 1");
  }
  const std::string path = absolutePath(folder);
  auto summary = fs::is_directory(path) ? openFolder(path, options) : openFile(path, options);
  if (options.deepCheck) {
    const std::shared_ptr<const ImageSource> files(images, [](const ImageSource*) {});  // not owned
    checkPictures(summary, *imageSourceOf(summary, files), control);
  }
  return summary;
}

std::vector<DataItem> itemsOfSplit(const DataSummary& summary, const std::string& split, int limit) {
  std::vector<DataItem> items;
  for (const auto& item : summary.items) {
    if (item.split != split) continue;
    if (limit > 0 && int(items.size()) == limit) break;
    items.push_back(item);
  }
  return items;
}

std::shared_ptr<const ImageSource> imageSourceOf(const DataSummary& summary, std::shared_ptr<const ImageSource> files) {
  if (summary.isPack) return std::make_shared<PackImageSource>(summary.folder);
  if (!files) {
    throw Error(ErrorCode::Unavailable, summary.folder, "this program was built without OpenCV and cannot decode pictures",
                "Turn the folder into a pack on another machine with `gps pack` (or scripts/make_pack.py) and give that file");
  }
  return files;
}

DataSummary openPictures(const std::string& path) {
  const std::string absolute = absolutePath(path);
  DataSummary summary;
  summary.folder = absolute;
  if (!fs::is_directory(absolute)) {
    if (isPackFile(absolute)) return openPack(absolute);
    summary.layout = "picture";
    summary.items.push_back({pictureStem(absolute), "", absolute, "", {}});
    summary.splits[""] = 1;
    return summary;
  }
  auto pictures = picturesIn(absolute);
  if (const auto inside = imagesFolder(absolute); pictures.empty() && !inside.empty()) pictures = picturesIn(inside);
  if (pictures.empty()) {
    throw Error(ErrorCode::BadFile, absolute, "there is no picture in this folder", "Accepted are JPEG, PNG, BMP, TIFF and WebP files");
  }
  std::map<std::string, int> uses;
  for (const auto& picture : pictures) ++uses[picture.stem];
  summary.layout = "pictures";
  for (const auto& picture : pictures)
    summary.items.push_back({uses[picture.stem] == 1 ? picture.stem : fileName(picture.path), "", picture.path, "", {}});
  summary.splits[""] = int(summary.items.size());
  return summary;
}

}  // namespace gps
