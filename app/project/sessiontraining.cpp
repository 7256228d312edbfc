// The run of the session: what it would be, its start, and the one on screen.
#include <QFileInfo>
#include <algorithm>
#include <utility>

#include "app/project/session.h"
#include "core/backbones/defaultbatch.h"
#include "core/tuning/trainer.h"

namespace gps::app {

using namespace Qt::StringLiterals;

int RunView::bestEpoch() const {
  if (outcome.bestEpoch > 0) return outcome.bestEpoch;
  const EpochRecord* best = nullptr;
  for (const auto& e : epochs)
    if (e.epoch > 0 && (!best || e.headline() > best->headline())) best = &e;
  if (!best) return 0;
  return best->headline() > 0 ? best->epoch : epochs.back().epoch;
}

const EpochRecord* RunView::record(int epoch) const {
  const auto it = std::find_if(epochs.begin(), epochs.end(), [epoch](const EpochRecord& e) { return e.epoch == epoch; });
  return it == epochs.end() ? nullptr : &*it;
}

void Session::setTrainDraft(const TrainSpec& draft) {
  m_project.train = draft;
  m_document.edited();
  Q_EMIT trainDraftChanged();
}

void Session::setSelectionFile(const QString& path) {
  TrainSpec draft = m_project.train;
  draft.selectionPath = path.toStdString();
  if (!path.isEmpty()) draft.method = Method::Gps;
  if (draft.selectionPath != m_project.train.selectionPath || draft.method != m_project.train.method) setTrainDraft(draft);
}

void Session::setRunDraft(const TrainSpec& draft, const SelectionSpec& selection, const QString& preset) {
  const bool isOtherK = selection.keptPerRow != m_project.selection.keptPerRow;
  m_project.train = draft;
  m_project.selection = selection;
  m_project.preset = preset;
  m_document.edited();
  if (isOtherK) Q_EMIT keptPerRowChanged(selection.keptPerRow);
  Q_EMIT selectionChanged();
  Q_EMIT trainDraftChanged();
  requestTable();
}

TrainSpec Session::resolvedTrainSpec() const {
  TrainSpec spec = m_project.train;
  const DecoderMode decoder = spec.selection.decoder;
  spec.model = modelSpec();
  if (m_model) spec.model.id = m_model->description.id;
  spec.model.imageSize = m_imageSize;
  spec.selection = trainedSelection(m_project.selection);
  spec.selection.decoder = decoder;
  spec.dataFolder = m_project.dataFolder.toStdString();
  if (spec.device.threads == 0) spec.device.threads = engineThreads();
  if (spec.method != Method::Gps) spec.selectionPath.clear();
  return spec;
}

QString Session::whyNoRun() const {
  if (!m_project.isOpen() || !m_data) return tr("Open pictures first.");
  if (!m_model) return tr("Choose weights first.");
  return whyModelDoesNotFit();
}

QString Session::whyDraftIsWrong() const {
  TrainSpec spec = resolvedTrainSpec();
  spec.runFolder = "run";  // every run is given one
  const auto problems = validate(spec);
  return problems.empty() ? QString() : tr("These settings cannot train: %1.").arg(QString::fromStdString(problems.front()));
}

QString Session::whyNoTraining() const {
  if (const QString why = whyNoRun(); !why.isEmpty()) return why;
  if (const QString why = whyDraftIsWrong(); !why.isEmpty()) return why;
  if (isBusy()) return tr("Wait until the present job has ended.");
  const bool selects = m_project.train.method == Method::Gps && m_project.train.selectionPath.empty();
  if (selects && !m_table) return tr("Run the gradient pass first.");
  return {};
}

bool Session::canResumeRun() const {
  if (isBusy() || !whyNoRun().isEmpty() || m_run.folder.isEmpty()) return false;
  // One that failed of a full disk or memory goes on from what was saved last; one that never wrote its settings cannot.
  return m_run.phase == RunView::Phase::Stopped ||
         (m_run.phase == RunView::Phase::Failed && QFileInfo::exists(m_run.folder + "/run.toml"_L1));
}

void Session::beginRun(const TrainSpec& spec) {
  if (!spec.resume) m_run = {};
  m_run.spec = spec;
  m_run.folder = QString::fromStdString(spec.runFolder);
  m_run.phase = RunView::Phase::Active;
  m_run.outcome = {};
  if (spec.method == Method::Gps && !spec.resume && spec.selectionPath.empty())
    if (const auto* c = spec.selection.share > 0 ? nullptr : counts(spec.selection.keptPerRow)) m_run.counts = *c;
  clearScores();
  expect(JobKind::Train, m_engine.train(spec));
  Q_EMIT runChanged();
}

void Session::startTraining() {
  if (!whyNoTraining().isEmpty()) return;
  save();
  TrainSpec spec = resolvedTrainSpec();
  spec.runFolder = freshRunFolder(m_project, spec).toStdString();
  beginRun(spec);
}

void Session::forgetRun(const QString& folder) {
  if (m_run.folder != folder) return;
  m_run = {};
  clearScores();
  Q_EMIT runChanged();
}

void Session::measureCost() {
  if (isBusy() || !whyNoRun().isEmpty() || !whyDraftIsWrong().isEmpty()) return;
  TrainSpec spec = resolvedTrainSpec();
  spec.runFolder = m_project.runsFolder().toStdString();
  expect(JobKind::MeasureCost, m_engine.measureCost(spec));
}

void Session::startRun(const TrainSpec& spec) {
  if (isBusy() || !whyNoRun().isEmpty()) return;
  beginRun(spec);
}

void Session::resumeRun() {
  if (!canResumeRun()) return;
  TrainSpec spec = m_run.spec;
  spec.resume = true;
  beginRun(spec);
}

TrainSpec Session::resolvedRun() const {
  TrainSpec spec = m_run.spec;
  if (spec.batch == 0 && m_model) spec.batch = defaultBatch(m_model->description, m_imageSize);
  return spec;
}

QList<RunRemedy> Session::remedies() const {
  const auto failed = failure(JobKind::Train);
  if (!failed || m_failedRun != m_run.folder || !canResumeRun()) return {};
  return remediesOf(failed->code, resolvedRun(), isOnCpu(), m_failedWarm);
}

TrainSpec Session::remediedRun(RunRemedy remedy) const { return withRemedy(resolvedRun(), remedy); }

void Session::resumeRun(RunRemedy remedy) {
  if (!remedies().contains(remedy)) return;
  TrainSpec spec = remediedRun(remedy);
  spec.resume = true;
  beginRun(spec);
}

QString Session::whyNotShown(const QString& folder) const {
  return isTraining() && folder != m_run.folder ? tr("Wait until the run that trains has ended.") : QString();
}

void Session::showRun(const RunRecord& record, bool isWritten) {
  const QString folder = QString::fromStdString(record.folder);
  if (isTraining()) return;  // what trains is on screen, and newer than the disk
  if (folder != m_run.folder) {
    m_run = {};
    clearScores();
  }
  m_run.folder = folder;
  m_run.spec = record.spec;
  m_run.epochs = record.epochs;
  m_run.outcome.bestEpoch = record.bestEpoch;
  m_run.outcome.seconds = record.totals ? record.totals->seconds : 0;
  m_run.outcome.peakMib = record.totals ? record.totals->peakMib : 0;
  m_run.outcome.trainableTotal = record.totals ? record.totals->trainableTotal : 0;
  m_run.phase = isWritten          ? RunView::Phase::Active
                : record.finished  ? RunView::Phase::Finished
                : record.resumable ? RunView::Phase::Stopped
                                   : RunView::Phase::Failed;
  Q_EMIT runChanged();
}

void Session::adoptSteps(const QString& folder, std::vector<StepPoint> steps) {
  if (folder != m_run.folder || steps.empty()) return;
  if (isTraining()) {
    const auto isTold = [this](const StepPoint& point) { return !m_run.steps.empty() && point.step >= m_run.steps.front().step; };
    steps.erase(std::find_if(steps.begin(), steps.end(), isTold), steps.end());
    steps.insert(steps.end(), m_run.steps.begin(), m_run.steps.end());
  }
  m_run.steps = std::move(steps);
  Q_EMIT runChanged();
}

void Session::pauseJob() {
  if (!isBusy() || isCopying()) return;
  if (!isWaiting()) return m_engine.pause();
  m_pausesFirst = true;
  setWaitingState(RunState::Pausing);
}

void Session::continueJob() {
  if (isCopying()) return;
  if (!isWaiting()) return m_engine.resume();
  m_pausesFirst = false;
  setWaitingState(RunState::Preparing);
}

// What waits is dropped without a word; nobody is to wait for the list of runs then.
void Session::stopEngine() {
  m_engine.stop();
  if (std::exchange(m_areRunsListed, true)) return;
  Q_EMIT jobChanged();
}

void Session::stopJob() {
  if (isCopying()) {
    *m_copyStop = true;
    return setWaitingState(RunState::Stopping);  // until all is taken back
  }
  m_toScore.clear();
  const bool isDropped = isWaiting();
  stopEngine();
  if (!isDropped) return;
  m_pausesFirst = false;
  m_job.lastOutcome = JobOutcome::Cancelled;
  if (m_job.kind == JobKind::Train) {
    // One that would have gone on stands where it stood; a new one has never been.
    if (m_run.spec.resume)
      m_run.phase = RunView::Phase::Stopped;
    else
      m_run = {};
    Q_EMIT runChanged();
  }
  setWaitingState(RunState::Idle);
  Q_EMIT jobEnded(m_job.kind, JobOutcome::Cancelled);
}

void Session::setWaitingState(RunState state) {
  m_job.state = state;
  Q_EMIT jobStateChanged();
  Q_EMIT jobChanged();
}

bool Session::isEngineOn() const { return m_engine.state() != RunState::Idle && !isQuiet(m_engine.currentJob()); }

bool Session::isWaiting() const { return isBusy() && !isEngineOn(); }

}  // namespace gps::app
