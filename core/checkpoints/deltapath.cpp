#include "core/checkpoints/deltapath.h"

#include <charconv>
#include <cmath>
#include <filesystem>
#include <map>

#include "core/checkpoints/deltafile.h"
#include "core/values/error.h"

namespace gps {
namespace {

namespace fs = std::filesystem;

// "7" -> 7; -1 for anything else.
int epochOf(std::string_view text) {
  int epoch = -1;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), epoch);
  return problem == std::errc() && end == text.data() + text.size() && epoch >= 0 ? epoch : -1;
}

// deltas/ of a run, or the folder itself when it holds them.
fs::path deltaFolder(const fs::path& run) { return fs::is_directory(run / "deltas") ? run / "deltas" : run; }

std::map<int, fs::path> epochFiles(const fs::path& run) {
  constexpr std::string_view kPrefix = "epoch-", kSuffix = ".safetensors";
  std::map<int, fs::path> files;
  std::error_code ignored;
  for (const auto& item : fs::directory_iterator(deltaFolder(run), ignored)) {
    const std::string name = item.path().filename().string();
    if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix)) continue;
    const int epoch = epochOf(std::string_view(name).substr(kPrefix.size(), name.size() - kPrefix.size() - kSuffix.size()));
    if (epoch > 0) files.emplace(epoch, item.path());
  }
  if (files.empty())
    throw Error(ErrorCode::NotFound, run.string(), "is a folder without deltas of a run",
                "Give a run folder with at least one finished epoch");
  return files;
}

std::string averagedFile(const fs::path& run, int epoch) {
  const fs::path path = deltaFolder(run) / deltaName(epoch, true);
  if (fs::exists(path)) return path.string();
  throw Error(ErrorCode::NotFound, run.string(), "has no averaged values of epoch " + std::to_string(epoch),
              "They are written with an EMA decay above 0 (--ema)");
}

std::string fileOfEpoch(const fs::path& run, int epoch) {
  const auto files = epochFiles(run);
  const auto found = files.find(epoch);
  if (found != files.end()) return found->second.string();
  throw Error(ErrorCode::NotFound, run.string(), "has no epoch " + std::to_string(epoch),
              "It has epochs " + std::to_string(files.begin()->first) + " to " + std::to_string(files.rbegin()->first));
}

std::string fileOfBest(const fs::path& run) {
  const auto files = epochFiles(run);
  double best = 0;
  std::string chosen = files.rbegin()->second.string();
  for (const auto& [epoch, file] : files) {
    const auto metrics = readDeltaInfo(file.string()).metrics;
    auto headline = metrics.find("dice_mean");
    if (headline == metrics.end()) headline = metrics.find("top1");
    if (headline == metrics.end() || !(headline->second > best)) continue;
    best = headline->second;
    chosen = file.string();
  }
  return chosen;
}

}  // namespace

std::string resolveDeltaPath(const std::string& pathOrRun) {
  std::error_code ignored;
  if (fs::is_directory(pathOrRun, ignored)) return fileOfBest(pathOrRun);
  const auto at = pathOrRun.rfind('@');
  if (fs::exists(pathOrRun, ignored) || at == std::string::npos) return pathOrRun;  // opening reports what is wrong with a file
  const std::string run = pathOrRun.substr(0, at);
  constexpr std::string_view kAverage = "-average";
  std::string_view word = std::string_view(pathOrRun).substr(at + 1);
  const bool isAveraged = word.ends_with(kAverage);
  if (isAveraged) word.remove_suffix(kAverage.size());
  const int epoch = epochOf(word);
  if (!fs::is_directory(run, ignored))
    throw Error(ErrorCode::NotFound, run, "the run folder does not exist", "Check the path before the @");
  if (epoch < 0)
    throw Error(ErrorCode::NotFound, pathOrRun, "\"" + pathOrRun.substr(at + 1) + "\" is not an epoch",
                "Write RUN@7 for the seventh epoch");
  return isAveraged ? averagedFile(run, epoch) : fileOfEpoch(run, epoch);
}

}  // namespace gps
