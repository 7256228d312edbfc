#include "app/project/looking.h"

#include <QFileInfo>

#include "app/project/session.h"

namespace gps::app {

namespace {

QString nameOf(const QString& runFolder) { return QFileInfo(runFolder).fileName(); }

}  // namespace

Looking::Looking(EngineApi& engine, Session& session, JobKind kind, QObject* parent)
    : QObject(parent), m_engine(engine), m_session(session), m_kind(kind) {
  connect(&m_engine, &EngineApi::message, this, &Looking::receive);
  connect(&m_session, &Session::jobChanged, this, &Looking::tryStart);
  connect(&m_session, &Session::projectChanged, this, [this, project = QString()]() mutable {
    if (m_session.project().folder == project) return;
    project = m_session.project().folder;
    if (m_session.model()) return;  // the same one, saved under another name
    if (m_phase != Phase::Empty && m_phase != Phase::Waiting) clear();
  });
  connect(&m_session, &Session::modelChanged, this, &Looking::tryStart);
}

// A project keeps its runs by their names wherever it lies.
bool Looking::Values::isAs(const Values& other) const {
  return nameOf(runFolder) == nameOf(other.runFolder) && epoch == other.epoch && model.weightsPath == other.model.weightsPath &&
         model.imageSize == other.model.imageSize;
}

bool Looking::hasRun() const { return !m_session.run().folder.isEmpty() && m_session.run().bestEpoch() > 0; }

QString Looking::whyNot() const {
  if (!m_session.project().isOpen()) return tr("Open a project with a model first.");
  if (!m_session.model()) return tr("Choose a model first.");
  if (m_session.model()->description.task != TaskKind::Segmentation) return tr("This model tells classes apart; it outlines nothing.");
  return {};
}

void Looking::clear() {
  forget();
  m_run = 0;
  m_made.reset();
  setPhase(Phase::Empty);
}

void Looking::setPhase(Phase phase) {
  m_phase = phase;
  Q_EMIT changed();
}

void Looking::begin(bool usesRun) {
  if (m_phase == Phase::Looking) m_session.stopJob();
  clear();
  m_usesRun = usesRun;
  setPhase(Phase::Waiting);
  tryStart();
}

Looking::Values Looking::valuesOfNow() const {
  Values values{m_session.project().model, {}, 0};
  values.model.classes = 0;
  if (m_usesRun && hasRun()) {
    values.runFolder = m_session.run().folder;
    values.epoch = m_session.run().bestEpoch();
  }
  return values;
}

bool Looking::isStale() const { return m_made && m_session.model() && !m_made->isAs(valuesOfNow()); }

QString Looking::madeWithModel() const { return m_made ? QString::fromStdString(m_made->model.id) : QString(); }

QString Looking::madeWithRun() const { return m_made ? nameOf(m_made->runFolder) : QString(); }

QString Looking::madeWith() const {
  if (!m_made) return {};
  return m_made->runFolder.isEmpty() ? QStringLiteral("untuned") : madeWithRun() + u'@' + QString::number(m_made->epoch);
}

void Looking::tryStart() {
  if (m_phase != Phase::Waiting || m_session.isBusy() || !whyNot().isEmpty()) return;
  if (m_usesRun && !m_session.areRunsListed()) return;
  m_made = valuesOfNow();
  m_phase = Phase::Looking;
  m_run = start(*m_made);
  m_session.follow(m_kind, m_run);
  Q_EMIT changed();
}

void Looking::cancel() {
  if (m_phase == Phase::Waiting) return setPhase(Phase::Cancelled);
  if (m_phase != Phase::Looking) return;
  m_session.stopJob();
  if (m_session.isBusy()) return;
  m_run = 0;  // it had not begun: no end will be told
  setPhase(Phase::Cancelled);
}

void Looking::receive(const EngineMessage& message) {
  if (m_run == 0 || message.run != m_run) return;
  if (const auto* ended = std::get_if<JobEnded>(&message.body)) {
    m_run = 0;
    setPhase(ended->outcome == JobOutcome::Finished    ? Phase::Done
             : ended->outcome == JobOutcome::Cancelled ? Phase::Cancelled
                                                       : Phase::Failed);
  } else {
    take(message.body);
  }
}

}  // namespace gps::app
