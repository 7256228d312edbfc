#include "core/data/layouts/classlists.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "core/data/layouts/classitems.h"
#include "core/data/layouts/folderscan.h"
#include "core/data/layouts/layoutparts.h"
#include "core/data/layouts/seededsplit.h"
#include "core/data/layouts/textlines.h"

namespace gps {
namespace {

namespace fs = std::filesystem;

struct ListFile {
  const char *name, *split;
};

bool isFile(const std::string& path) {
  std::error_code failed;
  return fs::is_regular_file(path, failed);
}

// Where the path ends: behind the first picture ending that a blank follows. npos: no such line.
std::size_t endOfPath(std::string_view line) {
  for (std::size_t at = line.find_first_of(" \t"); at != std::string_view::npos; at = line.find_first_of(" \t", at + 1))
    if (isPictureName(line.substr(0, at))) return at;
  return std::string_view::npos;
}

// A list of ids names pictures only; its first line tells.
bool isLabelledList(const std::string& path) {
  const auto lines = textLines(path);
  const auto first = std::find_if(lines.begin(), lines.end(), [](const auto& line) { return !line.empty() && line.front() != '#'; });
  return first != lines.end() && endOfPath(*first) != std::string_view::npos;
}

void readLabelledList(const std::string& path, const std::string& split, std::vector<LabelledPicture>& pictures) {
  const auto lines = textLines(path);
  const std::string list = fileNameOf(path);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& line = lines[i];
    if (line.empty() || line.front() == '#') continue;
    const auto end = std::min(endOfPath(line), line.size());
    pictures.push_back({line.substr(0, end), trimmed(std::string_view(line).substr(end)), split, list + " line " + std::to_string(i + 1)});
  }
}

std::vector<ListFile> labelledLists(const std::string& folder) {
  const auto has = [&](const char* name) { return isFile(folder + "/" + name) && isLabelledList(folder + "/" + name); };
  std::vector<ListFile> lists;
  if (has("train800.txt")) lists.push_back({"train800.txt", "train"});
  if (has("val200.txt")) lists.push_back({"val200.txt", "val"});
  if (lists.size() < 2 && has("train800val200.txt")) lists = {{"train800val200.txt", "train"}};
  if (lists.empty()) {
    for (const auto& list :
         {ListFile{"train.txt", "train"}, ListFile{"val.txt", "val"}, ListFile{"valid.txt", "val"}, ListFile{"validation.txt", "val"}})
      if (has(list.name)) lists.push_back(list);
  }
  if (has("test.txt")) lists.push_back({"test.txt", "test"});
  return lists;
}

}  // namespace

bool openLabelledLists(DataSummary& summary) {
  const auto lists = labelledLists(summary.folder);
  if (lists.empty()) return false;
  std::vector<LabelledPicture> pictures;
  for (const auto& [name, split] : lists) {
    readLabelledList(summary.folder + "/" + name, split, pictures);
    summary.listFiles.push_back(summary.folder + "/" + name);
    summary.splitRule += (summary.splitRule.empty() ? "" : ", ") + std::string(name);
  }
  summary.layout = std::string_view(lists.front().name).starts_with("train800") ? "vtab lists" : "lists";
  addLabelledPictures(summary, pictures, labelsBeside(summary, pictures));
  nameItemsByClass(summary);
  finishClasses(summary);
  return true;
}

void openClassTable(DataSummary& summary, const std::string& path, const PictureTable& table, const DatasetOptions& options) {
  const std::string name = fileNameOf(path);
  std::vector<LabelledPicture> pictures;
  const bool hasSplits = std::any_of(table.rows.begin(), table.rows.end(), [](const TableRow& row) { return !row.split.empty(); });
  for (const auto& row : table.rows) {
    const std::string split = hasSplits && row.split.empty() ? "unlisted" : row.split;
    pictures.push_back({row.image, row.target, split, name + " line " + std::to_string(row.line)});
  }
  summary.layout = "csv";
  summary.listFiles.push_back(path);
  addLabelledPictures(summary, pictures, labelsBeside(summary, pictures));
  nameItemsByClass(summary);
  if (hasSplits)
    summary.splitRule = name;
  else
    splitBySeedPerClass(summary, options);
  finishClasses(summary);
}

}  // namespace gps
