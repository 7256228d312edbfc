// Scores and predictions of the session.
#include <string_view>

#include "app/project/session.h"
#include "core/evaluation/figures/summary.h"

namespace gps::app {

namespace {
constexpr int kScoreBatch = 4, kClassBatch = 32;
}  // namespace

QString Session::mapKey(const QString& caseId, int epoch) { return QString::number(epoch) + u'/' + caseId; }

QString Session::scoredSplit() const {
  if (!m_data) return {};
  const bool isValTrainedOn = m_run.phase != RunView::Phase::None && m_run.spec.trainOnVal;
  for (const char* split : {"val", "test"}) {
    if (isValTrainedOn && split == std::string_view("val")) continue;
    const auto it = m_data->splits.find(split);
    if (it != m_data->splits.end() && it->second > 0) return QString::fromLatin1(split);
  }
  return {};
}

const EpochScores* Session::scores(int epoch) const {
  const auto it = m_scores.constFind(epoch);
  return it == m_scores.cend() ? nullptr : &*it;
}

std::shared_ptr<const ProbabilityMap> Session::prediction(const QString& caseId, int epoch) const {
  const auto* held = m_maps.object(mapKey(caseId, epoch));
  return held ? *held : nullptr;
}

void Session::clearScores() {
  m_scores.clear();
  m_maps.clear();
  m_asked.clear();
  m_toScore.clear();
  Q_EMIT scoresChanged();
}

QString Session::whyNoScores() const {
  if (!m_project.isOpen() || !m_data) return tr("Open pictures first.");
  if (!m_model) return tr("Choose weights first.");
  if (const QString why = whyModelDoesNotFit(); !why.isEmpty()) return why;
  if (scoredSplit().isEmpty()) return tr("The pictures hold no validation split.");
  if (isBusy()) return tr("Wait until the present job has ended.");
  return {};
}

void Session::scoreCases() {
  if (!whyNoScores().isEmpty()) return;
  const int best = m_run.bestEpoch();
  m_toScore = {0};
  if (best > 0) m_toScore.append(best);
  if (m_run.lastEpoch() > 0 && m_run.lastEpoch() != best) m_toScore.append(m_run.lastEpoch());
  scoreNext();
}

void Session::scoreAgain() {
  if (!whyNoScores().isEmpty()) return;
  const QList<int> known = m_scores.keys();
  clearScores();
  for (const int epoch : known) m_scores[epoch] = {};  // nothing kept from earlier takes their place meanwhile
  scoreCases();
}

void Session::adoptScores(int epoch, std::vector<CaseScore> cases) {
  if (m_scores.contains(epoch) || cases.empty()) return;
  EpochScores& scores = m_scores[epoch];
  for (const CaseScore& c : cases) {
    scores.cases.insert(QString::fromStdString(c.id), c.counts);
    scores.measured.insert(QString::fromStdString(c.id), c);
  }
  scores.summary = std::make_shared<const SegmentationScore>(summarise(std::move(cases)));
  Q_EMIT scoresChanged();
}

void Session::scoreNext() {
  while (!m_toScore.isEmpty()) {
    const int epoch = m_toScore.takeFirst();
    if (const auto* known = scores(epoch); known && known->isComplete()) continue;
    m_scores[epoch] = {};
    const QString folder = epoch > 0 ? m_run.folder : QString();
    const int batch = task() == TaskKind::Classification ? kClassBatch : kScoreBatch;
    expect(JobKind::Score, m_engine.score({modelSpecOf(shownRun()), folder, epoch, scoredSplit(), batch}));
    return;
  }
}

bool Session::isNowThere() const {
  return m_engine.currentJob() == JobKind::Train && m_engine.state() != RunState::Idle && m_engine.state() != RunState::Stopping;
}

void Session::requestPrediction(const QString& caseId, int epoch, std::shared_ptr<const RgbImage> image) {
  const QString key = mapKey(caseId, epoch);
  if (!m_model || !image || task() == TaskKind::Classification || m_asked.contains(key)) return;
  if (epoch == kNow && !isNowThere()) return;
  m_asked.insert(key);
  const RunId run = m_engine.predict({modelSpecOf(shownRun()), caseId, epoch == 0 ? QString() : m_run.folder, epoch, std::move(image)});
  if (!m_expected.contains(run)) m_expected.insert(run, JobKind::Predict);
}

}  // namespace gps::app
