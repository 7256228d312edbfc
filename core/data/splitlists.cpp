#include "core/data/splitlists.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

#include "core/data/folderscan.h"
#include "core/values/error.h"

namespace gps {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestList = std::size_t{64} << 20;  // bytes

std::string trimmed(std::string_view text) {
  const auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
  return std::string(text);
}

// Without byte order mark; a line for every '\n'.
std::vector<std::string> linesOf(const std::string& path) {
  std::ifstream in(fs::path(path), std::ios::binary);
  std::string text;
  std::error_code failed;
  if (fs::file_size(fs::path(path), failed) > kLongestList || failed || !in) {
    throw Error(ErrorCode::BadFile, path, "the list cannot be read", "It must be a text file with one id a line");
  }
  text.assign(std::istreambuf_iterator<char>(in), {});
  if (text.find('\0') != std::string::npos) {
    throw Error(ErrorCode::BadFile, path, "this is not plain text", "Save it as UTF-8 text with one entry a line");
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    lines.push_back(trimmed(std::string_view(text).substr(at, end - at)));
    at = end + 1;
  }
  return lines;
}

std::vector<std::string> fieldsOf(const std::string& line, char separator) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') {
      if (quoted && i + 1 < line.size() && line[i + 1] == '"')
        fields.back() += line[i++];
      else
        quoted = !quoted;
    } else if (line[i] == separator && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += line[i];
    }
  }
  for (auto& field : fields) field = trimmed(field);
  return fields;
}

int columnOf(const std::vector<std::string>& header, std::initializer_list<std::string_view> names) {
  for (std::size_t i = 0; i < header.size(); ++i)
    if (std::find(names.begin(), names.end(), lowerCase(header[i])) != names.end()) return int(i);
  return -1;
}

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
    for (const auto& line : linesOf(path.string())) {
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

std::vector<PairRow> readPairTable(const std::string& path) {
  const auto lines = linesOf(path);
  std::vector<PairRow> rows;
  if (lines.empty()) return rows;
  const std::string& first = lines.front();
  const char separator = first.find('\t') != std::string::npos ? '\t' : first.find(';') != std::string::npos ? ';' : ',';
  const auto header = fieldsOf(first, separator);
  const int image = columnOf(header, {"image", "image_path", "img", "picture"});
  const int mask = columnOf(header, {"mask", "mask_path", "label", "segmentation"});
  const int split = columnOf(header, {"split", "set", "subset", "fold"});
  if (image < 0 || mask < 0) return rows;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    const auto fields = fieldsOf(lines[i], separator);
    if (int(fields.size()) <= std::max({image, mask, split})) {
      throw Error(ErrorCode::BadFile, path, "line " + std::to_string(i + 1) + " has fewer columns than the header",
                  "Every row needs " + std::to_string(header.size()) + " columns");
    }
    rows.push_back({fields[std::size_t(image)], fields[std::size_t(mask)],
                    split < 0 ? std::string() : splitName(fields[std::size_t(split)]), int(i + 1)});
  }
  return rows;
}

}  // namespace gps
