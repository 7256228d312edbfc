#include "app/project/runlibrary.h"

#include <QDir>
#include <algorithm>

namespace gps::app {

namespace {
constexpr int kSoonMs = 120;  // several writes of one moment are one change
}

RunLibrary::RunLibrary(QObject* parent) : QObject(parent) {
  m_pool.setMaxThreadCount(1);
  m_pool.setThreadPriority(QThread::LowPriority);
  m_soon.setSingleShot(true);
  m_soon.setInterval(kSoonMs);
  connect(&m_soon, &QTimer::timeout, this, &RunLibrary::scan);
  connect(&m_poll, &QTimer::timeout, this, &RunLibrary::scan);
  connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &RunLibrary::look);
  connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &RunLibrary::look);
}

RunLibrary::~RunLibrary() {
  if (m_stop) *m_stop = true;
  m_pool.waitForDone();
}

void RunLibrary::setFolder(const QString& runsFolder) {
  if (runsFolder == m_folder) return look();
  if (m_stop) *m_stop = true;
  m_folder = runsFolder;
  m_runs.clear();
  m_isComplete = m_isScanning = m_scansAgain = false;
  watch({});
  m_scanner = m_folder.isEmpty() ? nullptr : std::make_shared<RunScanner>(m_folder);
  m_stop = std::make_shared<std::atomic<bool>>(false);
  Q_EMIT changed();
  if (m_folder.isEmpty()) return m_poll.stop();
  m_poll.start(m_stillMs);
  scan();
}

void RunLibrary::setPollMs(int live, int still) {
  m_liveMs = live;
  m_stillMs = still;
  if (m_poll.isActive()) m_poll.start(m_stillMs);
}

RunPtr RunLibrary::run(const QString& id) const {
  const auto it = std::find_if(m_runs.begin(), m_runs.end(), [&](const RunPtr& r) { return r->id == id; });
  return it == m_runs.end() ? nullptr : *it;
}

RunPtr RunLibrary::runIn(const QString& folder) const {
  const QString wanted = QDir::cleanPath(folder);
  const auto it = std::find_if(m_runs.begin(), m_runs.end(), [&](const RunPtr& r) { return QDir::cleanPath(r->folder) == wanted; });
  return it == m_runs.end() ? nullptr : *it;
}

void RunLibrary::look() {
  if (!m_folder.isEmpty() && !m_soon.isActive()) m_soon.start();
}

void RunLibrary::scan() {
  if (!m_scanner) return;
  m_scansAgain = m_isScanning;
  if (m_isScanning) return;
  m_isScanning = true;
  m_pool.start([this, scanner = m_scanner, stop = m_stop] {
    const auto post = [this, stop](auto work) {
      QMetaObject::invokeMethod(
          this,
          [stop, work] {
            if (!*stop) work();
          },
          Qt::QueuedConnection);
    };
    const auto result = scanner->scan(*stop, [&](const QList<RunPtr>& some) {
      post([this, some] {
        m_runs = some;
        Q_EMIT changed();
      });
    });
    post([this, result] { accept(result); });
  });
}

void RunLibrary::accept(const RunScanner::Result& result) {
  m_isScanning = false;
  const bool isNew = !m_isComplete || result.runs != m_runs;
  m_runs = result.runs;
  m_isComplete = true;
  watch(result.watched);
  const bool isLive = std::any_of(m_runs.begin(), m_runs.end(), [](const RunPtr& r) { return r->standing == RunStanding::Running; });
  if (const int wanted = isLive ? m_liveMs : m_stillMs; m_poll.interval() != wanted) m_poll.start(wanted);
  if (m_scansAgain) look();
  m_scansAgain = false;
  if (isNew) Q_EMIT changed();
}

void RunLibrary::watch(const QStringList& paths) {
  QStringList before = m_watcher.directories() + m_watcher.files(), added;
  for (const QString& path : paths)
    if (!before.removeOne(path)) added << path;
  if (!before.isEmpty()) m_watcher.removePaths(before);
  if (!added.isEmpty()) m_watcher.addPaths(added);  // what is gone by now is found by the next look
}

}  // namespace gps::app
