#include "core/data/layouts/classfolders.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>

#include "core/data/layouts/classitems.h"
#include "core/data/layouts/folderscan.h"
#include "core/data/layouts/imagenetlayouts.h"
#include "core/data/layouts/layoutparts.h"
#include "core/data/layouts/seededsplit.h"
#include "core/data/layouts/splitlists.h"
#include "core/data/layouts/synsets.h"
#include "core/data/layouts/textlines.h"

namespace gps {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFitList = "train_fit.txt";
constexpr const char* kValidationList = "train_val.txt";

bool areSynsets(const std::vector<std::string>& names) { return !names.empty() && std::all_of(names.begin(), names.end(), isSynset); }

// Folders that hold one class are no classification; one synset is.
bool areClasses(const std::vector<std::string>& names) { return names.size() > 1 || areSynsets(names); }

class TrainLists {
 public:
  explicit TrainLists(DataSummary& summary) : m_summary(summary) {
    for (std::size_t i = 0; i < summary.items.size(); ++i)
      if (summary.items[i].split == "train") m_pictures[relativeTo(summary.folder, summary.items[i].imagePath)] = i;
  }

  void read(const char* list, const char* split) {
    const std::string path = m_summary.folder + "/" + list;
    std::error_code failed;
    if (!fs::is_regular_file(path, failed)) return;
    m_summary.listFiles.push_back(path);
    m_summary.splitRule += std::string(", ") + list;
    const auto lines = textLines(path);
    for (std::size_t i = 0; i < lines.size(); ++i)
      if (!lines[i].empty() && lines[i].front() != '#') addLine(lines[i], list, int(i + 1), split);
  }

  void assign() {
    if (m_splitOf.empty()) return;
    const std::string rest = splitOfTheRest(m_splits.contains("train"), m_splits.contains("val"));
    for (const auto& [path, index] : m_pictures) {
      const auto found = m_splitOf.find(path);
      m_summary.items[index].split = found == m_splitOf.end() ? rest : found->second;
    }
  }

 private:
  void addLine(const std::string& line, const std::string& list, int number, const std::string& split) {
    const std::string path = fs::path(line).lexically_normal().generic_string();
    const std::string where = list + " line " + std::to_string(number);
    std::error_code failed;
    if (!m_pictures.contains(path)) {
      const bool isThere = fs::is_regular_file(fs::path(m_summary.folder) / path, failed);
      addProblem(m_summary, isThere ? ProblemKind::UnknownId : ProblemKind::MissingImage, path,
                 where + " names \"" + path + "\" but " + (isThere ? "that is no picture of train" : "there is no such picture") +
                     ". Correct the path, or remove the line");
      return;
    }
    const auto [before, isNew] = m_listOf.emplace(path, list);
    if (!isNew) {
      const bool isRepeat = before->second == list;
      addProblem(m_summary, ProblemKind::DuplicateId, path,
                 isRepeat ? where + " repeats \"" + path + "\". Remove one line"
                          : "\"" + path + "\" stands in " + before->second + " and in " + where + "; it counts for " + split +
                                " only. Remove it from one of them");
    }
    m_splitOf[path] = split;
    m_splits.insert(split);
  }

  DataSummary& m_summary;
  std::map<std::string, std::size_t> m_pictures;  // path below the folder -> item
  std::map<std::string, std::string> m_splitOf, m_listOf;
  std::set<std::string> m_splits;
};

void splitTrain(DataSummary& summary) {
  const bool hasValidation =
      std::any_of(summary.items.begin(), summary.items.end(), [](const DataItem& item) { return item.split == "val"; });
  if (hasValidation) return;
  TrainLists lists(summary);
  lists.read(kFitList, "train");
  lists.read(kValidationList, "val");  // last, so that what is measured is never trained on
  lists.assign();
}

// A parent of data sets is no data set whose classes they are.
bool holdsDataSets(const std::string& folder, const FolderListing& listing) {
  return std::any_of(listing.folders.begin(), listing.folders.end(),
                     [&](const std::string& name) { return looksLikeDataSet(listFolder(folder + "/" + name)); });
}

}  // namespace

std::vector<std::string> addClassFolders(DataSummary& summary, const std::string& folder, const std::string& split) {
  const auto listing = listFolder(folder);
  std::vector<std::string> classes;
  for (const auto& name : listing.folders) {
    const auto pictures = picturesBelow(folder + "/" + name);
    if (pictures.empty()) {
      addProblem(summary, ProblemKind::EmptyClass, name,
                 relativeTo(summary.folder, folder + "/" + name) + " holds no picture and is left out. Add pictures, or remove the folder");
      continue;
    }
    classes.push_back(name);
    for (const auto& picture : pictures) summary.items.push_back({name + "/" + picture.stem, split, picture.path, "", name});
  }
  const auto loose = std::count_if(listing.files.begin(), listing.files.end(), isPictureName);
  if (loose > 0) {
    addProblem(summary, ProblemKind::UnknownClass, fileNameOf(folder),
               folder + " holds " + std::to_string(loose) + (loose == 1 ? " picture" : " pictures") +
                   " outside of the folders of the classes; left out. Move them into the folder of their class");
  }
  return classes;
}

bool openClassSplitFolders(DataSummary& summary) {
  DataSummary found = summary;
  for (const auto& [name, split] : splitFolders(summary.folder)) {
    const auto classes = addClassFolders(found, summary.folder + "/" + name, split);
    found.classes.insert(found.classes.end(), classes.begin(), classes.end());
  }
  sortClassNames(found.classes);
  if (!areClasses(found.classes)) return false;
  summary = std::move(found);
  summary.layout = "class folders";
  summary.splitRule = "folders";
  splitTrain(summary);
  separateEqualIds(summary);
  if (areSynsets(summary.classes)) useImageNetClasses(summary, "imagenet");
  finishClasses(summary);
  return true;
}

bool openPlainClassFolders(DataSummary& summary, const DatasetOptions& options) {
  const std::string images = imagesFolder(summary.folder), place = images.empty() ? summary.folder : images;
  const auto listing = listFolder(place);
  if (!areClasses(listing.folders) || !splitFolders(place).empty() || holdsDataSets(place, listing)) return false;
  DataSummary found = summary;
  found.classes = addClassFolders(found, place, "");
  sortClassNames(found.classes);
  if (!areClasses(found.classes)) return false;
  summary = std::move(found);
  if (areSynsets(summary.classes)) {
    for (auto& item : summary.items) item.split = "test";
    summary.splitRule = "none named: all for the test";
    summary.isClassSubset = true;
    separateEqualIds(summary);
    useImageNetClasses(summary, "imagenet subset");
  } else {
    summary.layout = "class folders";
    separateEqualIds(summary);
    splitBySeedPerClass(summary, options);
  }
  finishClasses(summary);
  return true;
}

}  // namespace gps
