#include "core/data/layouts/folderscan.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/values/error.h"

namespace gps {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 7> kPictureEndings{".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp"};

std::vector<fs::directory_entry> entriesOf(const std::string& folder) {
  std::error_code failed;
  fs::directory_iterator at(fs::path(folder), failed);
  std::vector<fs::directory_entry> entries;
  for (; !failed && at != fs::directory_iterator(); at.increment(failed)) entries.push_back(*at);
  if (failed) throw Error(ErrorCode::Io, folder, "the folder cannot be read (" + failed.message() + ")", "Check its permissions");
  std::sort(entries.begin(), entries.end());
  return entries;
}

constexpr int kDeepest = 16;  // a link to a folder above would never end

void addPicturesBelow(const std::string& folder, const std::string& prefix, int depth, std::vector<PictureFile>& pictures) {
  if (depth > kDeepest) return;
  const auto listing = listFolder(folder);
  for (const auto& name : listing.files)
    if (isPictureName(name)) pictures.push_back({prefix + pictureStem(name), folder + "/" + name});
  for (const auto& name : listing.folders) addPicturesBelow(folder + "/" + name, prefix + name + "/", depth + 1, pictures);
}

}  // namespace

std::string lowerCase(std::string_view text) {
  std::string lower(text);
  for (auto& c : lower)
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
  return lower;
}

bool isPictureName(std::string_view fileName) {
  const auto dot = fileName.rfind('.');
  if (dot == std::string_view::npos) return false;
  return std::find(kPictureEndings.begin(), kPictureEndings.end(), lowerCase(fileName.substr(dot))) != kPictureEndings.end();
}

std::string pictureStem(std::string_view pathOrName) {
  if (const auto slash = pathOrName.find_last_of("/\\"); slash != std::string_view::npos) pathOrName.remove_prefix(slash + 1);
  if (isPictureName(pathOrName)) pathOrName = pathOrName.substr(0, pathOrName.rfind('.'));
  return std::string(pathOrName);
}

std::vector<PictureFile> picturesIn(const std::string& folder) {
  std::vector<PictureFile> pictures;
  for (const auto& entry : entriesOf(folder)) {
    const std::string name = entry.path().filename().string();
    std::error_code failed;
    if (name.front() == '.' || !isPictureName(name) || entry.is_directory(failed)) continue;
    pictures.push_back({pictureStem(name), entry.path().string()});
  }
  return pictures;
}

std::vector<PictureFile> picturesBelow(const std::string& folder) {
  std::vector<PictureFile> pictures;
  addPicturesBelow(folder, "", 0, pictures);
  std::sort(pictures.begin(), pictures.end(), [](const PictureFile& a, const PictureFile& b) { return a.path < b.path; });
  return pictures;
}

bool FolderListing::has(std::string_view file) const { return std::binary_search(files.begin(), files.end(), file); }

FolderListing listFolder(const std::string& folder) {
  std::error_code failed;
  fs::directory_iterator at(fs::path(folder), failed);
  FolderListing listing;
  for (; !failed && at != fs::directory_iterator(); at.increment(failed)) {
    std::string name = at->path().filename().string();
    if (name.front() == '.' || name == "__MACOSX") continue;
    std::error_code unknown;
    (at->is_directory(unknown) ? listing.folders : listing.files).push_back(std::move(name));
  }
  if (failed) throw Error(ErrorCode::Io, folder, "the folder cannot be read (" + failed.message() + ")", "Check its permissions");
  std::sort(listing.folders.begin(), listing.folders.end());
  std::sort(listing.files.begin(), listing.files.end());
  return listing;
}

std::string findSubfolder(const std::string& folder, std::initializer_list<std::string_view> names) {
  const auto entries = entriesOf(folder);
  for (const auto name : names) {
    for (const auto& entry : entries) {
      std::error_code failed;
      if (lowerCase(entry.path().filename().string()) == name && entry.is_directory(failed)) return entry.path().string();
    }
  }
  return {};
}

}  // namespace gps
