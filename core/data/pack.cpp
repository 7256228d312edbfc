#include "core/data/pack.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "core/checkpoints/readers/mappedfile.h"
#include "core/checkpoints/readers/safetensorsreader.h"
#include "core/checkpoints/readers/tensorfile.h"
#include "core/data/packwriter.h"
#include "core/values/error.h"

namespace gps {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kMakeAgain = "Make the pack again with `gps pack`";

TensorFile openTensors(const std::string& path) {
  std::error_code failed;
  if (!fs::exists(fs::path(path), failed)) throw Error(ErrorCode::NotFound, path, "there is no such file", "Check the path");
  auto file = openTensorFile(path);
  if (!file.metadata().contains(kPackKey)) {
    throw Error(ErrorCode::BadFile, path, "this is not a pack: its metadata has no \"pack\"", kMakeAgain);
  }
  return file;
}

// U8 with these dimensions, all at least 1.
bool isPicture(const TensorRecord* record, std::size_t dimensions) {
  return record != nullptr && record->dtype == DType::U8 && record->shape.size() == dimensions && record->elements() > 0 &&
         std::all_of(record->shape.begin(), record->shape.end(), [](std::int64_t side) { return side < (1 << 20); });
}

std::string text(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<std::string> texts(const Json& object, const char* key) {
  std::vector<std::string> all;
  const auto found = object.find(key);
  if (found == object.end() || !found->is_array()) return all;
  for (const auto& entry : *found)
    if (entry.is_string()) all.push_back(entry.get<std::string>());
  return all;
}

Json parseMetadata(const TensorFile& file) {
  auto json = Json::parse(file.metadata().at(kPackKey), nullptr, false);
  const bool isValid = json.is_object() && json.contains("items") && json["items"].is_array();
  if (!isValid) throw Error(ErrorCode::BadFile, file.path(), "its description is damaged", kMakeAgain);
  if (const auto version = json.value("version", Json(0)); !version.is_number_integer() || version.get<int>() != kPackVersion) {
    throw Error(ErrorCode::BadFile, file.path(), "it has another version than 1", kMakeAgain);
  }
  return json;
}

}  // namespace

bool isPackFile(const std::string& path) {
  std::error_code failed;
  if (!fs::is_regular_file(fs::path(path), failed)) return false;
  try {
    const MappedFile file(path);
    return looksLikeSafetensors(file.bytes()) && parseSafetensors(file.bytes(), path).metadata.contains(kPackKey);
  } catch (const Error&) {
    return false;
  }
}

DataSummary openPack(const std::string& path) {
  const TensorFile file = openTensors(path);
  const Json json = parseMetadata(file);
  DataSummary summary;
  summary.folder = fs::absolute(fs::path(path)).lexically_normal().string();
  summary.layout = "pack";
  summary.splitRule = "pack";
  summary.isPack = true;
  if (const auto task = text(json, "task"); !task.empty()) summary.task = parseWord<TaskKind>(task);
  summary.classes = texts(json, "classes");
  summary.classTitles = texts(json, "class_titles");
  if (summary.classTitles.size() != summary.classes.size()) summary.classTitles.clear();
  summary.isClassSubset = json.value("class_subset", Json(false)) == Json(true);
  const std::set<std::string> classes(summary.classes.begin(), summary.classes.end());
  std::set<std::string> seen;
  for (const auto& entry : json["items"]) {
    const std::string id = entry.is_object() ? text(entry, "id") : std::string();
    if (id.empty()) throw Error(ErrorCode::BadFile, path, "an item of its description has no id", kMakeAgain);
    DataItem item{id, text(entry, "split"), "image/" + id, "mask/" + id, text(entry, "class")};
    if (!seen.insert(id).second) {
      summary.problems.push_back({ProblemKind::DuplicateId, id, "the pack lists \"" + id + "\" twice. " + kMakeAgain});
      continue;
    }
    const auto *image = file.find(item.imagePath), *mask = file.find(item.maskPath);
    if (!isPicture(image, 3) || image->shape[2] != 3) {
      summary.problems.push_back({ProblemKind::MissingImage, id, "the pack has no picture " + item.imagePath + ". " + kMakeAgain});
      continue;
    }
    if (mask == nullptr) {
      item.maskPath.clear();
    } else if (!isPicture(mask, 2) || mask->shape[0] != image->shape[0] || mask->shape[1] != image->shape[1]) {
      summary.problems.push_back({ProblemKind::SizeMismatch, id,
                                  "in the pack " + item.maskPath + " is " + shapeText(mask->shape) + " but its picture is " +
                                      shapeText(image->shape) + ". " + kMakeAgain});
      continue;
    }
    if (item.maskPath.empty() && summary.task == TaskKind::Segmentation) {
      summary.problems.push_back({ProblemKind::MissingMask, id, "the pack has no mask for \"" + id + "\". " + kMakeAgain});
      continue;
    }
    if (summary.task == TaskKind::Classification && !classes.contains(item.className)) {
      summary.problems.push_back(
          {ProblemKind::UnknownClass, id,
           "the pack gives \"" + id + "\" the class \"" + item.className + "\", which it does not list. " + kMakeAgain});
      continue;
    }
    ++summary.splits[item.split];
    summary.items.push_back(std::move(item));
  }
  std::sort(summary.items.begin(), summary.items.end(), [](const DataItem& a, const DataItem& b) { return a.id < b.id; });
  if (summary.items.empty()) throw Error(ErrorCode::BadFile, path, "the pack holds no picture that can be used", kMakeAgain);
  return summary;
}

struct PackImageSource::State {
  explicit State(const std::string& path) : file(openTensors(path)) {}

  const TensorRecord& picture(const std::string& name, std::size_t dimensions) const {
    const auto* record = file.find(name);
    if (record == nullptr) throw Error(ErrorCode::NotFound, file.path(), "the pack has no \"" + name + "\"");
    if (!isPicture(record, dimensions) || (dimensions == 3 && record->shape[2] != 3)) {
      throw Error(ErrorCode::BadFile, file.path(), "\"" + name + "\" is not a picture", kMakeAgain);
    }
    return *record;
  }

  TensorFile file;
};

PackImageSource::PackImageSource(const std::string& path) : m_state(std::make_unique<State>(path)) {}
PackImageSource::~PackImageSource() = default;

RgbImage PackImageSource::loadImage(const std::string& tensorName) const {
  const auto& record = m_state->picture(tensorName, 3);
  RgbImage image{int(record.shape[1]), int(record.shape[0]), std::vector<std::uint8_t>(std::size_t(record.elements()))};
  copyRaw(m_state->file, record, image.pixels.data());
  return image;
}

MaskImage PackImageSource::loadMask(const std::string& tensorName) const {
  const auto& record = m_state->picture(tensorName, 2);
  MaskImage mask{int(record.shape[1]), int(record.shape[0]), std::vector<std::uint8_t>(std::size_t(record.elements()))};
  copyRaw(m_state->file, record, mask.pixels.data());
  for (auto& pixel : mask.pixels) pixel = pixel > 127 ? 255 : 0;
  return mask;
}

ImageSource::Size PackImageSource::sizeOf(const std::string& tensorName) const {
  const bool isMask = tensorName.starts_with("mask/");
  const auto& record = m_state->picture(tensorName, isMask ? 2 : 3);
  return {int(record.shape[1]), int(record.shape[0])};
}

}  // namespace gps
