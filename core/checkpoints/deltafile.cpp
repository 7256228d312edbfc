#include "core/checkpoints/deltafile.h"

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "core/checkpoints/deltapath.h"
#include "core/checkpoints/filelayout.h"
#include "core/checkpoints/readers/safetensorswriter.h"
#include "core/checkpoints/readers/sha256.h"
#include "core/checkpoints/specjson.h"
#include "core/values/error.h"

namespace gps {
namespace {

constexpr const char* kFormat = "gps-delta/1";
constexpr const char* kKind = "delta";
const std::string kWhole = "whole.", kWholeBase = "whole_base.";

enum class Content { Base, Epoch, Bundle };

// Ties an epoch file to the base file whose offsets its values belong to.
std::string offsetsHash(const std::vector<std::uint32_t>& offsets) {
  return sha256Hex({reinterpret_cast<const char*>(offsets.data()), offsets.size() * sizeof(std::uint32_t)});
}

std::map<std::string, std::string> metadataOf(const Delta& delta, Content content) {
  const DeltaInfo& info = delta.info;
  std::map<std::string, std::string> out{{"format", kFormat},
                                         {"model", info.modelId},
                                         {"base_hash", info.baseHash},
                                         {"epoch", std::to_string(info.epoch)},
                                         {"method", wordOf(info.method)},
                                         {"metrics", metricsToJson(info.metrics)},
                                         {"precision", info.precision},
                                         {"device", info.device},
                                         {"preprocess", preprocessToJson(info.preprocess)},
                                         {"prompt", wordOf(info.prompt)},
                                         {"classes", namesToJson(info.classes)},
                                         {"head", info.isHeadNew ? "new" : "base"},
                                         {"spec", selectionSpecToJson(info.selection)},
                                         {"offsets_hash", offsetsHash(delta.offsets)}};
  if (!info.fp32Metrics.empty()) out["fp32_metrics"] = metricsToJson(info.fp32Metrics);
  if (content != Content::Epoch) out["parameter_map"] = parameterMapToJson(*delta.map);
  return out;
}

void requireLength(const std::string& path, const std::string& what, std::size_t is, std::size_t wanted) {
  if (is != wanted)
    throw Error(ErrorCode::Internal, path, what + " has " + std::to_string(is) + " values where " + std::to_string(wanted) + " belong");
}

std::size_t elementsOf(const WholeTensor& tensor) { return static_cast<std::size_t>(checkedElements(tensor.shape)); }

void writeDelta(const std::string& path, const Delta& delta, Content content) {
  const bool hasValues = content != Content::Base, hasOffsets = content != Content::Epoch;
  const bool hasBase = content == Content::Base || (content == Content::Bundle && delta.base.size() == delta.offsets.size());
  if (hasOffsets && !delta.map) throw Error(ErrorCode::Internal, path, "a delta without its parameter map");
  const auto count = static_cast<std::int64_t>(delta.offsets.size());
  std::vector<TensorSpec> tensors;
  if (hasOffsets) tensors.push_back({"offsets", DType::U32, {count}});
  if (hasValues) tensors.push_back({"values", DType::F32, {count}});
  if (hasBase) tensors.push_back({"base", DType::F32, {count}});
  if (hasOffsets) tensors.push_back({kPictures, DType::U64, {static_cast<std::int64_t>(delta.pictures.size())}});
  const auto writesBase = [&](const WholeTensor& w) { return content != Content::Epoch && !w.base.empty(); };
  for (const WholeTensor& w : delta.whole) {
    if (hasValues) tensors.push_back({kWhole + w.name, DType::F32, w.shape});
    if (writesBase(w)) tensors.push_back({kWholeBase + w.name, DType::F32, w.shape});
  }

  SafetensorsWriter writer(path, tensors, metadataOf(delta, content));
  const auto floats = [&](const std::string& name, const std::vector<float>& values, std::size_t wanted) {
    requireLength(path, name, values.size(), wanted);
    writer.write(name, values.data(), values.size() * sizeof(float));
  };
  if (hasOffsets) writer.write("offsets", delta.offsets.data(), delta.offsets.size() * sizeof(std::uint32_t));
  if (hasOffsets) writer.write(kPictures, delta.pictures.data(), delta.pictures.size() * sizeof(std::uint64_t));
  if (hasValues) floats("values", delta.values, delta.offsets.size());
  if (hasBase) floats("base", delta.base, delta.offsets.size());
  for (const WholeTensor& w : delta.whole) {
    if (hasValues) floats(kWhole + w.name, w.values, elementsOf(w));
    if (writesBase(w)) floats(kWholeBase + w.name, w.base, elementsOf(w));
  }
  writer.finish();
}

DeltaInfo infoOf(const TensorFile& file) {
  const std::string format = requiredMetadata(file, "format", kKind);
  if (format != kFormat)
    throw Error(ErrorCode::BadFile, file.path(), "is \"" + format + "\", not " + kFormat, "Give a delta written by this version");
  DeltaInfo info;
  try {
    info.method = parseWord<Method>(requiredMetadata(file, "method", kKind));
    info.prompt = parseWord<PromptMode>(requiredMetadata(file, "prompt", kKind));
  } catch (const Error& e) {
    if (e.code() != ErrorCode::BadArgument) throw;
    throw Error(ErrorCode::BadFile, file.path(), "its metadata says " + e.cause(), "It may come from a newer version of this program");
  }
  info.modelId = requiredMetadata(file, "model", kKind);
  info.baseHash = requiredMetadata(file, "base_hash", kKind);
  info.epoch = metadataInt(file, "epoch", 0);
  info.metrics = metricsFromJson(requiredMetadata(file, "metrics", kKind), file.path());
  if (const auto again = optionalMetadata(file, "fp32_metrics"); !again.empty()) info.fp32Metrics = metricsFromJson(again, file.path());
  info.precision = requiredMetadata(file, "precision", kKind);
  info.device = optionalMetadata(file, "device");
  info.preprocess = preprocessFromJson(requiredMetadata(file, "preprocess", kKind), file.path());
  info.selection = selectionSpecFromJson(requiredMetadata(file, "spec", kKind), file.path());
  info.isHeadNew = optionalMetadata(file, "head") == "new";
  if (const auto classes = optionalMetadata(file, "classes"); !classes.empty()) info.classes = namesFromJson(classes, file.path());
  return info;
}

WholeTensor& wholeOf(Delta& delta, const std::string& name, const TensorFile& file, const TensorRecord& record) {
  for (WholeTensor& w : delta.whole) {
    if (w.name != name) continue;
    if (w.shape != record.shape)
      throw Error(ErrorCode::BadFile, file.path(), "tensor \"" + record.name + "\" has another shape than its counterpart",
                  "Write the file again");
    return w;
  }
  delta.whole.push_back({name, record.shape, {}, {}});
  return delta.whole.back();
}

// What stands in one file; values, base and whole tensors add up over a base and an epoch file.
void readInto(Delta& delta, const TensorFile& file) {
  if (file.find("values")) delta.values = readFloats(file, "values");
  if (file.find("base")) delta.base = readFloats(file, "base");
  for (const TensorRecord& record : file.records()) {
    if (record.name.starts_with(kWholeBase)) {
      wholeOf(delta, record.name.substr(kWholeBase.size()), file, record).base = readFloats(file, record.name);
    } else if (record.name.starts_with(kWhole)) {
      wholeOf(delta, record.name.substr(kWhole.size()), file, record).values = readFloats(file, record.name);
    }
  }
}

// Offsets, map and pictures.
void readFrame(Delta& delta, const TensorFile& file) {
  delta.offsets = readOffsets(file, "offsets");
  delta.pictures = readPictures(file);
  delta.map = parameterMapFromJson(requiredMetadata(file, "parameter_map", kKind), file.path());
  requireInsideMap(delta.offsets, *delta.map, file.path());
}

// What the run has trained on beside what it was selected on.
void addRunPictures(Delta& delta, const std::filesystem::path& folder) {
  const auto trained = readRunPictures((folder / kRunPicturesName).string());
  delta.pictures.insert(delta.pictures.end(), trained.begin(), trained.end());
  std::sort(delta.pictures.begin(), delta.pictures.end());
  delta.pictures.erase(std::unique(delta.pictures.begin(), delta.pictures.end()), delta.pictures.end());
}

void requireComplete(const Delta& delta, const std::string& path) {
  const auto fits = [&](const std::vector<float>& v) { return v.empty() || v.size() == delta.offsets.size(); };
  if (!fits(delta.values) || !fits(delta.base))
    throw Error(ErrorCode::BadFile, path,
                "has " + std::to_string(delta.offsets.size()) + " offsets but " + std::to_string(delta.values.size()) + " values and " +
                    std::to_string(delta.base.size()) + " base values",
                "Write the file again");
}

}  // namespace

void writeDeltaBase(const std::string& path, const Delta& delta) { writeDelta(path, delta, Content::Base); }
void writeDeltaEpoch(const std::string& path, const Delta& delta) { writeDelta(path, delta, Content::Epoch); }
void writeDeltaBundle(const std::string& path, const Delta& delta) { writeDelta(path, delta, Content::Bundle); }

void writeRunPictures(const std::string& path, const std::vector<std::uint64_t>& pictures) {
  SafetensorsWriter writer(path, {{kPictures, DType::U64, {static_cast<std::int64_t>(pictures.size())}}}, {{"format", "gps-pictures/1"}});
  writer.write(kPictures, pictures.data(), pictures.size() * sizeof(std::uint64_t));
  writer.finish();
}

std::vector<std::uint64_t> readRunPictures(const std::string& path) {
  return std::filesystem::exists(path) ? readPictures(openTensorFile(path)) : std::vector<std::uint64_t>{};
}

DeltaInfo readDeltaInfo(const std::string& path) { return infoOf(openTensorFile(path)); }

Delta readDelta(const std::string& pathOrRun) {
  const std::string path = resolveDeltaPath(pathOrRun);
  const TensorFile file = openTensorFile(path);
  Delta delta;
  delta.info = infoOf(file);
  if (file.find("offsets")) {
    readFrame(delta, file);
    readInto(delta, file);
    requireComplete(delta, path);
    return delta;
  }
  const std::string basePath = (std::filesystem::path(path).parent_path() / kDeltaBaseName).string();
  if (!std::filesystem::exists(basePath))
    throw Error(ErrorCode::NotFound, path, "is the delta of one epoch, and " + std::string(kDeltaBaseName) + " is not beside it",
                "Keep both in one folder, or bundle them with gps delta export");
  const TensorFile base = openTensorFile(basePath);
  const DeltaInfo baseInfo = infoOf(base);
  readFrame(delta, base);
  if (baseInfo.baseHash != delta.info.baseHash || offsetsHash(delta.offsets) != requiredMetadata(file, "offsets_hash", kKind))
    throw Error(ErrorCode::Mismatch, path, "does not belong to " + basePath, "Keep an epoch's file with the base file of its own run");
  readInto(delta, base);
  readInto(delta, file);
  addRunPictures(delta, std::filesystem::path(path).parent_path());
  requireComplete(delta, path);
  return delta;
}

}  // namespace gps
