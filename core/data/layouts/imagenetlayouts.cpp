#include "core/data/layouts/imagenetlayouts.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/data/layouts/classfolders.h"
#include "core/data/layouts/classitems.h"
#include "core/data/layouts/folderscan.h"
#include "core/data/layouts/layoutparts.h"
#include "core/data/layouts/synsets.h"

namespace gps {
namespace {

struct Severity {
  std::string split, folder;  // "gaussian_noise/3", absolute
};

// The severities of a folder when it is a corruption: nothing but folders 1 to 5 that hold synsets.
std::vector<Severity> severitiesOf(const std::string& folder) {
  const auto listing = listFolder(folder);
  const bool areNumbers = !listing.folders.empty() && std::all_of(listing.folders.begin(), listing.folders.end(), [](const auto& name) {
    return name.size() == 1 && name[0] >= '1' && name[0] <= '5';
  });
  if (!areNumbers) return {};
  const auto inside = listFolder(folder + "/" + listing.folders.front()).folders;
  if (inside.empty() || !std::all_of(inside.begin(), inside.end(), isSynset)) return {};
  std::vector<Severity> severities;
  for (const auto& name : listing.folders) severities.push_back({fileNameOf(folder) + "/" + name, folder + "/" + name});
  return severities;
}

std::vector<Severity> severitiesBelow(const std::string& folder, int levels) {
  auto severities = severitiesOf(folder);
  if (!severities.empty() || levels == 0) return severities;
  for (const auto& name : listFolder(folder).folders) {
    const auto inner = severitiesBelow(folder + "/" + name, levels - 1);
    severities.insert(severities.end(), inner.begin(), inner.end());
  }
  return severities;
}

}  // namespace

void useImageNetClasses(DataSummary& summary, const char* layout) {
  summary.layout = layout;
  auto list = findSynsets(summary.folder);
  if (list.codes.empty()) return;
  const std::set<std::string> known(list.codes.begin(), list.codes.end());
  std::map<std::string, int> unknown;
  std::erase_if(summary.items, [&](const DataItem& item) {
    const bool isUnknown = !known.contains(item.className);
    if (isUnknown) ++unknown[item.className];
    return isUnknown;
  });
  for (const auto& [name, pictures] : unknown) {
    addProblem(summary, ProblemKind::UnknownClass, name,
               "the folder " + name + " (" + std::to_string(pictures) + " pictures) is no class of " + list.path +
                   " and is left out. Add its line to the list, or remove the folder");
  }
  summary.isClassSubset = summary.classes.size() - unknown.size() < list.codes.size();
  summary.classes = std::move(list.codes);
  summary.classTitles = std::move(list.titles);
  summary.listFiles.push_back(list.path);
}

bool openImageNetC(DataSummary& summary) {
  const auto severities = severitiesBelow(summary.folder, 2);
  if (severities.empty()) return false;
  for (const auto& severity : severities) {
    const auto classes = addClassFolders(summary, severity.folder, severity.split);
    summary.classes.insert(summary.classes.end(), classes.begin(), classes.end());
  }
  sortClassNames(summary.classes);
  summary.splitRule = "corruption and severity";
  separateEqualIds(summary);
  useImageNetClasses(summary, "imagenet-c");
  finishClasses(summary);
  return true;
}

}  // namespace gps
