#pragma once
// Which picture files a folder holds.
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace gps {

struct PictureFile {
  std::string stem;  // name without ending
  std::string path;  // absolute
};

std::string lowerCase(std::string_view text);  // ASCII letters only
// By ending: jpg jpeg png bmp tif tiff webp, any case.
bool isPictureName(std::string_view fileName);
// "images/case 1.JPG" -> "case 1"; other endings stay, they may be part of an id.
std::string pictureStem(std::string_view pathOrName);
// Files of this folder only, hidden ones left out, sorted by name. Throws Error(Io).
std::vector<PictureFile> picturesIn(const std::string& folder);
// Of this folder and all below it, sorted by path; `stem` is then the path below `folder` without ending. Throws Error(Io).
std::vector<PictureFile> picturesBelow(const std::string& folder);

// Names, sorted by bytes; hidden entries are left out, links followed.
struct FolderListing {
  std::vector<std::string> folders, files;
  bool has(std::string_view file) const;
};
FolderListing listFolder(const std::string& folder);  // throws Error(Io)

// The first subfolder with one of these names (any case); empty when there is none.
std::string findSubfolder(const std::string& folder, std::initializer_list<std::string_view> names);

}  // namespace gps
