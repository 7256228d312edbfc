#include "core/checkpoints/filelayout.h"

#include <algorithm>
#include <charconv>

#include "core/values/error.h"

namespace gps {
namespace {

[[noreturn]] void refuse(const std::string& path, const std::string& cause) {
  throw Error(ErrorCode::BadFile, path, cause, "Write the file again");
}

std::string shortHash(const std::string& hash) { return hash.empty() ? "none" : hash.substr(0, 12); }

}  // namespace

const std::string& requiredMetadata(const TensorFile& file, const std::string& key, const std::string& kindOfFile) {
  const auto found = file.metadata().find(key);
  if (found == file.metadata().end())
    throw Error(ErrorCode::BadFile, file.path(), "is not a " + kindOfFile + ": its metadata lacks \"" + key + "\"",
                "Give a " + kindOfFile + " written by this program");
  return found->second;
}

std::string optionalMetadata(const TensorFile& file, const std::string& key) {
  const auto found = file.metadata().find(key);
  return found == file.metadata().end() ? std::string() : found->second;
}

int metadataInt(const TensorFile& file, const std::string& key, int fallback) {
  const std::string text = optionalMetadata(file, key);
  if (text.empty()) return fallback;
  int value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size()) refuse(file.path(), "its metadata \"" + key + "\" is not a whole number");
  return value;
}

std::vector<std::uint32_t> readOffsets(const TensorFile& file, const std::string& name) {
  const TensorRecord& record = file.at(name);
  if (record.dtype != DType::U32 || record.shape.size() != 1)
    refuse(file.path(), "tensor \"" + name + "\" is " + std::string(dtypeName(record.dtype)) + " of shape " + shapeText(record.shape) +
                            ", not a list of U32");
  std::vector<std::uint32_t> offsets(static_cast<std::size_t>(record.elements()));
  copyRaw(file, record, offsets.data());
  const auto bad = std::adjacent_find(offsets.begin(), offsets.end(), [](auto a, auto b) { return a >= b; });
  if (bad != offsets.end()) refuse(file.path(), "its offsets do not ascend at entry " + std::to_string(bad - offsets.begin()));
  return offsets;
}

std::vector<float> readFloats(const TensorFile& file, const std::string& name) {
  const TensorRecord& record = file.at(name);
  if (record.dtype != DType::F32) refuse(file.path(), "tensor \"" + name + "\" is " + std::string(dtypeName(record.dtype)) + ", not F32");
  std::vector<float> values(static_cast<std::size_t>(record.elements()));
  copyRaw(file, record, values.data());
  return values;
}

void requireInsideMap(const std::vector<std::uint32_t>& offsets, const ParameterMap& map, const std::string& path) {
  auto next = offsets.begin();
  for (const auto id : map.matrixIds()) {
    const auto& e = map.entry(id);
    if (next == offsets.end()) return;
    if (std::int64_t{*next} < e.offset) break;
    next = std::lower_bound(next, offsets.end(), e.offset + e.count, [](std::uint32_t a, std::int64_t b) { return std::int64_t{a} < b; });
  }
  if (next != offsets.end()) refuse(path, "offset " + std::to_string(*next) + " lies outside every selectable weight of its map");
}

void requireSameLayout(const ParameterMap& ofFile, const ParameterMap& ofModel, const std::string& path) {
  const auto &a = ofFile.matrixIds(), &b = ofModel.matrixIds();
  const auto differs = [&](const std::string& what) {
    return Error(ErrorCode::Mismatch, path, "was made for another architecture: " + what, "Load the model it was made for");
  };
  if (a.size() != b.size())
    throw differs("it has " + std::to_string(a.size()) + " weight matrices, the model has " + std::to_string(b.size()));
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto &x = ofFile.entry(a[i]), &y = ofModel.entry(b[i]);
    if (x.name != y.name || x.offset != y.offset || x.rows != y.rows || x.cols != y.cols)
      throw differs("its matrix \"" + x.name + "\" (" + std::to_string(x.rows) + "x" + std::to_string(x.cols) +
                    ") stands where the model has \"" + y.name + "\" (" + std::to_string(y.rows) + "x" + std::to_string(y.cols) + ")");
  }
}

void requireSameBase(const std::string& ofFile, const std::string& ofModel, const std::string& path, const std::string& weightsPath) {
  if (ofFile == ofModel) return;
  throw Error(ErrorCode::Mismatch, path,
              "was made from other weights (base " + shortHash(ofFile) + ") than the loaded ones (" + shortHash(ofModel) +
                  (weightsPath.empty() ? "" : ", " + weightsPath) + ")",
              "Load the weights it was made from");
}

}  // namespace gps
