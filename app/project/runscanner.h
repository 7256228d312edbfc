#pragma once
// The runs under a folder, as they stand on the disk. What has not changed since the last look is not read again. One thread at a time;
// no GUI, no torch.
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "app/project/leakevidence.h"
#include "core/tuning/runfolder.h"

namespace gps::app {

enum class RunStanding { Running, Finished, Stopped, Failed, Unreadable };

struct RunEntry {
  QString id;      // its path under the folder of runs, "sweep/k3-seed1"
  QString folder;  // absolute
  RunStanding standing = RunStanding::Stopped;
  QString problem;      // of a failed or unreadable run, technical English
  RunRecord record;     // empty for an unreadable one
  double deltaMib = 0;  // of the best epoch
  qint64 startedMs = 0;
  std::map<std::string, std::string> settings;  // run.toml by key
  LeakEvidence recordedLeaks;                   // env.json: what was found when it began
  std::vector<std::uint64_t> pictures;          // fingerprints of those it was selected and trained on, ascending; empty: not known
};
using RunPtr = std::shared_ptr<const RunEntry>;

class RunScanner {
 public:
  struct Result {
    QList<RunPtr> runs;   // newest first; the same pointers for runs that have not changed
    QStringList watched;  // folders and files that tell of changes
    bool isStopped = false;
  };
  explicit RunScanner(QString folder) : m_folder(std::move(folder)) {}
  // some: called now and then with what is known so far. Never throws for what stands on the disk.
  Result scan(const std::atomic<bool>& stop, const std::function<void(const QList<RunPtr>&)>& some = {});
  int read() const { return m_read; }  // run folders that the last scan had to read

 private:
  struct Stamp {
    qint64 spec = 0, metrics = 0, outcome = 0, log = 0;  // time and size, mixed
    bool isFinished = false, isWritten = false;
    bool operator==(const Stamp&) const = default;
  };
  struct Known {
    Stamp stamp;
    RunPtr run;
  };
  void collect(const QString& folder, const QString& id, int depth, QStringList& found, Result& result) const;
  static Stamp stampOf(const QString& folder);
  static RunPtr read(const QString& folder, const QString& id, const Stamp& stamp);
  QString m_folder;
  QHash<QString, Known> m_known;
  int m_read = 0;
};

}  // namespace gps::app
