#include "core/selection/trainedvectors.h"

#include <algorithm>

#include "core/values/trainedcounts.h"

namespace gps {

static bool contains(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

bool isExcluded(const ParameterEntry& e, const SelectionSpec& spec) {
  return contains(spec.excludedBlocks, e.block) || (!e.kind.empty() && contains(spec.excludedKinds, e.kind));
}

std::vector<std::size_t> trainedEncoderVectors(const ParameterMap& map, const SelectionSpec& spec) {
  std::vector<std::size_t> ids;
  for (const auto id : map.canonicalOrder()) {
    const auto& e = map.entry(id);
    if (e.part != ModelPart::Encoder) continue;
    const bool trains = e.role == ParameterRole::Bias || e.role == ParameterRole::BiasTable || e.role == ParameterRole::LayerScale ||
                        e.role == ParameterRole::NeckNormBias;
    if (trains && (spec.keepExcludedBiases || !isExcluded(e, spec))) ids.push_back(id);
  }
  return ids;
}

std::vector<std::size_t> trainedOutputTensors(const ParameterMap& map, DecoderMode mode) {
  std::vector<std::size_t> ids;
  if (mode == DecoderMode::Freeze) return ids;
  for (const auto id : map.canonicalOrder()) {
    const auto& e = map.entry(id);
    const bool decoder = e.part == ModelPart::Decoder && e.role != ParameterRole::NormStatistic;
    const bool trains = mode == DecoderMode::Train ? decoder : decoder && e.affectsOutput && e.role == ParameterRole::Bias;
    if (trains || e.role == ParameterRole::NoMaskEmbed || e.part == ModelPart::Head) ids.push_back(id);
  }
  return ids;
}

std::vector<std::size_t> learnedTensors(const ParameterMap& map) {
  std::vector<std::size_t> ids;
  for (const auto id : map.canonicalOrder()) {
    const auto& e = map.entry(id);
    const bool learned = e.role != ParameterRole::NormStatistic;
    if (learned && (e.part != ModelPart::PromptEncoder || e.role == ParameterRole::NoMaskEmbed)) ids.push_back(id);
  }
  return ids;
}

std::vector<std::size_t> lastMapTensors(const ParameterMap& map) {
  std::vector<std::size_t> ids;
  for (const auto id : map.canonicalOrder()) {
    const auto& e = map.entry(id);
    const auto holds = [&](const std::string& text) { return e.name.find(text) != std::string::npos; };
    const bool isInDecoder =
        e.part == ModelPart::Decoder && (holds("output_hypernetworks_mlps.0.layers.2.") || holds("output_upscaling.3."));
    if (e.part == ModelPart::Head || isInDecoder) ids.push_back(id);
  }
  return ids;
}

TrainedSizes trainedSizesOf(const ParameterMap& map) {
  TrainedSizes sizes;
  sizes.encoderVectors = countOf(map, trainedEncoderVectors(map, {}));
  sizes.decoder = countOf(map, trainedOutputTensors(map, DecoderMode::Train));
  sizes.decoderVectors = countOf(map, trainedOutputTensors(map, DecoderMode::Sparse));
  sizes.learnedInEncoder = countOf(map, learnedTensors(map)) - sizes.decoder;
  sizes.lastMap = countOf(map, lastMapTensors(map));
  for (const auto id : map.matrixIds())
    if (const auto& e = map.entry(id); e.part == ModelPart::Decoder && e.affectsOutput) sizes.decoderMatrices.push_back({e.rows, e.cols});
  return sizes;
}

std::int64_t countOf(const ParameterMap& map, const std::vector<std::size_t>& ids) {
  std::int64_t n = 0;
  for (const auto id : ids) n += map.entry(id).count;
  return n;
}

}  // namespace gps
