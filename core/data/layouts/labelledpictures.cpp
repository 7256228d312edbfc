// Pictures that a list names, found on the disk.
#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <unordered_map>
#include <utility>

#include "core/data/layouts/classitems.h"
#include "core/data/layouts/folderscan.h"
#include "core/data/layouts/layoutparts.h"
#include "core/data/layouts/splitlists.h"

namespace gps {
namespace {

namespace fs = std::filesystem;

class PictureFinder {
 public:
  explicit PictureFinder(const std::string& folder) : m_roots{folder} {
    if (const auto images = imagesFolder(folder); !images.empty()) m_roots.push_back(images);
    for (const auto& [name, split] : splitFolders(folder)) m_splitRoots[split].push_back(folder + "/" + name);
  }

  // Absolute; empty when there is no such file.
  std::string find(const LabelledPicture& picture) {
    auto roots = m_roots;
    if (const auto found = m_splitRoots.find(picture.split); found != m_splitRoots.end())
      roots.insert(roots.end(), found->second.begin(), found->second.end());
    std::stable_partition(roots.begin(), roots.end(), [&](const std::string& root) { return root == m_last; });
    for (const auto& root : roots) {
      const std::string path = (fs::path(root) / picture.path).lexically_normal().string();  // an absolute path replaces the root
      if (auto file = existing(path); !file.empty()) {
        m_last = root;
        return file;
      }
    }
    return {};
  }

 private:
  // Tables often leave the ending out.
  static std::string existing(const std::string& path) {
    static constexpr std::array<const char*, 5> kEndings{"", ".jpg", ".png", ".jpeg", ".JPEG"};
    const auto endings = isPictureName(path) ? 1U : kEndings.size();
    for (std::size_t i = 0; i < endings; ++i) {
      std::error_code failed;
      if (fs::is_regular_file(path + kEndings[i], failed)) return path + kEndings[i];
    }
    return {};
  }

  std::vector<std::string> m_roots;
  std::map<std::string, std::vector<std::string>> m_splitRoots;
  std::string m_last;  // where the picture before was
};

int rank(const std::string& split) { return split == "train" ? 1 : split == "val" ? 2 : split == "test" ? 3 : 0; }

std::string unknownLabelText(const LabelledPicture& picture, const LabelMap& labels) {
  if (picture.label.empty()) return picture.where + " gives \"" + picture.path + "\" no class. Write its class behind it";
  return picture.where + " gives \"" + picture.path + "\" the class \"" + picture.label + "\", which " + labels.source +
         " does not have; the picture is left out. Correct the label, or add the class to " + labels.source;
}

}  // namespace

void addLabelledPictures(DataSummary& summary, const std::vector<LabelledPicture>& pictures, LabelMap labels) {
  PictureFinder finder(summary.folder);
  std::unordered_map<std::string, std::pair<std::size_t, const LabelledPicture*>> seen;  // file -> item and where it was named
  for (const auto& picture : pictures) {
    const auto label = labels.classOf.find(picture.label);
    if (label == labels.classOf.end()) {
      addProblem(summary, ProblemKind::UnknownClass, picture.path, unknownLabelText(picture, labels));
      continue;
    }
    const std::string file = picture.path.empty() ? "" : finder.find(picture);
    if (file.empty()) {
      addProblem(summary, ProblemKind::MissingImage, picture.path,
                 picture.where + " names \"" + picture.path + "\" but there is no such picture. Correct the path, or remove the line");
      continue;
    }
    const auto [at, isNew] = seen.try_emplace(file, summary.items.size(), &picture);
    if (isNew) {
      summary.items.push_back({"", picture.split, file, "", label->second});
      continue;
    }
    auto& [index, before] = at->second;
    auto& item = summary.items[index];
    if (before->split == picture.split) {
      const bool isSame = before->label == picture.label;
      addProblem(summary, ProblemKind::DuplicateId, picture.path,
                 picture.where + " repeats \"" + picture.path + "\" of " + before->where +
                     (isSame ? "" : " with another class, \"" + picture.label + "\" after \"" + before->label + "\"") +
                     "; the first counts. Remove one of them");
      continue;
    }
    const bool isLater = rank(picture.split) > rank(before->split);
    const auto& winner = isLater ? picture : *before;
    addProblem(summary, ProblemKind::DuplicateId, picture.path,
               "\"" + picture.path + "\" stands in " + before->where + " and in " + picture.where + "; it counts for " + winner.split +
                   " only. Remove it from one of them");
    if (isLater) {
      item.split = picture.split;
      item.className = label->second;
      before = &picture;
    }
  }
  summary.classes = std::move(labels.classes);
  summary.classTitles = std::move(labels.titles);
  if (labels.mayBeSubset) {
    std::vector<std::string> present;
    for (const auto& item : summary.items) present.push_back(item.className);
    sortClassNames(present);
    summary.isClassSubset = present.size() < summary.classes.size();
  }
}

}  // namespace gps
