#include "app/project/sourcescoring.h"

#include <QDir>

#include "app/project/casecurves.h"
#include "app/project/runlibrary.h"
#include "app/project/session.h"

namespace gps::app {

namespace {
constexpr int kBatch = 4;
}

SourceScoring::SourceScoring(EngineApi& engine, Session& session, RunLibrary& runs, CaseCurves& curves, QObject* parent)
    : QObject(parent), m_engine(engine), m_session(session), m_runs(runs), m_curves(curves) {
  connect(&m_engine, &EngineApi::message, this, &SourceScoring::receive);
  connect(&m_session, &Session::projectChanged, this, [this] { m_run = 0; });
  for (auto signal : {&Session::projectChanged, &Session::dataChanged, &Session::modelChanged})
    connect(&m_session, signal, this, &SourceScoring::forget);
}

bool isScoredBySession(const MapSource& source, const Session& session) {
  const RunView& run = session.run();
  return source.isBase() || (QDir::cleanPath(source.runFolder) == QDir::cleanPath(run.folder) &&
                             (source.epoch == run.bestEpoch() || source.epoch == run.lastEpoch()));
}

bool SourceScoring::isNeededFor(const MapSource& source) const {
  return source.epoch != Session::kNow && !isScoredBySession(source, m_session);
}

void SourceScoring::forget() { m_measured.clear(); }

const CaseScore* SourceScoring::measured(const QString& caseId, const MapSource& source) const {
  const auto of = m_measured.constFind(source);
  if (of == m_measured.cend()) return nullptr;
  const auto score = of->constFind(caseId);
  return score == of->cend() ? nullptr : &*score;
}

QString SourceScoring::whyNot() const { return m_session.whyNoScores(); }

void SourceScoring::start(const MapSource& source) {
  const RunPtr run = m_runs.runIn(source.runFolder);
  if (isRunning() || !whyNot().isEmpty() || !run) return;
  ModelSpec model = run->record.spec.model;
  model.classes = 0;
  m_source = source;
  m_progress.reset();
  m_failure.reset();
  m_run = m_engine.score({model, source.runFolder, source.epoch, m_session.scoredSplit(), kBatch});
  Q_EMIT changed();
}

void SourceScoring::dismissFailure() {
  m_failure.reset();
  Q_EMIT changed();
}

void SourceScoring::receive(const EngineMessage& message) {
  if (m_run == 0 || message.run != m_run) return;
  if (const auto* scored = std::get_if<CasesScored>(&message.body)) {
    for (const CaseResult& result : scored->cases) {
      const QString id = QString::fromStdString(result.score.id);
      m_measured[m_source].insert(id, result.score);
      m_curves.add(id, m_source, result.map);
    }
  } else if (const auto* progress = std::get_if<Progress>(&message.body)) {
    m_progress = *progress;
    Q_EMIT changed();
  } else if (const auto* ended = std::get_if<JobEnded>(&message.body)) {
    m_run = 0;
    m_progress.reset();
    if (ended->outcome == JobOutcome::Failed) m_failure = ended->failure;
    Q_EMIT changed();
  }
}

}  // namespace gps::app
