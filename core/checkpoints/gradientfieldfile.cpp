#include "core/checkpoints/gradientfieldfile.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "core/checkpoints/filelayout.h"
#include "core/checkpoints/readers/safetensorswriter.h"
#include "core/checkpoints/specjson.h"
#include "core/selection/methodweights.h"
#include "core/values/error.h"

namespace gps {
namespace {

// Reads back as the same number.
std::string exactText(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.17g", value);
  return text;
}

double numberOf(const TensorFile& file, const std::string& key) { return std::strtod(optionalMetadata(file, key).c_str(), nullptr); }

template <typename E>
E wordIn(const TensorFile& file, const std::string& key, E fallback) {
  const auto word = optionalMetadata(file, key);
  if (word.empty()) return fallback;
  try {
    return parseWord<E>(word);
  } catch (const Error& e) {
    throw Error(ErrorCode::BadFile, file.path(), "its " + key + " is " + e.cause(), "It may come from a newer version of this program");
  }
}

}  // namespace

// [[batches, images, with half, with the end], …]
std::string textOf(const std::vector<SnapshotAgreement>& snapshots) {
  auto list = nlohmann::json::array();
  for (const auto& s : snapshots) list.push_back({s.batches, s.images, s.withHalf, s.withFinal});
  return list.dump();
}

std::vector<SnapshotAgreement> snapshotsIn(const TensorFile& file) {
  std::vector<SnapshotAgreement> snapshots;
  const auto text = optionalMetadata(file, "snapshots");
  if (text.empty()) return snapshots;
  try {
    for (const auto& s : nlohmann::json::parse(text))
      snapshots.push_back({s.at(0).get<int>(), s.at(1).get<int>(), s.at(2).get<double>(), s.at(3).get<double>()});
  } catch (const nlohmann::json::exception&) {
    throw Error(ErrorCode::BadFile, file.path(), "its snapshots cannot be read", "Run the gradient pass again");
  }
  return snapshots;
}

void writeGradientField(const std::string& path, const GradientField& field, const SelectionSpec& spec) {
  std::vector<TensorSpec> tensors;
  const auto ids = weightsOfMethod(*field.map, spec.decoder);
  for (const auto id : ids) tensors.push_back({field.map->entry(id).name, DType::F32, field.map->entry(id).shape});
  tensors.push_back({kPictures, DType::U64, {static_cast<std::int64_t>(field.pictures.size())}});
  SafetensorsWriter writer(path, tensors,
                           {{"format", "gps-gradient/1"},
                            {"spec", selectionSpecToJson(spec)},
                            {"kind", wordOf(field.kind)},
                            {"precision", wordOf(field.precision)},
                            {"base_hash", field.baseHash},
                            {"data_hash", field.dataHash},
                            {"images", std::to_string(field.images)},
                            {"batches", std::to_string(field.batches)},
                            {"mean_loss", exactText(field.meanLoss)},
                            {"seconds", exactText(field.seconds)},
                            {"snapshots", textOf(field.snapshots)},
                            {"stopped_early", field.stoppedEarly ? "1" : "0"}});
  for (const auto id : ids) {
    const auto& entry = field.map->entry(id);
    writer.write(entry.name, field.values.host() + entry.offset, static_cast<std::size_t>(entry.count) * sizeof(float));
  }
  writer.write(kPictures, field.pictures.data(), field.pictures.size() * sizeof(std::uint64_t));
  writer.finish();
}

SelectionSpec readFieldRecipe(const std::string& path) {
  return selectionSpecFromJson(requiredMetadata(openTensorFile(path), "spec", "gradient field"), path);
}

GradientField readGradientField(const std::string& path, const Model& model, std::shared_ptr<const ParameterMap> map) {
  const TensorFile file = openTensorFile(path);
  GradientField field;
  field.baseHash = requiredMetadata(file, "base_hash", "gradient field");
  requireSameBase(field.baseHash, model.baseHash(), path, model.weightsPath());
  field.dataHash = optionalMetadata(file, "data_hash");
  field.kind = wordIn(file, "kind", FieldKind::Gradient);
  field.precision = wordIn(file, "precision", Precision::Fp32);
  field.images = metadataInt(file, "images", 0);
  field.batches = metadataInt(file, "batches", 0);
  field.meanLoss = numberOf(file, "mean_loss");
  field.seconds = numberOf(file, "seconds");
  field.snapshots = snapshotsIn(file);
  field.stoppedEarly = metadataInt(file, "stopped_early", 0) != 0;
  std::vector<float> values(static_cast<std::size_t>(map->matrixSize()), 0.f);
  field.pictures = readPictures(file);
  for (const TensorRecord& record : file.records()) {
    if (record.name == kPictures) continue;
    const ParameterEntry* entry = map->find(record.name);
    if (entry == nullptr || entry->region != Region::Matrix || entry->shape != record.shape)
      throw Error(
          ErrorCode::Mismatch, path,
          "holds a gradient for \"" + record.name + "\" " + shapeText(record.shape) + ", which is no selectable weight of the model",
          "Load the model it was made for");
    copyAsFloat(file, record, values.data() + entry->offset);
  }
  field.values = Scores(std::move(values));
  field.map = std::move(map);
  return field;
}

}  // namespace gps
