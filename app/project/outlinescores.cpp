#include "app/project/outlinescores.h"

#include <cmath>

#include "app/project/runlibrary.h"
#include "app/project/scorestore.h"
#include "app/project/session.h"
#include "app/project/sourcescoring.h"
#include "core/values/thresholdcounts.h"

namespace gps::app {

namespace {
constexpr int kBatch = 4;
}

OutlineScores::OutlineScores(EngineApi& engine, Session& session, RunLibrary& runs, ScoreStore& store, QObject* parent)
    : QObject(parent), m_engine(engine), m_session(session), m_runs(runs), m_store(store) {
  connect(&m_engine, &EngineApi::message, this, &OutlineScores::receive);
  for (auto signal : {&Session::projectChanged, &Session::dataChanged, &Session::modelChanged})
    connect(&m_session, signal, this, &OutlineScores::forget);
  connect(&m_session, &Session::scoresChanged, this, &OutlineScores::dropOutdated);
  connect(&m_session, &Session::jobStateChanged, this, &OutlineScores::changed);
  connect(&m_store, &ScoreStore::outlinesFound, this, [this](int epoch, double threshold, const std::vector<CaseScore>& cases) {
    const Key key = keyOf({epoch > 0 ? m_session.run().folder : QString(), epoch}, threshold);
    const auto* scores = m_session.scores(epoch);
    if (scores && scores->isComplete() && !m_known.contains(key)) take(key, cases);
  });
}

OutlineScores::Key OutlineScores::keyOf(const MapSource& source, double threshold) const {
  return {source, m_session.scoredSplit(), int(std::lround(threshold * ThresholdCounts::kSteps))};
}

bool OutlineScores::isOfSession(const MapSource& source) const { return isScoredBySession(source, m_session); }

void OutlineScores::forget() {
  m_known.clear();
  m_looked.clear();
  m_failure.reset();
  m_run = 0;
  m_progress.reset();
  Q_EMIT changed();
}

// Of scores that are cleared or made anew; what the disk holds is looked at again.
void OutlineScores::dropOutdated() {
  const auto isOutdated = [this](const Key& key) {
    if (!isOfSession(key.source)) return false;
    const auto* scores = m_session.scores(key.source.isBase() ? 0 : key.source.epoch);
    return !scores || !scores->isComplete();
  };
  m_known.removeIf([&](const auto& it) { return isOutdated(it.key()); });
  m_looked.removeIf([&](const Key& key) { return isOutdated(key); });
}

std::shared_ptr<const OutlineScores::Cases> OutlineScores::at(const MapSource& source, double threshold) {
  const Key key = keyOf(source, threshold);
  if (const auto there = m_known.constFind(key); there != m_known.cend()) return *there;
  const int epoch = source.isBase() ? 0 : source.epoch;
  const auto* scores = isOfSession(source) ? m_session.scores(epoch) : nullptr;
  if (scores && scores->isComplete() && !m_looked.contains(key) &&
      m_store.lookForOutlines(epoch, double(key.step) / ThresholdCounts::kSteps))
    m_looked.insert(key);
  return nullptr;
}

QString OutlineScores::whyNot() const { return m_session.whyNoScores(); }

double OutlineScores::runningAt() const { return double(m_running.step) / ThresholdCounts::kSteps; }

void OutlineScores::compute(const MapSource& source, double threshold) {
  const RunPtr run = isOfSession(source) ? nullptr : m_runs.runIn(source.runFolder);
  if (isRunning() || !whyNot().isEmpty() || (!isOfSession(source) && !run)) return;
  ModelSpec model = run ? run->record.spec.model : m_session.scoredModel();
  if (run) model.classes = 0;
  m_running = keyOf(source, threshold);
  m_progress.reset();
  m_failure.reset();
  const bool isBase = source.isBase();
  m_run = m_engine.score(
      {model, isBase ? QString() : source.runFolder, isBase ? 0 : source.epoch, m_session.scoredSplit(), kBatch, runningAt()});
  Q_EMIT changed();
}

void OutlineScores::cancel() {
  if (isRunning()) m_session.stopJob();
}

void OutlineScores::dismissFailure() {
  m_failure.reset();
  Q_EMIT changed();
}

void OutlineScores::take(const Key& key, const std::vector<CaseScore>& cases) {
  auto all = std::make_shared<Cases>();
  for (const CaseScore& c : cases) all->insert(QString::fromStdString(c.id), c);
  m_known.insert(key, std::move(all));
  Q_EMIT known(key.source, key.step);
}

void OutlineScores::receive(const EngineMessage& message) {
  if (m_run == 0 || message.run != m_run) return;
  if (const auto* done = std::get_if<ScoringDone>(&message.body)) {
    if (isOfSession(m_running.source)) m_store.keepOutlines(done->epoch, runningAt(), done->score);
    take(m_running, done->score->perImage);
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
