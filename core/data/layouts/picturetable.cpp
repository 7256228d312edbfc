#include "core/data/layouts/picturetable.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "core/data/layouts/folderscan.h"
#include "core/data/layouts/splitlists.h"
#include "core/data/layouts/textlines.h"
#include "core/values/error.h"

namespace gps {
namespace {

int columnOf(const std::vector<std::string>& header, std::initializer_list<std::string_view> names) {
  for (std::size_t i = 0; i < header.size(); ++i)
    if (std::find(names.begin(), names.end(), lowerCase(header[i])) != names.end()) return int(i);
  return -1;
}

}  // namespace

PictureTable readPictureTable(const std::string& path) {
  const auto lines = textLines(path);
  PictureTable table;
  if (lines.empty()) return table;
  const std::string& first = lines.front();
  const char separator = first.find('\t') != std::string::npos ? '\t' : first.find(';') != std::string::npos ? ';' : ',';
  const auto header = tableFields(first, separator);
  const int image = columnOf(header, {"image", "image_path", "img", "picture", "file", "filename", "file_name", "path", "filepath"});
  const int mask = columnOf(header, {"mask", "mask_path", "segmentation"}), label = columnOf(header, {"label"});
  const int kind = columnOf(header, {"class", "class_name", "classname", "category"});
  const int split = columnOf(header, {"split", "set", "subset", "fold"});
  const int target = mask >= 0 ? mask : kind >= 0 ? kind : label;
  if (image < 0 || target < 0) return table;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    const auto fields = tableFields(lines[i], separator);
    if (int(fields.size()) <= std::max({image, target, split})) {
      throw Error(ErrorCode::BadFile, path, "line " + std::to_string(i + 1) + " has fewer columns than the header",
                  "Every row needs " + std::to_string(header.size()) + " columns");
    }
    table.rows.push_back({fields[std::size_t(image)], fields[std::size_t(target)],
                          split < 0 ? std::string() : splitName(fields[std::size_t(split)]), int(i + 1)});
  }
  table.hasMasks = mask >= 0 || (target == label && !table.rows.empty() && isPictureName(table.rows.front().target));
  return table;
}

}  // namespace gps
