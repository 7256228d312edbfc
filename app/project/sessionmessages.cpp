// What the session does with the engine's messages.
#include <algorithm>
#include <utility>

#include "app/project/session.h"

namespace gps::app {

void Session::handle(const JobStarted&) {}

void Session::handle(const Progress& m) {
  if (m_job.state == RunState::Idle || isCopying()) return;  // of a job without a word in the strip
  m_job.progress = m;
  Q_EMIT jobChanged();
}

void Session::handle(const JobEnded& m) {
  if (!isQuiet(m.job)) m_job.lastOutcome = m.outcome;
  if (m.job == JobKind::Train && m.outcome == JobOutcome::Failed) {
    m_failedRun = m_run.folder;
    m_failedWarm = m_job.progress && m_job.progress->stage == "warm-up";
  }
  if (m.outcome == JobOutcome::Failed) fail(m.failure);
  if (m.outcome == JobOutcome::Cancelled) m_asked.clear();  // what waited went with it
  if (m.job == JobKind::Train) {
    m_run.phase = m.outcome == JobOutcome::Finished    ? RunView::Phase::Finished
                  : m.outcome == JobOutcome::Cancelled ? RunView::Phase::Stopped
                                                       : RunView::Phase::Failed;
    m_asked.clear();  // what was not served went with the run
    forgetPresentMaps();
    Q_EMIT runChanged();
  }
  if (m.job == JobKind::Score && m.outcome != JobOutcome::Finished) m_toScore.clear();
  if (m.job == JobKind::RebuildTable) m_askedTable.reset();
  if (m.job == JobKind::ListRuns) m_areRunsListed = true;
  if (m.job == JobKind::OpenModel && m.outcome != JobOutcome::Finished) takeBackModel();
  Q_EMIT jobChanged();
  Q_EMIT jobEnded(m.job, m.outcome);
  if (m.job == JobKind::Train && m_isModelLate) reopenModel();
  if (!isQuiet(m.job)) requestTable();  // the scheme may have been changed meanwhile
  if (m.outcome != JobOutcome::Finished) return;
  if (m.job == JobKind::Score) scoreNext();
  if (m.job == JobKind::GradientPass && m_table && m_table->hasPass) expect(JobKind::KeepPass, m_engine.keepPass(passFile()));
  if (m.job == JobKind::Train) scoreCases();
}

void Session::handle(const DataOpened& m) {
  m_data = m.summary;
  m_images = m.images;
  m_isDataChecked = m.isChecked;
  m_heldOut = m.heldOut;
  adoptTask(m.summary->task);
  Q_EMIT dataChanged();
  offerPass();
}

void Session::handle(const ModelOpened& m) {
  m_formerModel.reset();
  const bool hadTable = m_table != nullptr;
  m_table.reset();
  m_askedTable.reset();
  clearScores();
  m_model = m.info;
  m_sizes = m.sizes;
  m_imageSize = m.imageSize;
  m_gpu = m.device;
  m_cpuThreads = m.cpuThreads;
  m_fileClasses = m.fileClasses;
  m_project.model.id = m.info->description.id;
  m_project.model.imageSize = m.imageSize;
  m_document.adjusted();
  if (std::exchange(m_savesModel, false)) save();
  Q_EMIT modelChanged();
  if (hadTable) Q_EMIT tableChanged();
  offerPass();
}

void Session::handle(const TableReady& m) {
  m_table = m.table;
  m_askedTable.reset();
  Q_EMIT tableChanged();
}

void Session::handle(const StepsAdded& m) {
  // A run that went back to its last saved state tells some steps again.
  auto& steps = m_run.steps;
  const auto known = steps.size();
  while (!steps.empty() && !m.steps.empty() && steps.back().step >= m.steps.front().step) steps.pop_back();
  if (steps.size() < known) Q_EMIT runChanged();
  const int first = int(m_run.steps.size());
  m_run.steps.insert(m_run.steps.end(), m.steps.begin(), m.steps.end());
  Q_EMIT stepsAdded(first);
}

void Session::handle(const EpochDone& m) {
  // A resumed run tells some epochs again.
  const auto same = std::find_if(m_run.epochs.begin(), m_run.epochs.end(), [&](const auto& e) { return e.epoch == m.record.epoch; });
  if (same != m_run.epochs.end())
    *same = m.record;
  else
    m_run.epochs.push_back(m.record);
  forgetPresentMaps();
  Q_EMIT epochAdded();
}

// The values of this moment are others after an epoch.
void Session::forgetPresentMaps() {
  const QString prefix = QString::number(kNow) + u'/';
  for (const QString& key : m_maps.keys())
    if (key.startsWith(prefix)) m_maps.remove(key);
  for (const QString& key : m_asked.values())
    if (key.startsWith(prefix)) m_asked.remove(key);
}

void Session::handle(const SelectionMade& m) {
  m_run.counts = m.counts;
  Q_EMIT runChanged();
}

void Session::handle(const TrainDone& m) {
  m_run.outcome = m.outcome;
  if (!m.outcome.epochs.empty()) m_run.epochs = m.outcome.epochs;  // the best one may have been measured again
}

// While a job is under way another run may have come on screen.
bool Session::isOfShownRun(const QString& runFolder, int epoch) const { return epoch == 0 || runFolder == m_run.folder; }

void Session::handle(const CasesScored& m) {
  if (!isOfShownRun(m.runFolder, m.epoch)) return;
  EpochScores& scores = m_scores[m.epoch];
  for (const CaseResult& c : m.cases) {
    const QString id = QString::fromStdString(c.score.id);
    scores.cases.insert(id, c.score.counts);
    scores.measured.insert(id, c.score);
    const auto kib = qsizetype(c.map->values.size() * sizeof(float) / 1024 + 1);
    m_maps.insert(mapKey(id, m.epoch), new std::shared_ptr<const ProbabilityMap>(c.map), kib);
  }
  Q_EMIT scoresChanged();
}

void Session::handle(const ScoringDone& m) {
  if (!isOfShownRun(m.runFolder, m.epoch)) return;
  m_scores[m.epoch].summary = m.score;
  Q_EMIT scoresChanged();
}

void Session::handle(const ClassesScored& m) {
  if (!isOfShownRun(m.runFolder, m.epoch)) return;
  m_scores[m.epoch].classes = m.score;
  Q_EMIT scoresChanged();
}

void Session::handle(const Predicted& m) {
  const bool isOfAnother = !isOfShownRun(m.runFolder, m.epoch);
  if (m.map || isOfAnother) m_asked.remove(mapKey(m.caseId, m.epoch));  // a failed one is not asked for again
  if (m.map && !isOfAnother) {
    const auto kib = qsizetype(m.map->values.size() * sizeof(float) / 1024 + 1);
    m_maps.insert(mapKey(m.caseId, m.epoch), new std::shared_ptr<const ProbabilityMap>(m.map), kib);
  }
  Q_EMIT predictionReady(m.caseId, m.epoch);
}

void Session::handle(const ContaminationTold& m) {
  m_contamination = m.known;
  Q_EMIT contaminationChanged();
}

void Session::handle(const RunsListed& m) {
  if (m.runs.empty() || m_run.phase != RunView::Phase::None) return;
  showRun(m.runs.front());
}

}  // namespace gps::app
