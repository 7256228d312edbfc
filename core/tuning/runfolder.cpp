#include "core/tuning/runfolder.h"

#include <algorithm>
#include <filesystem>

#include "core/tuning/metricsjson.h"
#include "core/tuning/textfile.h"
#include "core/values/error.h"

namespace gps {

namespace fs = std::filesystem;

RunRecord readRun(const std::string& folder) {
  RunRecord run;
  run.folder = folder;
  const auto specPath = folder + "/run.toml";
  if (!fs::exists(specPath))
    throw Error(ErrorCode::NotFound, folder, "is not a run folder: it has no run.toml", "Name the folder given to gps train --out");
  run.spec = trainSpecFromToml(readText(specPath), specPath);
  run.spec.runFolder = folder;
  const auto metrics = folder + "/metrics.jsonl";
  if (fs::exists(metrics)) run.epochs = readMetrics(metrics, run.spec.device.precision);
  run.bestEpoch = bestEpochOf(run.epochs);
  run.finished = fs::exists(folder + "/state/finished");
  run.resumable = !run.finished;
  return run;
}

std::vector<RunRecord> listRuns(const std::string& projectFolder) {
  std::vector<std::pair<fs::file_time_type, RunRecord>> found;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(projectFolder, failure)) {
    try {
      if (entry.is_directory()) found.emplace_back(fs::last_write_time(entry.path() / "run.toml"), readRun(entry.path().string()));
    } catch (const std::exception&) {
      // Not a run, or one that cannot be read: the list shows what can.
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<RunRecord> runs;
  for (auto& [time, run] : found) runs.push_back(std::move(run));
  return runs;
}

}  // namespace gps
