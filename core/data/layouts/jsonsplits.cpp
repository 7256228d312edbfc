// Splits as JSON objects of paths and labels.
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>
#include <vector>

#include "core/data/layouts/classitems.h"
#include "core/data/layouts/classlists.h"
#include "core/data/layouts/layoutparts.h"
#include "core/values/error.h"

namespace gps {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kRemedy = R"(A split is an object of paths and labels: {"001.Albatross/a.jpg": 1, …})";

bool isLabel(const Json& value) { return value.is_number_integer() || value.is_string(); }

Json parseSplit(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  auto json = Json::parse(in, nullptr, false);
  if (!in.is_open() || json.is_discarded()) throw Error(ErrorCode::BadFile, path, "this is not valid JSON", kRemedy);
  return json;
}

}  // namespace

bool openJsonSplits(DataSummary& summary) {
  std::vector<LabelledPicture> pictures;
  std::vector<std::string> files;
  for (const auto& [name, split] : {std::pair{"train.json", "train"}, std::pair{"val.json", "val"}, std::pair{"test.json", "test"}}) {
    const std::string path = summary.folder + "/" + name;
    std::error_code failed;
    if (!fs::is_regular_file(path, failed)) continue;
    const Json json = parseSplit(path);
    if (!json.is_object() || json.empty() || !isLabel(json.begin().value())) continue;  // something else of that name
    for (const auto& [picture, label] : json.items()) {
      if (!isLabel(label))
        throw Error(ErrorCode::BadFile, path, "\"" + picture + "\" has neither a number nor a name as its label", kRemedy);
      pictures.push_back({picture, label.is_string() ? label.get<std::string>() : label.dump(), split, name});
    }
    files.push_back(path);
  }
  if (files.empty()) return false;
  summary.layout = "fgvc json";
  for (const auto& path : files) summary.splitRule += (summary.splitRule.empty() ? "" : ", ") + fileNameOf(path);
  summary.listFiles = std::move(files);
  addLabelledPictures(summary, pictures, labelsByFolders(pictures));
  nameItemsByClass(summary);
  finishClasses(summary);
  return true;
}

}  // namespace gps
