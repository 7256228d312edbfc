#include "core/data/layouts/synsets.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include "core/data/layouts/textlines.h"
#include "core/values/error.h"

namespace gps {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kCodeLength = 9;

SynsetList readSynsets(const std::string& path) {
  SynsetList list;
  list.path = path;
  std::set<std::string> seen;
  bool hasTitles = false;
  const auto lines = textLines(path);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    const std::string code = lines[i].substr(0, kCodeLength), rest = lines[i].substr(std::min(kCodeLength, lines[i].size()));
    const bool isValid = isSynset(code) && (rest.empty() || rest.front() == ' ' || rest.front() == '\t');
    if (!isValid || !seen.insert(code).second) {
      throw Error(ErrorCode::BadFile, path,
                  "line " + std::to_string(i + 1) + (isValid ? " repeats " + code : " does not begin with a synset such as n01440764"),
                  "A synset list has one synset a line, in the order of the model's outputs, with its name behind it if wanted");
    }
    list.codes.push_back(code);
    list.titles.push_back(trimmed(rest));
    hasTitles = hasTitles || !list.titles.back().empty();
  }
  if (!hasTitles) list.titles.clear();
  return list;
}

}  // namespace

bool isSynset(std::string_view name) {
  return name.size() == kCodeLength && name.front() == 'n' &&
         std::all_of(name.begin() + 1, name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

SynsetList findSynsets(const std::string& folder) {
  for (const auto& place : {fs::path(folder), fs::path(folder).parent_path()}) {
    for (const char* name : {"LOC_synset_mapping.txt", "synset_words.txt", "synsets.txt", "imagenet_synsets.txt"}) {
      std::error_code failed;
      if (fs::is_regular_file(place / name, failed)) return readSynsets((place / name).string());
    }
  }
  return {};
}

}  // namespace gps
