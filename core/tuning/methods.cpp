#include "core/tuning/methods.h"

#include "core/selection/trainedvectors.h"
#include "core/values/error.h"

namespace gps {

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
      add(learnedTensors(*map));
      break;
    case Method::Decoder:
      add(trainedOutputTensors(*map, DecoderMode::Train));
      break;
    case Method::Linear:
      add(lastMapTensors(*map));
      break;
  }
  return TrainableSet(map, std::move(offsets), std::move(whole));
}

}  // namespace gps
