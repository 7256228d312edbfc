#include "core/data/layouts/textlines.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "core/values/error.h"

namespace gps {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestList = std::size_t{64} << 20;  // bytes

}  // namespace

std::string trimmed(std::string_view text) {
  const auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
  return std::string(text);
}

std::vector<std::string> textLines(const std::string& path) {
  std::ifstream in(fs::path(path), std::ios::binary);
  std::string text;
  std::error_code failed;
  if (fs::file_size(fs::path(path), failed) > kLongestList || failed || !in) {
    throw Error(ErrorCode::BadFile, path, "the list cannot be read", "It must be a text file with one entry a line");
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

std::vector<std::string> tableFields(const std::string& line, char separator) {
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

}  // namespace gps
