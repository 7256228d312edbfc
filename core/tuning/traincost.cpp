#include "core/tuning/traincost.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>

#include "core/backbones/device.h"
#include "core/backbones/modelparts.h"
#include "core/data/dataset.h"
#include "core/data/loadingtimes.h"
#include "core/nn/errortranslation.h"
#include "core/tuning/schedule.h"
#include "core/tuning/step/objective.h"
#include "core/tuning/stepbench.h"
#include "core/tuning/trainer.h"

namespace gps {

namespace {

constexpr int kWarmUps = 1, kSteps = 3, kGpuWarmUps = 4, kGpuSteps = 8;
constexpr int kScoredBatches = 1;

// Of /proc/meminfo in bytes; 0 where there is none.
double availableMemory() {
  std::ifstream file("/proc/meminfo");
  std::string key;
  for (double kib = 0; file >> key >> kib; file.ignore(64, '\n'))
    if (key == "MemAvailable:") return kib * 1024;
  return 0;
}

double freeDisk(std::filesystem::path folder) {
  std::error_code failure;
  while (!folder.empty() && !std::filesystem::exists(folder, failure) && folder != folder.parent_path()) folder = folder.parent_path();
  const auto space = std::filesystem::space(folder, failure);
  return failure ? 0 : double(space.available);
}

std::vector<DataItem> trainingItems(const DataSummary& data, const TrainSpec& spec) {
  auto items = itemsOfSplit(data, "train");
  if (spec.trainOnVal) {
    const auto more = itemsOfSplit(data, "val");
    items.insert(items.end(), more.begin(), more.end());
  }
  return limited(std::move(items), spec.limit);
}

std::vector<DataItem> validationItems(const DataSummary& data, const TrainSpec& spec) {
  auto items = spec.trainOnVal ? std::vector<DataItem>{} : itemsOfSplit(data, "val", spec.validationLimit);
  return items.empty() ? itemsOfSplit(data, "test", spec.validationLimit) : items;
}

void count(TrainCost& cost, const StepTimes& times, const TrainSpec& spec, std::int64_t parameters) {
  cost.selected = spec.method == Method::Gps ? times.selected : 0;
  cost.trainableTotal = times.trainableTotal;
  cost.parameters = parameters;
  const auto bytes = runBytes(cost.selected, cost.trainableTotal, spec.emaDecay > 0);
  cost.deltaBaseBytes = bytes.base;
  cost.deltaEpochBytes = bytes.epoch;
  cost.stateBytes = bytes.state;
  cost.trainingStateBytes = kTrainingStateBytes * cost.trainableTotal;
  cost.denseStateBytes = kTrainingStateBytes * parameters;
}

}  // namespace

TrainCost measureTrainCost(Model& model, const DataSummary& data, std::shared_ptr<const ImageSource> images, const Selection* selection,
                           const TrainSpec& asked, const std::string& folder, RunControl& control) {
  TrainCost cost;
  auto checked = asked;
  if (checked.runFolder.empty()) checked.runFolder = folder;
  if (const auto problems = validate(checked); !problems.empty()) throw Error(ErrorCode::BadArgument, "training", problems.front());
  auto spec = resolvedFor(asked, model);
  if (selection != nullptr) spec.selection.decoder = selection->spec.decoder;
  const auto objective = makeObjective(model, data, images, spec);
  const auto items = trainingItems(data, spec), scored = validationItems(data, spec);
  if (items.empty()) throw Error(ErrorCode::BadArgument, data.folder, "has no training pictures");

  readyForPass(model, spec);
  const auto device = describeDevice(spec.device);
  cost.device = device.name;
  cost.isCuda = device.isCuda;
  cost.deviceMemoryBytes = device.memoryMib * 1024 * 1024;
  cost.precision = spec.device.precision;
  cost.batch = spec.batch;
  cost.imageSize = spec.model.imageSize;
  cost.trainingPictures = std::int64_t(items.size());
  cost.validationPictures = std::int64_t(scored.size());
  cost.stepsPerEpoch = (cost.trainingPictures + spec.batch - 1) / spec.batch;
  cost.epochs = epochsToRun(spec);

  StepBench bench;
  bench.warmUps = device.isCuda ? kGpuWarmUps : kWarmUps;
  bench.steps = device.isCuda ? kGpuSteps : kSteps;
  bench.columns = "random";
  bench.selection = selection;
  cost.isSelectionReal = selection != nullptr || spec.method != Method::Gps;
  const auto times = timeSteps(model, spec, bench, control);
  cost.stepMs = times.milliseconds;
  cost.peakMib = times.peakMib;
  cost.isPeakOfSteps = times.isPeakOfSteps;
  count(cost, times, spec, model.parts().map->parameterCount());

  const auto loading = measureLoading(objective->loading(items), images, control);
  cost.loadedBatches = loading.batches;
  cost.firstLoadMs = loading.firstMs;
  cost.laterLoadMs = loading.laterMs;
  cost.keptShare = loading.keptShare;

  if (!scored.empty()) {
    const auto few = limited(scored, std::min<int>(int(scored.size()), kScoredBatches * std::min(spec.batch, 8)));
    const auto start = std::chrono::steady_clock::now();
    withTorchErrors("validation", [&] { objective->score(few, control); });
    cost.validationSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    cost.validationMeasured = int(few.size());
  }
  cost.freeDiskBytes = freeDisk(folder);
  cost.freeMemoryBytes = device.isCuda ? 0 : availableMemory();
  return cost;
}

}  // namespace gps
