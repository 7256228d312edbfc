#include "core/tuning/resume.h"

#include "core/tuning/runfolder.h"
#include "core/values/error.h"

namespace gps {

std::string differenceOf(const TrainSpec& before, const TrainSpec& after) {
  const auto old = settingsByKey(before);
  std::string text;
  for (const auto& [key, value] : settingsByKey(after))
    if (old.at(key) != value) text += (text.empty() ? "" : ", ") + key + " = " + value + " instead of " + old.at(key);
  return text;
}

TrainSpec resumedSpec(const TrainSpec& begun, const TrainSpec& asked) {
  TrainSpec spec = begun;
  if (!asked.model.weightsPath.empty()) spec.model.weightsPath = asked.model.weightsPath;
  if (!asked.dataFolder.empty()) spec.dataFolder = asked.dataFolder;
  spec.device = asked.device;
  spec.selection.microBatch = asked.selection.microBatch;
  spec.recompute = asked.recompute;
  spec.eager = asked.eager;
  spec.backward = asked.backward;
  spec.learningRate = asked.learningRate;
  spec.minLearningRate = asked.minLearningRate;
  if (asked.batch > 0) spec.batch = asked.batch;
  spec.resume = true;
  return spec;
}

void requireResumable(const TrainSpec& begun, const TrainSpec& asked) {
  const auto difference = differenceOf(resumedSpec(begun, asked), asked);
  if (difference.empty()) return;
  throw Error(ErrorCode::BadArgument, "--resume", "this run was begun with other settings, which cannot be changed any more: " + difference,
              "Leave them out, or start a new run");
}

}  // namespace gps
