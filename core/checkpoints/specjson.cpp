#include "core/checkpoints/specjson.h"

#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "core/values/error.h"

namespace gps {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxEntries = 100'000;
constexpr std::int64_t kMaxOffset = std::numeric_limits<std::uint32_t>::max();

// Our metadata is text inside text: whatever the JSON library or a field objects to is one kind of error to the caller.
template <typename F>
auto reading(const std::string& source, const std::string& what, F&& read) -> decltype(read()) {
  try {
    return read();
  } catch (const nlohmann::json::exception& e) {
    throw Error(ErrorCode::BadFile, source, "its " + what + " cannot be read: " + e.what(), "Write the file again");
  } catch (const Error& e) {
    if (e.code() != ErrorCode::BadArgument) throw;
    throw Error(ErrorCode::BadFile, source, "its " + what + " says " + e.cause(), "It may come from a newer version of this program");
  }
}

template <typename E>
void readWord(const Json& json, const char* key, E& value) {
  if (json.contains(key)) value = parseWord<E>(json.at(key).get<std::string>());
}

template <typename T>
void readValue(const Json& json, const char* key, T& value) {
  if (json.contains(key)) value = json.at(key).get<T>();
}

constexpr std::array<std::pair<ModelPart, const char*>, 4> kParts{{{ModelPart::Encoder, "encoder"},
                                                                   {ModelPart::PromptEncoder, "prompt_encoder"},
                                                                   {ModelPart::Decoder, "decoder"},
                                                                   {ModelPart::Head, "head"}}};

std::string wordOfPart(ModelPart part) {
  for (const auto& [value, word] : kParts)
    if (value == part) return word;
  return "encoder";
}

ModelPart partOfWord(const std::string& word) {
  for (const auto& [value, known] : kParts)
    if (word == known) return value;
  throw Error(ErrorCode::BadArgument, "part", "part \"" + word + "\", which is unknown");
}

const char* wordOfNormalisation(Normalisation n) {
  return n == Normalisation::MinMax ? "min_max" : n == Normalisation::Half ? "half" : "imagenet";
}

Normalisation normalisationOfWord(const std::string& word) {
  if (word == "min_max") return Normalisation::MinMax;
  if (word == "imagenet") return Normalisation::ImageNet;
  if (word == "half") return Normalisation::Half;
  throw Error(ErrorCode::BadArgument, "normalisation", "normalisation \"" + word + "\", which is unknown");
}

ParameterEntry entryOf(const Json& json) {
  ParameterEntry entry;
  entry.name = json.at("name").get<std::string>();
  entry.offset = json.at("offset").get<std::int64_t>();
  entry.rows = json.at("rows").get<std::int64_t>();
  entry.cols = json.at("cols").get<std::int64_t>();
  entry.block = json.at("block").get<std::string>();
  entry.kind = json.at("kind").get<std::string>();
  entry.part = json.contains("part") ? partOfWord(json.at("part").get<std::string>()) : ModelPart::Encoder;
  entry.shape = {entry.rows, entry.cols};
  entry.role = ParameterRole::Matrix;
  return entry;
}

}  // namespace

std::string selectionSpecToJson(const SelectionSpec& spec) {
  Json json;
  json["level"] = wordOf(spec.level);
  json["criterion"] = wordOf(spec.criterion);
  json["loss"] = wordOf(spec.loss);
  json["k"] = spec.keptPerRow;
  json["share"] = spec.share;
  json["layer_budget"] = wordOf(spec.layerBudget);
  json["exclude_blocks"] = spec.excludedBlocks;
  json["exclude_kinds"] = spec.excludedKinds;
  json["keep_excluded_biases"] = spec.keepExcludedBiases;
  json["decoder"] = wordOf(spec.decoder);
  json["batch"] = spec.batch;
  json["limit"] = spec.limit;
  json["drop_path"] = spec.dropPath;
  json["random_interpolation"] = spec.randomInterpolation;
  json["seed"] = spec.seed;
  json["micro_batch"] = spec.microBatch;
  json["early_stop"] = spec.earlyStop;
  json["data_hash"] = spec.dataHash;
  json["base_hash"] = spec.baseHash;
  json["model"] = spec.modelId;
  json["image_size"] = spec.imageSize;
  json["precision"] = wordOf(spec.precision);
  json["prompt"] = wordOf(spec.prompt);
  json["preprocess"] = wordOf(spec.preprocess);
  if (!spec.origin.empty()) json["origin"] = spec.origin;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

SelectionSpec selectionSpecFromJson(const std::string& text, const std::string& source) {
  return reading(source, "selection settings (spec)", [&] {
    const Json json = Json::parse(text);
    SelectionSpec spec;
    readWord(json, "level", spec.level);
    readWord(json, "criterion", spec.criterion);
    readWord(json, "loss", spec.loss);
    readValue(json, "k", spec.keptPerRow);
    readValue(json, "share", spec.share);
    readWord(json, "layer_budget", spec.layerBudget);
    readValue(json, "exclude_blocks", spec.excludedBlocks);
    readValue(json, "exclude_kinds", spec.excludedKinds);
    readValue(json, "keep_excluded_biases", spec.keepExcludedBiases);
    readWord(json, "decoder", spec.decoder);
    readValue(json, "batch", spec.batch);
    readValue(json, "limit", spec.limit);
    readValue(json, "drop_path", spec.dropPath);
    readValue(json, "random_interpolation", spec.randomInterpolation);
    readValue(json, "seed", spec.seed);
    readValue(json, "micro_batch", spec.microBatch);
    readValue(json, "early_stop", spec.earlyStop);
    readValue(json, "data_hash", spec.dataHash);
    readValue(json, "base_hash", spec.baseHash);
    readValue(json, "model", spec.modelId);
    readValue(json, "image_size", spec.imageSize);
    readWord(json, "precision", spec.precision);
    readWord(json, "prompt", spec.prompt);
    readWord(json, "preprocess", spec.preprocess);
    readValue(json, "origin", spec.origin);
    return spec;
  });
}

std::string parameterMapToJson(const ParameterMap& map) {
  Json list = Json::array();
  for (const auto id : map.matrixIds()) {
    const auto& e = map.entry(id);
    Json json;
    json["name"] = e.name;
    json["offset"] = e.offset;
    json["rows"] = e.rows;
    json["cols"] = e.cols;
    json["block"] = e.block;
    json["kind"] = e.kind;
    json["part"] = wordOfPart(e.part);
    list.push_back(std::move(json));
  }
  return list.dump();
}

std::shared_ptr<const ParameterMap> parameterMapFromJson(const std::string& text, const std::string& source) {
  const auto refuse = [&](const std::string& cause) {
    return Error(ErrorCode::BadFile, source, "its parameter_map " + cause, "Write the file again");
  };
  return reading(source, "parameter_map", [&] {
    const Json json = Json::parse(text);
    if (!json.is_array() || json.size() > kMaxEntries) throw refuse("is not a list of tensors");
    std::vector<ParameterEntry> entries;
    std::vector<std::int64_t> offsets;
    std::set<std::string> names;
    std::int64_t end = 0;
    for (const auto& item : json) {
      ParameterEntry entry = entryOf(item);
      const bool fits = entry.rows > 0 && entry.cols > 0 && entry.rows <= kMaxOffset / entry.cols && entry.offset >= end &&
                        entry.offset <= kMaxOffset && entry.offset + entry.rows * entry.cols <= kMaxOffset - ParameterMap::kAlignment;
      if (!fits) throw refuse("places the tensor \"" + entry.name + "\" where it cannot be");
      if (!names.insert(entry.name).second) throw refuse("names the tensor \"" + entry.name + "\" twice");
      end = entry.offset + entry.rows * entry.cols;
      offsets.push_back(entry.offset);
      entries.push_back(std::move(entry));
    }
    auto map = std::make_shared<const ParameterMap>(std::move(entries));
    for (std::size_t id = 0; id < map->size(); ++id)
      if (map->entry(id).offset != offsets[id])
        throw refuse("places the tensor \"" + map->entry(id).name + "\" at offset " + std::to_string(offsets[id]) + " instead of " +
                     std::to_string(map->entry(id).offset));
    return map;
  });
}

std::string preprocessToJson(const PreprocessSpec& spec) {
  Json json;
  json["size"] = spec.size;
  json["kind"] = wordOf(spec.kind);
  json["normalisation"] = wordOfNormalisation(spec.normalisation);
  json["interpolation"] = wordOf(spec.interpolation);
  json["crop"] = spec.crop;
  return json.dump();
}

PreprocessSpec preprocessFromJson(const std::string& text, const std::string& source) {
  return reading(source, "preprocessing (preprocess)", [&] {
    const Json json = Json::parse(text);
    PreprocessSpec spec;
    readValue(json, "size", spec.size);
    readWord(json, "kind", spec.kind);
    readWord(json, "interpolation", spec.interpolation);
    readValue(json, "crop", spec.crop);
    if (json.contains("normalisation")) spec.normalisation = normalisationOfWord(json.at("normalisation").get<std::string>());
    return spec;
  });
}

std::string namesToJson(const std::vector<std::string>& names) { return Json(names).dump(-1, ' ', false, Json::error_handler_t::replace); }

std::vector<std::string> namesFromJson(const std::string& text, const std::string& source) {
  return reading(source, "list of names", [&] { return Json::parse(text).get<std::vector<std::string>>(); });
}

std::string metricsToJson(const std::map<std::string, double>& metrics) {
  Json json = Json::object();
  for (const auto& [name, value] : metrics) json[name] = value;
  return json.dump();
}

std::map<std::string, double> metricsFromJson(const std::string& text, const std::string& source) {
  return reading(source, "metrics", [&] {
    std::map<std::string, double> metrics;
    const Json json = Json::parse(text);
    for (const auto& [name, value] : json.items())
      metrics[name] = value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
    return metrics;
  });
}

}  // namespace gps
