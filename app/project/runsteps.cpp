#include "app/project/runsteps.h"

#include <QCoreApplication>
#include <QFile>
#include <QPointer>
#include <QThreadPool>

#include "core/tuning/runsteps.h"

namespace gps::app {

using namespace Qt::StringLiterals;

RunSteps::RunSteps(Session& session, QObject* parent) : QObject(parent), m_session(session) {
  connect(&session, &Session::runChanged, this, &RunSteps::look);
}

void RunSteps::look() {
  const RunView& run = m_session.run();
  if (m_isReading || run.folder.isEmpty() || m_session.isTraining()) return;
  const QString key = u"%1 %2"_s.arg(run.epochs.size()).arg(run.folder);
  if (key == m_key) return;
  const bool isHere = m_key.section(u' ', 1) == run.folder;
  m_key = key;
  if (!run.steps.empty() && !isHere) return;  // it was trained here
  m_isReading = true;
  QThreadPool::globalInstance()->start([self = QPointer<RunSteps>(this), folder = run.folder] {
    auto steps = readRunSteps(QFile::encodeName(folder).toStdString());
    QMetaObject::invokeMethod(
        qApp,
        [self, folder, steps = std::move(steps)]() mutable {
          if (!self) return;
          self->m_isReading = false;
          self->m_session.adoptSteps(folder, std::move(steps));
          self->look();  // another run may be on screen by now
        },
        Qt::QueuedConnection);
  });
}

}  // namespace gps::app
