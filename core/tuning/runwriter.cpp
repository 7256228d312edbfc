#include "core/tuning/runwriter.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <thread>

#include "core/checkpoints/readers/foldersync.h"
#include "core/tuning/metricsjson.h"
#include "core/tuning/runfolder.h"
#include "core/tuning/textfile.h"
#include "core/values/error.h"

namespace gps {

namespace fs = std::filesystem;

// A killed process may have left unfinished files.
static void removeTemporaries(const std::string& folder) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    if (entry.path().extension() == ".tmp") fs::remove(entry.path(), ignored);
}

// False: another program has it. One that only looks whether the run is being written has it for a moment.
static bool takeLock(int lock) {
  for (int tries = 0; tries < 20; ++tries) {
    if (::flock(lock, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

RunWriter::RunWriter(std::string folder, bool resume, bool isSilent) : m_folder(std::move(folder)), m_isSilent(isSilent) {
  if (m_isSilent) return;
  const auto refuseToOverwrite = [&] {
    if (!resume && fs::exists(m_folder + "/run.toml"))
      throw Error(ErrorCode::BadArgument, m_folder, "already holds a run", "Choose another --out, or continue it with --resume");
  };
  refuseToOverwrite();
  std::error_code failure;
  fs::create_directories(m_folder + "/deltas", failure);
  if (!failure) fs::create_directories(m_folder + "/state", failure);
  if (failure)
    throw Error(ErrorCode::Io, m_folder, "the run folder could not be created: " + failure.message(),
                "Choose a folder that may be written to");
  const auto lockPath = m_folder + "/lock";
  m_lock = ::open(lockPath.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (m_lock < 0)
    throw Error(ErrorCode::Io, lockPath, std::string("could not be opened: ") + std::strerror(errno),
                "Choose a folder that may be written to");
  try {
    // Some network disks have no locks; a run there goes unguarded.
    if (!takeLock(m_lock))
      throw Error(ErrorCode::Mismatch, m_folder, "another program is writing this run", "Wait until it ends, or choose another --out");
    refuseToOverwrite();  // it may have been written meanwhile
  } catch (...) {
    ::close(m_lock);
    throw;
  }
  for (const auto* part : {"", "/deltas", "/state"}) removeTemporaries(m_folder + part);
  syncFolderOf(lockPath);
  syncFolderOf(m_folder);
}

RunWriter::~RunWriter() {
  if (m_lock >= 0) ::close(m_lock);
}

void RunWriter::writeSpec(const TrainSpec& spec) {
  if (!m_isSilent) writeTextAtomically(m_folder + "/run.toml", toToml(spec));
}

void RunWriter::writeEnvironment(const std::string& json) {
  if (!m_isSilent) writeTextAtomically(m_folder + "/env.json", json + "\n");
}

void RunWriter::writeTotals(const RunTotals& totals) {
  if (!m_isSilent) writeTextAtomically(m_folder + "/outcome.json", toJsonText(totals) + "\n");
}

void RunWriter::withdraw() {
  if (m_isSilent) return;
  std::error_code ignored;
  fs::remove(m_folder + "/run.toml", ignored);
  fs::remove(m_folder + "/env.json", ignored);
}

void RunWriter::rewriteMetrics(const std::vector<EpochRecord>& epochs) {
  if (m_isSilent) return;
  std::string text;
  for (const auto& e : epochs) text += metricsLine(e) + "\n";
  writeTextAtomically(m_folder + "/metrics.jsonl", text);
}

void RunWriter::addMetrics(const EpochRecord& record) {
  if (!m_isSilent) appendLine(m_folder + "/metrics.jsonl", metricsLine(record));
}

void RunWriter::log(const std::string& line) {
  if (m_isSilent) return;
  char stamp[32];
  const auto now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ ", &parts);
  appendLine(m_folder + "/log.txt", stamp + line);
}

void RunWriter::removePasses() {
  if (m_isSilent) return;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(stateFolder(), ignored))
    if (entry.path().string().starts_with(passPath())) fs::remove(entry.path(), ignored);
}

void RunWriter::removeDeltasBehind(int epoch) {
  if (m_isSilent) return;
  std::error_code ignored;
  bool isThere = true;
  while (isThere) {
    ++epoch;
    isThere = fs::remove(epochPath(epoch), ignored);
    isThere = fs::remove(averagedPath(epoch), ignored) || isThere;
  }
}

std::string RunWriter::epochPath(int epoch) const { return m_folder + "/deltas/" + deltaName(epoch, false); }
std::string RunWriter::averagedPath(int epoch) const { return m_folder + "/deltas/" + deltaName(epoch, true); }

void RunWriter::markFinished() {
  if (!m_isSilent) writeTextAtomically(m_folder + "/state/finished", "1\n");
}

}  // namespace gps
