// The project copied to another folder, and at work there.
#include <QDir>
#include <algorithm>
#include <utility>

#include "app/project/folderpaths.h"
#include "app/project/session.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 kTellMs = 100;
constexpr double kMb = 1e6;
}  // namespace

QString Session::whyNoSaveAs() const {
  if (!m_project.isOpen()) return tr("Open a project first.");
  if (isCopying()) return tr("The project is being copied already.");
  if (isTraining()) return tr("A run is training and writes to the project. Wait until it has ended, or stop it.");
  if (isBusy()) return tr("Wait until the present job has ended.");
  return {};
}

void Session::saveProjectAs(const QString& folder) {
  if (!whyNoSaveAs().isEmpty()) return;
  const QString path = QDir::cleanPath(QDir(folder).absolutePath());
  if (isSameFolder(path, m_project.folder)) return save();
  m_copyPool.setMaxThreadCount(1);
  m_copyStop = std::make_shared<std::atomic<bool>>(false);
  m_copyClock.start();
  m_job = {RunState::Running, JobKind::CopyProject, {}, {}};
  Q_EMIT jobStateChanged();
  Q_EMIT jobChanged();
  const FolderCopyOrder order{m_project.folder, path, m_document.textFor(path)};
  m_copyPool.start([this, order, stop = m_copyStop] {
    QElapsedTimer since;
    const auto tell = [&](qint64 done, qint64 total) {
      if (since.isValid() && since.elapsed() < kTellMs) return;
      since.start();
      QMetaObject::invokeMethod(
          this,
          [this, stop, done, total] {
            if (stop == m_copyStop) tellCopying(done, total);
          },
          Qt::QueuedConnection);
    };
    const FolderCopyResult result = copyProjectFolder(order, *stop, tell);
    QMetaObject::invokeMethod(
        this,
        [this, order, stop, result] {
          if (stop == m_copyStop)
            endCopying(result, order.to, order.projectText);
          else
            Q_EMIT copyEnded(result, order.to);  // another project has been opened meanwhile
        },
        Qt::QueuedConnection);
  });
}

void Session::tellCopying(qint64 done, qint64 total) {
  Progress progress;
  progress.stage = std::string("copy");
  progress.unit = std::string("MB");
  progress.done = std::int64_t(double(done) / kMb);
  progress.total = std::max<std::int64_t>(1, std::int64_t(double(total) / kMb));
  progress.elapsedSeconds = double(m_copyClock.elapsed()) / 1000;
  if (progress.elapsedSeconds > 0) progress.rate = double(done) / kMb / progress.elapsedSeconds;
  if (done > 0) progress.remainingSeconds = progress.elapsedSeconds * double(total - done) / double(done);
  m_job.progress = progress;
  Q_EMIT jobChanged();
}

// The end of it is told when it is over; nothing of it is waited for.
void Session::stopCopying() {
  if (!isCopying()) return;
  *m_copyStop = true;
  m_copyStop.reset();
  m_job = {isEngineOn() ? m_engine.state() : RunState::Idle,
           isEngineOn() ? m_engine.currentJob() : JobKind::CopyProject,
           {},
           JobOutcome::Cancelled};
  Q_EMIT jobStateChanged();
  Q_EMIT jobChanged();
}

void Session::endCopying(const FolderCopyResult& result, const QString& folder, const QByteArray& text) {
  using Kind = FolderCopyResult::Kind;
  m_copyStop.reset();
  const QString former = m_project.folder;
  if (result.kind == Kind::Done) {
    m_document.moved(folder, text);
    m_settings.addRecentProject(folder);
    const auto moved = [&](const QString& path) { return openedPath(folder, keptPath(former, path)); };
    if (result.leftOut.contains(keptPath(former, m_run.folder))) {
      m_run = {};  // it is not there
      clearScores();
    } else if (!m_run.folder.isEmpty()) {
      m_run.folder = moved(m_run.folder);
      m_run.spec.runFolder = m_run.folder.toStdString();
    }
    Q_EMIT projectMoved(former, folder);
    Q_EMIT projectChanged();
    Q_EMIT runChanged();
    expect(JobKind::ListRuns, m_engine.listRuns(folder));
  }
  const JobOutcome outcome = result.kind == Kind::Done      ? JobOutcome::Finished
                             : result.kind == Kind::Stopped ? JobOutcome::Cancelled
                                                            : JobOutcome::Failed;
  m_job = {isEngineOn() ? m_engine.state() : RunState::Idle, isEngineOn() ? m_engine.currentJob() : JobKind::CopyProject, m_job.progress,
           outcome};
  Q_EMIT jobStateChanged();
  Q_EMIT jobChanged();
  Q_EMIT copyEnded(result, folder);
  Q_EMIT jobEnded(JobKind::CopyProject, outcome);
  requestTable();
}

}  // namespace gps::app
