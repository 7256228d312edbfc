#include "app/cli/benchmodel.h"

#include <algorithm>
#include <string>

#include "app/cli/errortext.h"
#include "app/cli/options.h"
#include "core/checkpoints/loading.h"
#include "core/values/error.h"

namespace gps::cli {

BenchModel readyBenchModel(TrainSpec& spec) {
  constexpr std::uint64_t kWeightsSeed = 42;
  if (spec.model.id.empty() && spec.model.weightsPath.empty()) requireGiven(spec.model.id, "--model", "a model id: --model ID");
  resetPeakMemory();
  BenchModel ready;
  if (spec.model.weightsPath.empty()) {
    ready.model = Model::create(spec.model.id, spec.model.imageSize, spec.model.classes);
    ready.model->fillRandom(kWeightsSeed);
  } else {
    ready.model = loadModel(spec.model).model;
  }
  ready.device = useDevice(*ready.model, spec.device);
  if (spec.batch == 0) spec.batch = defaultBatch(ready.model->description(), ready.model->imageSize());
  return ready;
}

Json benchJson(const BenchModel& ready, const TrainSpec& spec, const std::vector<double>& milliseconds) {
  Json json;
  json["model"] = ready.model->description().id;
  json["image_size"] = ready.model->imageSize();
  json["batch"] = spec.batch;
  json["precision"] = wordOf(spec.device.precision);
  json["device"] = ready.device.name;
  json["ms_median"] = medianOf(milliseconds);
  json["ms_all"] = milliseconds;
  json["peak_mib"] = peakMemoryMib();
  return json;
}

std::string benchTitle(const Json& result, const std::string& what) {
  std::string title = result["model"].get<std::string>();
  title.append(" at ").append(std::to_string(result["image_size"].get<int>())).append(" px, batch ");
  title.append(std::to_string(result["batch"].get<int>())).append(", ");
  if (!what.empty()) title.append(what).append(", ");
  return title.append(result["precision"].get<std::string>()).append(" on ").append(result["device"].get<std::string>());
}

void requireRuns(int runs) {
  if (runs < 1 || runs > 100000)
    throw Error(ErrorCode::BadArgument, "--runs", std::to_string(runs) + " is out of range", "Give a whole number of 1 to 100000");
}

double medianOf(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const auto half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

}  // namespace gps::cli
