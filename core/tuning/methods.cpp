#include "core/tuning/methods.h"

#include "core/selection/trainedvectors.h"
#include "core/values/error.h"

namespace gps {

// The last linear map before the answer.
static bool isLastMap(const ParameterEntry& e) {
  if (e.part == ModelPart::Head) return true;
  const auto ends = [&](const std::string& tail) { return e.name.find(tail) != std::string::npos; };
  return e.part == ModelPart::Decoder && (ends("output_hypernetworks_mlps.0.layers.2.") || ends("output_upscaling.3."));
}

TrainableSet makeTrainableSet(std::shared_ptr<const ParameterMap> map, Method method, DecoderMode decoder, const Selection* selection) {
  std::vector<std::size_t> whole;
  std::vector<std::uint32_t> offsets;
  const auto add = [&](const std::vector<std::size_t>& ids) { whole.insert(whole.end(), ids.begin(), ids.end()); };
  switch (method) {
    case Method::Gps:
    case Method::Bias: {
      SelectionSpec spec = selection != nullptr ? selection->spec : SelectionSpec{};
      spec.decoder = decoder;
      add(trainedEncoderVectors(*map, spec));
      add(trainedOutputTensors(*map, decoder));
      if (method == Method::Bias) break;
      if (selection == nullptr) throw Error(ErrorCode::BadArgument, "method gps", "needs a selection");
      if (selection->spec.decoder != decoder)
        throw Error(ErrorCode::Mismatch, "selection", "was made for --decoder " + wordOf(selection->spec.decoder),
                    "Train with the same --decoder or select again");
      offsets = selection->offsets;
      break;
    }
    case Method::Full:
      for (const auto id : map->canonicalOrder()) {
        const auto& e = map->entry(id);
        const bool learned = e.role != ParameterRole::NormStatistic;
        if (learned && (e.part != ModelPart::PromptEncoder || e.role == ParameterRole::NoMaskEmbed)) whole.push_back(id);
      }
      break;
    case Method::Decoder:
      add(trainedOutputTensors(*map, DecoderMode::Train));
      break;
    case Method::Linear:
      for (const auto id : map->canonicalOrder())
        if (isLastMap(map->entry(id))) whole.push_back(id);
      break;
  }
  return TrainableSet(map, std::move(offsets), std::move(whole));
}

}  // namespace gps
