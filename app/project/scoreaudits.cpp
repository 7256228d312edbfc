#include "app/project/scoreaudits.h"

#include <algorithm>
#include <cmath>

namespace gps::app {

ScoreAudits::ScoreAudits(Session& session, QObject* parent) : QObject(parent), m_session(session) {
  m_pool.setMaxThreadCount(1);
  connect(&session, &Session::scoresChanged, this, [this] {
    // Scores grow picture by picture and are final once complete; a cleared epoch comes back with other values.
    const auto isComplete = [this](int epoch) {
      const auto* scores = m_session.scores(epoch);
      return scores && scores->isComplete();
    };
    for (const Key& key : m_audits.keys())
      if (!isComplete(key.epoch)) m_audits.remove(key);
    if (m_running && !isComplete(m_running->epoch)) {
      m_running.reset();
      ++m_generation;
    }
  });
}

ScoreAudits::~ScoreAudits() { m_pool.waitForDone(); }

void ScoreAudits::useCurves(CaseCurves& curves) {
  m_curves = &curves;
  connect(&curves, &CaseCurves::changed, this, &ScoreAudits::curvesGrew);
}

void ScoreAudits::useOutlines(OutlineScores& outlines) {
  m_outlines = &outlines;
  connect(&outlines, &OutlineScores::known, this, [this](const MapSource& source, int step) {
    const Key key{source.isBase() ? 0 : source.epoch, step};
    m_audits.remove(key);
    if (m_running == key) {
      m_running.reset();
      ++m_generation;
    }
    Q_EMIT curvesGrew();
  });
}

MapSource ScoreAudits::sourceOf(int epoch) const { return {epoch > 0 ? m_session.run().folder : QString(), epoch}; }

bool ScoreAudits::hasOutlinesAt(int epoch, double threshold) const {
  return keyOf(epoch, threshold) == keyOf(epoch, kScoredAt) || (m_outlines && m_outlines->at(sourceOf(epoch), threshold));
}

ScoreAudits::Key ScoreAudits::keyOf(int epoch, double threshold) { return {epoch, int(std::lround(threshold * ThresholdCounts::kSteps))}; }

bool ScoreAudits::isKnownAt(int epoch, double threshold) const {
  const auto* scores = m_session.scores(epoch);
  if (!scores || !scores->summary) return false;
  if (keyOf(epoch, threshold) == keyOf(epoch, kScoredAt)) return true;
  const MapSource source = sourceOf(epoch);
  return m_curves && std::all_of(scores->measured.keyBegin(), scores->measured.keyEnd(), [&](const QString& id) {
           const CaseCurve* curve = m_curves->of(id, source);
           return curve && curve->counts;
         });
}

std::vector<CaseScore> ScoreAudits::cases(int epoch, double threshold) const {
  std::vector<CaseScore> all;
  const auto* scores = m_session.scores(epoch);
  const auto data = m_session.data();
  if (!data || !isKnownAt(epoch, threshold)) return all;
  const bool isScoredThere = keyOf(epoch, threshold) == keyOf(epoch, kScoredAt);
  const MapSource source = sourceOf(epoch);
  const auto outlines = isScoredThere || !m_outlines ? nullptr : m_outlines->at(source, threshold);
  for (const auto& item : data->items) {
    const QString id = QString::fromStdString(item.id);
    const auto it = scores->measured.constFind(id);
    if (it == scores->measured.cend()) continue;
    all.push_back(*it);
    if (!isScoredThere) all.back().counts = m_curves->of(id, source)->counts->at(threshold);
    if (outlines) all.back().boundary = outlines->value(id).boundary;  // that of the whole picture is the same everywhere
  }
  return all;
}

std::shared_ptr<const ScoreAudit> ScoreAudits::audit(int epoch, double threshold) {
  const Key key = keyOf(epoch, threshold);
  if (const auto* known = m_audits.object(key)) return *known;
  if (m_running) return nullptr;  // ready() asks again
  auto all = cases(epoch, threshold);
  if (all.empty()) return nullptr;
  m_running = key;
  m_pool.start([this, key, all = std::move(all), mine = m_generation] {
    auto audit = std::make_shared<const ScoreAudit>(auditScores(all));
    QMetaObject::invokeMethod(
        this,
        [this, key, audit = std::move(audit), mine] {
          if (mine != m_generation) return;
          m_running.reset();
          m_audits.insert(key, new std::shared_ptr<const ScoreAudit>(audit));
          Q_EMIT ready(key.epoch);
        },
        Qt::QueuedConnection);
  });
  return nullptr;
}

}  // namespace gps::app
