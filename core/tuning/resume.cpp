#include "core/tuning/resume.h"

#include <map>
#include <sstream>

#include "core/tuning/runfolder.h"
#include "core/values/error.h"

namespace gps {

namespace {

std::map<std::string, std::string> settingsOf(const TrainSpec& spec) {
  std::map<std::string, std::string> settings;
  std::istringstream lines(toToml(spec));
  std::string section;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("[")) section = line.substr(1, line.size() - 2);
    const auto at = line.find(" = ");
    if (at != std::string::npos && !line.starts_with("#")) settings[section + "." + line.substr(0, at)] = line.substr(at + 3);
  }
  return settings;
}

}  // namespace

std::string differenceOf(const TrainSpec& before, const TrainSpec& after) {
  const auto old = settingsOf(before);
  std::string text;
  for (const auto& [key, value] : settingsOf(after))
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
