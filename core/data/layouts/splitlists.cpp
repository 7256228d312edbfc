#include "core/data/layouts/splitlists.h"

#include <array>
#include <filesystem>
#include <set>
#include <utility>

#include "core/data/layouts/folderscan.h"
#include "core/data/layouts/textlines.h"

namespace gps {
namespace {

namespace fs = std::filesystem;

}  // namespace

std::string splitName(std::string_view word) {
  const std::string lower = lowerCase(word);
  static const std::map<std::string, std::string> kNames{
      {"training", "train"}, {"valid", "val"}, {"validation", "val"}, {"dev", "val"}, {"testing", "test"}};
  const auto found = kNames.find(lower);
  return found == kNames.end() ? lower : found->second;
}

SplitLists readSplitLists(const std::string& folder) {
  static constexpr std::array<std::pair<const char*, const char*>, 5> kLists{
      {{"train.txt", "train"}, {"val.txt", "val"}, {"valid.txt", "val"}, {"validation.txt", "val"}, {"test.txt", "test"}}};
  SplitLists lists;
  for (const auto& [file, split] : kLists) {
    const fs::path path = fs::path(folder) / file;
    std::error_code failed;
    if (!fs::is_regular_file(path, failed)) continue;
    lists.files.emplace_back(file);
    std::set<std::string> here;
    for (const auto& line : textLines(path.string())) {
      if (line.empty() || line.front() == '#') continue;
      const std::string id = pictureStem(line);
      if (!here.insert(id).second) {
        lists.problems.push_back(
            {ProblemKind::DuplicateId, id, std::string(file) + ": \"" + id + "\" stands there twice. Remove one line"});
        continue;
      }
      if (const auto before = lists.listOf.find(id); before != lists.listOf.end()) {
        lists.problems.push_back({ProblemKind::DuplicateId, id,
                                  "\"" + id + "\" stands in " + before->second + " and in " + file + "; it counts for " + file +
                                      " only. Remove it from one of them"});
      }
      lists.splitOf[id] = split;
      lists.listOf[id] = file;
    }
  }
  return lists;
}

std::vector<std::pair<std::string, std::string>> splitFolders(const std::string& folder) {
  const auto listing = listFolder(folder);
  std::vector<std::pair<std::string, std::string>> found;
  for (const auto split : {"train", "val", "test"})
    for (const auto& name : listing.folders)
      if (splitName(name) == split) found.emplace_back(name, split);
  return found;
}

}  // namespace gps
