// How the labels of a list become classes.
#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <system_error>

#include "core/data/layouts/classitems.h"
#include "core/data/layouts/layoutparts.h"
#include "core/data/layouts/synsets.h"
#include "core/data/layouts/textlines.h"

namespace gps {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> distinctLabels(const std::vector<LabelledPicture>& pictures) {
  std::set<std::string> labels;
  for (const auto& picture : pictures)
    if (!picture.label.empty()) labels.insert(picture.label);
  std::vector<std::string> sorted(labels.begin(), labels.end());
  sortClassNames(sorted);
  return sorted;
}

std::optional<std::string> nameList(const std::string& folder) {
  for (const char* name : {"classes.txt", "labels.txt"}) {
    std::error_code failed;
    if (fs::is_regular_file(fs::path(folder) / name, failed)) return folder + "/" + name;
  }
  return {};
}

}  // namespace

LabelMap labelsAsClasses(const std::vector<LabelledPicture>& pictures) {
  LabelMap map;
  map.classes = distinctLabels(pictures);
  for (const auto& label : map.classes) map.classOf[label] = label;
  return map;
}

LabelMap labelsByFolders(const std::vector<LabelledPicture>& pictures) {
  std::map<std::string, std::string> folderOf, labelOf;
  for (const auto& picture : pictures) {
    const std::string folder = fs::path(picture.path).parent_path().filename().string();
    const bool isOwn = !folder.empty() && folderOf.emplace(picture.label, folder).first->second == folder &&
                       labelOf.emplace(folder, picture.label).first->second == picture.label;
    if (!isOwn) return labelsAsClasses(pictures);
  }
  LabelMap map;
  map.classOf = folderOf;
  for (const auto& label : distinctLabels(pictures)) map.classes.push_back(folderOf[label]);
  return map;
}

LabelMap labelsByNames(const std::vector<LabelledPicture>& pictures, std::vector<std::string> names, std::vector<std::string> titles,
                       const std::string& source) {
  LabelMap map;
  map.source = source;
  const auto labels = distinctLabels(pictures);
  const auto isName = [&](const std::string& label) { return std::find(names.begin(), names.end(), label) != names.end(); };
  const bool areNumbers = std::all_of(labels.begin(), labels.end(), [](const std::string& label) { return isWholeNumber(label); }) &&
                          !std::all_of(labels.begin(), labels.end(), isName);
  const bool isFromOne = areNumbers && !labels.empty() && labels.back() == std::to_string(names.size()) && labels.front() != "0";
  for (std::size_t i = 0; i < names.size(); ++i) {
    map.classOf[names[i]] = names[i];
    if (areNumbers) map.classOf[std::to_string(i + (isFromOne ? 1 : 0))] = names[i];
  }
  map.classes = std::move(names);
  map.titles = std::move(titles);
  return map;
}

LabelMap labelsBeside(DataSummary& summary, const std::vector<LabelledPicture>& pictures) {
  if (const auto list = nameList(summary.folder)) {
    std::vector<std::string> names;
    for (const auto& line : textLines(*list))
      if (!line.empty() && std::find(names.begin(), names.end(), line) == names.end()) names.push_back(line);
    summary.listFiles.push_back(*list);
    return labelsByNames(pictures, std::move(names), {}, fileNameOf(*list));
  }
  if (const auto synsets = findSynsets(summary.folder); !synsets.codes.empty()) {
    summary.listFiles.push_back(synsets.path);
    auto map = labelsByNames(pictures, synsets.codes, synsets.titles, fileNameOf(synsets.path));
    map.mayBeSubset = true;
    return map;
  }
  return labelsAsClasses(pictures);
}

}  // namespace gps
