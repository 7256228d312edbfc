#include "core/data/dataset.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

#include "core/data/layouts/cifar.h"
#include "core/data/layouts/classfolders.h"
#include "core/data/layouts/classlists.h"
#include "core/data/layouts/folderscan.h"
#include "core/data/layouts/imagenetlayouts.h"
#include "core/data/layouts/layoutparts.h"
#include "core/data/layouts/pairlayouts.h"
#include "core/data/layouts/picturetable.h"
#include "core/data/pack.h"
#include "core/values/error.h"

namespace gps {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLayouts =
    "Accepted are, with masks: images/ and masks/ with equal file names (train.txt, val.txt, test.txt beside them are read); "
    "train/, val/, test/ with images/ and masks/ in each; pictures beside their masks (x.jpg, x_mask.png); "
    "a CSV file with the columns image, mask, split. With classes: train/, val/, test/ with a folder for each class (train_fit.txt and "
    "train_val.txt beside them are read); a folder for each class; a CSV file with the columns image, class, split; "
    "train.txt, val.txt, test.txt or train800.txt, val200.txt, train800val200.txt with lines \"path label\"; "
    "train.json, val.json, test.json with {\"path\": label}; CIFAR-10 and CIFAR-100 as binary files; ImageNet's synset folders, plain, in "
    "train/ and val/, or in corruption/severity/. Or a pack file made by `gps pack`";

void finish(DataSummary& summary) {
  std::sort(summary.items.begin(), summary.items.end(), [](const DataItem& a, const DataItem& b) { return a.id < b.id; });
  summary.splits.clear();
  for (const auto& item : summary.items) ++summary.splits[item.split];
  if (!summary.items.empty()) return;
  const std::string why = summary.problems.empty() ? "" : " (" + summary.problems.front().text + ")";
  const char* what =
      summary.task == TaskKind::Classification ? "not one picture with its class was found" : "not one picture with its mask was found";
  throw Error(ErrorCode::BadFile, summary.folder, what + why, kLayouts);
}

void openTable(DataSummary& summary, const std::string& path, const PictureTable& table, const DatasetOptions& options) {
  if (table.hasMasks) {
    openPairTable(summary, path, table, options);
  } else {
    summary.task = TaskKind::Classification;
    openClassTable(summary, path, table, options);
  }
}

bool openTableIn(DataSummary& summary, const DatasetOptions& options) {
  for (const auto& name : listFolder(summary.folder).files) {
    if (lowerCase(fs::path(name).extension().string()) != ".csv") continue;
    const std::string path = summary.folder + "/" + name;
    const auto table = readPictureTable(path);
    if (table.rows.empty()) continue;
    openTable(summary, path, table, options);
    return true;
  }
  return false;
}

DataSummary openFile(const std::string& path, const DatasetOptions& options) {
  if (isPackFile(path)) return openPack(path);
  DataSummary summary;
  summary.folder = fs::path(path).parent_path().string();
  if (lowerCase(fs::path(path).extension().string()) != ".csv") throw Error(ErrorCode::BadFile, path, "this file is no data set", kLayouts);
  const auto table = readPictureTable(path);
  if (table.rows.empty()) {
    throw Error(ErrorCode::BadFile, path, "its first line does not name the columns image and mask, or image and class", kLayouts);
  }
  openTable(summary, path, table, options);
  finish(summary);
  return summary;
}

bool openMasks(DataSummary& summary, const DatasetOptions& options) {
  return openPairSplitFolders(summary) || openImagesAndMasks(summary, options);
}

// What a list says counts before what the folders look like.
bool openClasses(DataSummary& summary, const DatasetOptions& options) {
  summary.task = TaskKind::Classification;
  const bool isKnown = openJsonSplits(summary) || openLabelledLists(summary) || openCifar(summary) || openImageNetC(summary) ||
                       openClassSplitFolders(summary) || openPlainClassFolders(summary, options);
  if (!isKnown) summary.task = TaskKind::Segmentation;
  return isKnown;
}

// An archive often unpacks to a folder that holds nothing but the folder of the data.
std::string onlySubfolder(const std::string& folder) {
  const auto listing = listFolder(folder);
  const bool hasPictures = std::any_of(listing.files.begin(), listing.files.end(), isPictureName);
  return listing.folders.size() == 1 && !hasPictures ? folder + "/" + listing.folders.front() : "";
}

bool openLayouts(DataSummary& summary, const DatasetOptions& options, int wrappings) {
  if (openMasks(summary, options) || openTableIn(summary, options) || openFlatPairs(summary, options) || openClasses(summary, options))
    return true;
  const std::string inner = wrappings > 0 ? onlySubfolder(summary.folder) : "";
  if (inner.empty()) return false;
  DataSummary found;
  found.folder = inner;
  if (!openLayouts(found, options, wrappings - 1)) return false;
  summary = std::move(found);
  return true;
}

// The data sets that a folder holds, for a person who named their parent.
std::string parentRemedy(const std::string& folder) {
  std::string sets;
  for (const auto& name : listFolder(folder).folders)
    if (looksLikeDataSet(listFolder(folder + "/" + name))) sets += (sets.empty() ? "" : ", ") + name;
  return sets.empty() ? kLayouts : "It holds what looks like data sets: name one of " + sets;
}

DataSummary openFolder(const std::string& path, const DatasetOptions& options) {
  constexpr int kWrappings = 2;
  DataSummary summary;
  summary.folder = path;
  if (!openLayouts(summary, options, kWrappings)) throw Error(ErrorCode::BadFile, path, "this folder is no data set", parentRemedy(path));
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
  for (const auto& item : summary.items)
    if (item.split == split) items.push_back(item);
  return limited(std::move(items), limit);
}

std::vector<DataItem> limited(std::vector<DataItem> items, int limit) {
  if (limit <= 0 || items.size() <= std::size_t(limit)) return items;
  // The turn of an item: its place among those of its class; without classes its place in the split.
  std::map<std::string, std::size_t> seen;
  std::vector<std::pair<std::size_t, std::size_t>> turns;
  for (std::size_t i = 0; i < items.size(); ++i) turns.emplace_back(seen[items[i].className]++, i);
  std::nth_element(turns.begin(), turns.begin() + limit, turns.end());
  turns.resize(std::size_t(limit));
  std::sort(turns.begin(), turns.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  std::vector<DataItem> taken;
  for (const auto& [turn, place] : turns) taken.push_back(std::move(items[place]));
  return taken;
}

std::shared_ptr<const ImageSource> imageSourceOf(const DataSummary& summary, std::shared_ptr<const ImageSource> files) {
  if (summary.isPack) return std::make_shared<PackImageSource>(summary.folder);
  if (isCifar(summary)) return std::make_shared<CifarImageSource>(summary);
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
    summary.items.push_back({uses[picture.stem] == 1 ? picture.stem : fileNameOf(picture.path), "", picture.path, "", {}});
  summary.splits[""] = int(summary.items.size());
  return summary;
}

}  // namespace gps
