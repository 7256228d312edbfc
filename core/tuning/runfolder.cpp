#include "core/tuning/runfolder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/checkpoints/deltapath.h"
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
  run.totals = readTotals(folder);
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

bool isBeingWritten(const std::string& runFolder) {
  const int lock = ::open((runFolder + "/lock").c_str(), O_RDONLY | O_CLOEXEC);
  if (lock < 0) return false;
  const bool isFree = ::flock(lock, LOCK_SH | LOCK_NB) == 0 || errno != EWOULDBLOCK;
  ::close(lock);  // and so is the lock
  return !isFree;
}

std::string failureInLog(const std::string& runFolder) {
  constexpr std::streamoff kTail = 4096;  // a line is shorter
  std::ifstream in(runFolder + "/log.txt", std::ios::binary | std::ios::ate);
  if (!in) return {};
  in.seekg(std::max<std::streamoff>(0, std::streamoff(in.tellg()) - kTail));
  std::string last;
  for (std::string line; std::getline(in, line);)
    if (!line.empty()) last = line;
  const auto text = last.substr(std::min(last.find(' '), last.size() - 1) + (last.empty() ? 0 : 1));  // behind the time
  const std::string word = "failed: ";
  return text.starts_with(word) ? text.substr(word.size()) : std::string();
}

double deltaMib(const std::string& runFolder, int epoch) {
  if (epoch <= 0) return 0;
  double bytes = 0;
  for (const auto& name : {std::string(kDeltaBaseName), deltaName(epoch, false)}) {
    std::error_code failure;
    if (const auto size = fs::file_size(runFolder + "/deltas/" + name, failure); !failure) bytes += double(size);
  }
  return bytes / (1 << 20);
}

RunTotals totalsOf(const TrainOutcome& outcome) {
  return {outcome.trainable, outcome.trainableTotal, outcome.seconds, outcome.selectionSeconds, outcome.peakMib};
}

std::string toJsonText(const RunTotals& t) {
  return nlohmann::json{{"trainable", t.trainable},
                        {"trainable_total", t.trainableTotal},
                        {"seconds", t.seconds},
                        {"selection_seconds", t.selectionSeconds},
                        {"peak_mib", t.peakMib}}
      .dump(2);
}

std::optional<RunTotals> readTotals(const std::string& runFolder) {
  try {
    const auto json = nlohmann::json::parse(readText(runFolder + "/outcome.json"));
    return RunTotals{json.at("trainable"), json.at("trainable_total"), json.at("seconds"), json.at("selection_seconds"),
                     json.at("peak_mib")};
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace gps
