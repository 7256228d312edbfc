#include "app/project/runstepstore.h"

#include <QCoreApplication>
#include <QFile>
#include <QPointer>
#include <QThreadPool>
#include <utility>

#include "core/tuning/runsteps.h"

namespace gps::app {

void RunStepStore::want(const QList<RunPtr>& runs) {
  QHash<QString, std::shared_ptr<Known>> known;
  m_due.clear();
  for (const RunPtr& run : runs) {
    const auto before = m_known.value(run->folder);
    known.insert(run->folder, before ? before : std::make_shared<Known>());
    const auto epochs = qsizetype(run->record.epochs.size());
    if (!before || before->epochs != epochs) m_due << Due{run->folder, epochs};
  }
  m_known = std::move(known);
  read();
}

const std::vector<StepPoint>* RunStepStore::of(const QString& folder) const {
  const auto known = m_known.value(folder);
  return known && known->version > 0 ? &known->steps : nullptr;
}

int RunStepStore::version(const QString& folder) const {
  const auto known = m_known.value(folder);
  return known ? known->version : 0;
}

void RunStepStore::read() {
  if (m_isReading || m_due.isEmpty()) return;
  m_isReading = true;
  QThreadPool::globalInstance()->start([self = QPointer<RunStepStore>(this), due = std::exchange(m_due, {})] {
    std::vector<std::vector<StepPoint>> all;
    for (const Due& one : due) all.push_back(readRunSteps(QFile::encodeName(one.folder).toStdString()));
    QMetaObject::invokeMethod(
        qApp,
        [self, due, all = std::move(all)]() mutable {
          if (!self) return;
          self->m_isReading = false;
          for (qsizetype i = 0; i < due.size(); ++i)
            if (const auto known = self->m_known.value(due[i].folder)) {
              known->epochs = due[i].epochs;
              known->version = ++self->m_versions;
              known->steps = std::move(all[std::size_t(i)]);
            }
          Q_EMIT self->changed();
          self->read();  // others may be wanted by now
        },
        Qt::QueuedConnection);
  });
}

}  // namespace gps::app
