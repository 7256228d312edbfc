#include "app/pages/train/preflight.h"

#include <QMessageBox>
#include <QPushButton>
#include <utility>

#include "app/project/leaks.h"

namespace gps::app {

using namespace Qt::StringLiterals;

Preflight::Preflight(Session& session, const RunQueue& queue, const Leaks& leaks, QWidget* window)
    : QObject(window), m_session(session), m_queue(queue), m_leaks(leaks), m_window(window) {
  connect(&m_disk, &DiskSpace::changed, this, &Preflight::diskChanged);
  connect(&session, &Session::projectChanged, this, [this] { m_disk.setFolder(m_session.project().folder); });
  connect(&session, &Session::jobEnded, &m_disk, &DiskSpace::look);
  connect(&queue, &RunQueue::changed, &m_disk, &DiskSpace::look);
}

double Preflight::bytesOf(const TrainSpec& run) const {
  const auto model = m_session.model();
  return model && model->description.id == run.model.id ? expectedDiskBytes(run, *model, m_session.trainedSizes()) : 0;
}

QList<RunWarning> Preflight::warnings() const {
  DiskNeed disk;
  disk.isEstimated = !m_cost;
  disk.bytes = m_cost ? double(m_cost->diskBytes()) : m_session.whyNoRun().isEmpty() ? bytesOf(m_session.resolvedTrainSpec()) : 0;
  disk.freeBytes = m_disk.freeBytes() > 0 ? m_disk.freeBytes() : m_cost ? m_cost->freeDiskBytes : 0;
  return runWarnings(m_cost.get(), disk, m_leaks.ofNextRun());
}

// With those that wait already: they are to find room, too.
QList<RunWarning> Preflight::warningsOf(const QList<TrainSpec>& runs) const {
  DiskNeed disk;
  disk.runs = 0;
  disk.freeBytes = m_disk.freeBytes();
  const auto count = [&](const TrainSpec& run) {
    disk.bytes += bytesOf(run);
    ++disk.runs;
  };
  for (const QueuedRun& queued : m_queue.runs())
    if (queued.state == QueueState::Waiting) count(queued.spec);
  for (const TrainSpec& run : runs) count(run);
  return runWarnings(m_cost.get(), disk, m_leaks.ofNextRun());
}

void Preflight::begin(std::function<void()> go) { pass(Purpose::Begin, 1, warnings(), std::move(go)); }

void Preflight::enqueue(const QList<TrainSpec>& runs, std::function<void()> go) {
  pass(Purpose::Enqueue, int(runs.size()), warningsOf(runs), std::move(go));
}

void Preflight::pass(Purpose purpose, int runs, QList<RunWarning> warnings, std::function<void()> go) {
  if (m_question) return;
  m_disk.look();
  warnings.removeIf([this](const RunWarning& warning) { return m_wavedThrough.contains(warning.key); });
  if (warnings.isEmpty()) return go();
  const bool begins = purpose == Purpose::Begin;
  const QString asks = begins ? tr("Start this run all the same?") : tr("Add %n run(s) to the queue all the same?", nullptr, runs);
  m_question = new QMessageBox(QMessageBox::Warning, tr("GPS workbench"), asks, QMessageBox::NoButton, m_window);
  m_question->setAttribute(Qt::WA_DeleteOnClose);
  QStringList texts, keys;
  for (const RunWarning& warning : std::as_const(warnings)) {
    texts << warning.text;
    keys << warning.key;
  }
  m_question->setInformativeText(texts.join(u"\n\n"_s));
  auto* yes = m_question->addButton(begins ? tr("Start all the same") : tr("Add all the same"), QMessageBox::AcceptRole);
  yes->setObjectName(begins ? u"startAllTheSame"_s : u"addAllTheSame"_s);
  m_question->setEscapeButton(m_question->addButton(tr("Change the settings"), QMessageBox::RejectRole));
  connect(yes, &QPushButton::clicked, this, [this, keys, go = std::move(go)] {
    for (const QString& key : keys) m_wavedThrough.insert(key);
    go();
  });
  connect(m_question, &QObject::destroyed, this, [this] { m_question = nullptr; });
  m_question->open();
}

}  // namespace gps::app
