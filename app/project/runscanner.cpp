#include "app/project/runscanner.h"

#include <sys/stat.h>

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <algorithm>

#include "core/checkpoints/deltapath.h"
#include "core/checkpoints/readers/picturelist.h"
#include "core/tuning/metricsjson.h"
#include "core/values/error.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDepth = 3;          // a sweep is a folder of runs; folders of sweeps are read as well
constexpr int kTellEveryMs = 150;  // while many runs are read for the first time
constexpr qsizetype kMostWatched = 200;

struct FileStatus {
  qint64 timeNs = 0, size = -1;
  bool exists() const { return size >= 0; }
};

FileStatus statusOf(const QString& path) {
  struct stat s {};
  if (::stat(QFile::encodeName(path).constData(), &s) != 0) return {};
  return {qint64(s.st_mtim.tv_sec) * 1'000'000'000 + s.st_mtim.tv_nsec, qint64(s.st_size)};
}

// Equal only for the same time and size, as far as a number can tell.
qint64 mixed(const FileStatus& status) { return status.exists() ? qint64(quint64(status.timeNs) * 1'000'003U + quint64(status.size)) : -1; }

bool holdsRun(const QString& folder) { return statusOf(folder + "/run.toml"_L1).exists(); }

// Something of a run, but not what says which.
bool holdsRest(const QString& folder) {
  return statusOf(folder + "/metrics.jsonl"_L1).exists() || statusOf(folder + "/deltas/base.safetensors"_L1).exists();
}

LeakEvidence recordedLeaks(const QString& folder) {
  LeakEvidence evidence;
  QFile file(folder + "/env.json"_L1);
  if (!file.open(QIODevice::ReadOnly)) return evidence;
  const QJsonObject env = QJsonDocument::fromJson(file.readAll()).object();
  evidence.isChecked = env.value("leaks"_L1).isArray();
  evidence.pairs = int(env.value("leaks"_L1).toArray().size());
  for (const QJsonValue& known : env.value("contamination"_L1).toArray()) evidence.seen << known["data_set"_L1].toString();
  return evidence;
}

// What cannot be read tells nothing: the run is none the worse for it.
std::vector<std::uint64_t> picturesOf(const std::string& folder) {
  std::vector<std::uint64_t> all;
  for (const char* name : {kDeltaBaseName, kRunPicturesName}) {
    const std::string path = folder + "/deltas/" + name;
    if (!QFile::exists(QFile::decodeName(path.c_str()))) continue;
    try {
      const auto pictures = readPictures(openTensorFile(path));
      all.insert(all.end(), pictures.begin(), pictures.end());
    } catch (const std::exception&) {
      continue;
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace

RunScanner::Stamp RunScanner::stampOf(const QString& folder) {
  Stamp stamp;
  stamp.spec = mixed(statusOf(folder + "/run.toml"_L1));
  stamp.metrics = mixed(statusOf(folder + "/metrics.jsonl"_L1));
  stamp.outcome = mixed(statusOf(folder + "/outcome.json"_L1));
  stamp.isFinished = statusOf(folder + "/state/finished"_L1).exists();
  if (stamp.isFinished) return stamp;
  stamp.log = mixed(statusOf(folder + "/log.txt"_L1));
  stamp.isWritten = isBeingWritten(QFile::encodeName(folder).toStdString());
  return stamp;
}

RunPtr RunScanner::read(const QString& folder, const QString& id, const Stamp& stamp) {
  auto run = std::make_shared<RunEntry>();
  run->id = id;
  run->folder = folder;
  const std::string path = QFile::encodeName(folder).toStdString();
  const auto started = statusOf(folder + "/env.json"_L1);  // written once
  run->startedMs = (started.exists() ? started : statusOf(folder + "/run.toml"_L1)).timeNs / 1'000'000;
  run->recordedLeaks = recordedLeaks(folder);
  run->pictures = picturesOf(path);
  try {
    run->record = readRun(path);
    run->settings = settingsByKey(run->record.spec);
    run->deltaMib = deltaMib(path, run->record.bestEpoch);
    run->standing = stamp.isFinished ? RunStanding::Finished : stamp.isWritten ? RunStanding::Running : RunStanding::Stopped;
    if (run->standing == RunStanding::Stopped) {
      run->problem = QString::fromStdString(failureInLog(path));
      if (!run->problem.isEmpty()) run->standing = RunStanding::Failed;
    }
  } catch (const std::exception& error) {
    run->standing = stamp.isWritten ? RunStanding::Running : RunStanding::Unreadable;
    run->problem = QString::fromUtf8(error.what());
    run->record = {};
  }
  return run;
}

void RunScanner::collect(const QString& folder, const QString& id, int depth, QStringList& found, Result& result) const {
  result.watched << folder;
  const QDir dir(folder);
  for (const QString& name : dir.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
    const QString path = folder + u'/' + name, childId = id.isEmpty() ? name : QString(id + u'/' + name);
    if (holdsRun(path) || holdsRest(path))
      found << childId;
    else if (depth > 1 && !name.startsWith(u'.'))
      collect(path, childId, depth - 1, found, result);
  }
}

RunScanner::Result RunScanner::scan(const std::atomic<bool>& stop, const std::function<void(const QList<RunPtr>&)>& some) {
  Result result;
  QStringList found;
  m_read = 0;
  collect(m_folder, {}, kDepth, found, result);
  const auto newestFirst = [](const RunPtr& a, const RunPtr& b) {
    return a->startedMs != b->startedMs ? a->startedMs > b->startedMs : a->id > b->id;
  };
  // Folders are named by time: what is read first is what is looked at first.
  std::reverse(found.begin(), found.end());
  QHash<QString, Known> known;
  QElapsedTimer told;
  told.start();
  for (const QString& id : std::as_const(found)) {
    if (stop) {
      result.isStopped = true;
      return result;
    }
    const QString folder = m_folder + u'/' + id;
    const Stamp stamp = stampOf(folder);
    auto it = m_known.constFind(id);
    Known now = it != m_known.cend() && it->stamp == stamp ? *it : Known{stamp, nullptr};
    if (!now.run) {
      now.run = read(folder, id, stamp);
      ++m_read;
    }
    known.insert(id, now);
    result.runs << now.run;
    // Lines added to a file do not change its folder.
    if (now.run->standing == RunStanding::Running) result.watched << folder + "/metrics.jsonl"_L1 << folder;
    if (some && m_known.isEmpty() && told.elapsed() > kTellEveryMs) {
      QList<RunPtr> first = result.runs;
      std::sort(first.begin(), first.end(), newestFirst);
      some(first);
      told.restart();
    }
  }
  m_known = std::move(known);
  std::sort(result.runs.begin(), result.runs.end(), newestFirst);
  if (result.watched.size() > kMostWatched) result.watched.resize(kMostWatched);  // the slow look finds the rest
  return result;
}

}  // namespace gps::app
