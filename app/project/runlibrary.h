#pragma once
// All runs of the open project, those of the command line and of sweeps with them, as they come and go and grow on the disk. Reading
// happens on a thread of its own. The folder is watched; and since some disks tell of nothing, it is looked at every few seconds as well.
// GUI thread.
#include <QFileSystemWatcher>
#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <atomic>
#include <memory>

#include "app/project/runscanner.h"

namespace gps::app {

class RunLibrary : public QObject {
  Q_OBJECT
 public:
  explicit RunLibrary(QObject* parent = nullptr);
  ~RunLibrary() override;
  void setFolder(const QString& runsFolder);  // need not exist; empty: none
  const QString& folder() const { return m_folder; }
  const QList<RunPtr>& runs() const { return m_runs; }  // newest first
  RunPtr run(const QString& id) const;                  // null: none
  RunPtr runIn(const QString& folder) const;            // by its folder
  bool isComplete() const { return m_isComplete; }      // the folder has been read once
  void look();                                          // soon; for those who know of a change
  void setPollMs(int live, int still);                  // for tests

 Q_SIGNALS:
  void changed();

 private:
  void scan();
  void accept(const RunScanner::Result& result);
  void watch(const QStringList& paths);
  QString m_folder;
  QList<RunPtr> m_runs;
  std::shared_ptr<RunScanner> m_scanner;
  std::shared_ptr<std::atomic<bool>> m_stop;  // of the scanner; also says that its answers are no longer wanted
  QFileSystemWatcher m_watcher;
  QTimer m_soon, m_poll;
  QThreadPool m_pool;
  int m_liveMs = 2000, m_stillMs = 5000;
  bool m_isComplete = false, m_isScanning = false, m_scansAgain = false;
};

}  // namespace gps::app
