#include "app/project/session.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <string_view>
#include <thread>

#include "app/engine/failureof.h"
#include "app/engine/schemes.h"
#include "core/evaluation/figures/summary.h"
#include "core/values/error.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMapCacheKiB = 256 * 1024;
constexpr int kScoreBatch = 4, kClassBatch = 32;

QString mapKey(const QString& caseId, int epoch) { return QString::number(epoch) + u'/' + caseId; }

// One core stays with the window.
int engineThreads() { return std::max(1, int(std::thread::hardware_concurrency()) - 1); }

}  // namespace

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

Session::Session(EngineApi& engine, AppSettings& settings, QObject* parent)
    : QObject(parent), m_engine(engine), m_settings(settings), m_maps(kMapCacheKiB) {
  connect(&m_engine, &EngineApi::message, this, &Session::receive);
  connect(&m_engine, &EngineApi::stateChanged, this, [this](RunState state) {
    const JobKind kind = m_engine.currentJob();
    if (isQuiet(kind)) return;
    m_job.state = state;
    if (state == RunState::Preparing) {
      m_job.kind = kind;
      m_job.progress.reset();
      m_job.lastOutcome.reset();
    }
    Q_EMIT jobStateChanged();
    Q_EMIT jobChanged();
  });
  connect(&m_document, &Document::draftApplied, this, &Session::draftApplied);
}

void Session::expect(JobKind kind, RunId run) {
  for (auto it = m_expected.begin(); it != m_expected.end();) it = it.value() == kind ? m_expected.erase(it) : std::next(it);
  m_expected.insert(run, kind);
  // A small job may be on before it; to people this one has begun.
  if (!isQuiet(kind) && m_job.state == RunState::Idle) {
    m_job = {RunState::Preparing, kind, {}, {}};
    Q_EMIT jobChanged();
  }
  dismissFailure(kind);
}

void Session::receive(const EngineMessage& message) {
  if (!m_expected.contains(message.run)) return;  // of a run that is no longer current
  std::visit([this](const auto& body) { handle(body); }, message.body);
}

std::optional<Failure> Session::failure(JobKind kind) const {
  const auto it = m_failures.constFind(int(kind));
  return it == m_failures.cend() ? std::nullopt : std::optional<Failure>(*it);
}

void Session::dismissFailure(JobKind kind) {
  if (m_failures.remove(int(kind)) > 0) Q_EMIT failuresChanged();
}

void Session::fail(Failure failure) {
  m_failures.insert(int(failure.job), std::move(failure));
  Q_EMIT failuresChanged();
}

const SelectionCounts* Session::counts(int keptPerRow) const {
  if (!m_table || keptPerRow < 1 || keptPerRow > int(m_table->counts.size())) return nullptr;
  return &m_table->counts[std::size_t(keptPerRow) - 1];
}

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

// ---- project

void Session::open(Project project) {
  if (m_document.isModified()) save();
  m_engine.stop();
  if (!isEngineOn()) m_job.state = RunState::Idle;
  m_expected.clear();
  m_failures.clear();
  m_project = std::move(project);
  m_data.reset();
  m_images.reset();
  m_isDataChecked = false;
  m_model.reset();
  m_imageSize = m_fileClasses = 0;
  m_contamination.clear();
  m_table.reset();
  m_askedTable.reset();
  m_run = {};
  clearScores();
  m_document.opened();
  m_settings.addRecentProject(m_project.folder);
  Q_EMIT projectChanged();
  Q_EMIT dataChanged();
  Q_EMIT modelChanged();
  Q_EMIT tableChanged();
  Q_EMIT runChanged();
  Q_EMIT failuresChanged();
  if (m_project.isDemo)
    expect(JobKind::MakeDemo, m_engine.makeDemo({m_project.dataFolder}));
  else if (!m_project.dataFolder.isEmpty())
    expect(JobKind::OpenData, m_engine.openData(m_project.dataFolder));
  if (!m_project.model.weightsPath.empty()) reopenModel();
  expect(JobKind::ListRuns, m_engine.listRuns(m_project.folder));
}

void Session::openDemo() { open(demoProject()); }

void Session::openProjectFolder(const QString& folder) {
  try {
    open(readProject(folder));
  } catch (const Error& error) {
    fail(failureOf(JobKind::OpenData, error));
  }
}

void Session::openPictures(const QString& folder) { open(projectForData(folder)); }

QString Session::whyNoSaveAs() const {
  if (!m_project.isOpen()) return tr("Open a project first.");
  if (isBusy()) return tr("Wait until the present job has ended.");
  return {};
}

void Session::saveProjectAs(const QString& folder) {
  if (!whyNoSaveAs().isEmpty()) return;
  try {
    m_document.saveAs(folder);
  } catch (const Error& error) {
    return fail(failureOf(JobKind::OpenData, error));
  }
  m_settings.addRecentProject(m_project.folder);
  m_run = {};
  clearScores();
  Q_EMIT projectChanged();
  Q_EMIT runChanged();
  expect(JobKind::ListRuns, m_engine.listRuns(m_project.folder));
}

// What the user's own change of these fields would have brought with it.
void Session::draftApplied(const QStringList& fields) {
  if (fields.contains("selection.k"_L1)) Q_EMIT keptPerRowChanged(m_project.selection.keptPerRow);
  Q_EMIT projectChanged();
  Q_EMIT trainDraftChanged();
  if (fields.contains("image_size.pixels"_L1)) return reopenModel();
  Q_EMIT selectionChanged();
  requestTable();
}

void Session::openWeights(const QString& path, int imageSize) {
  m_project.model.weightsPath = path.toStdString();
  m_project.model.imageSize = imageSize;
  m_document.adjusted();
  save();
  reopenModel();
}

void Session::reopenModel() {
  m_project.model.id.clear();
  m_model.reset();
  m_table.reset();
  m_askedTable.reset();
  clearScores();
  const DeviceSpec device{m_project.train.device.device, Precision::Fp32, engineThreads()};
  expect(JobKind::OpenModel, m_engine.openModel(modelSpec(), device));
  Q_EMIT modelChanged();
  Q_EMIT tableChanged();
}

void Session::setImageSize(int imageSize) {
  if (imageSize == m_project.model.imageSize || m_project.model.weightsPath.empty()) return;
  m_project.model.imageSize = imageSize;
  m_document.edited();
  reopenModel();
}

ModelSpec Session::modelSpec() const {
  ModelSpec spec = m_project.model;
  spec.classes = m_data && m_data->task == TaskKind::Classification ? int(m_data->classes.size()) : 0;
  return spec;
}

QString Session::whyModelDoesNotFit() const {
  if (!m_data || !m_model || m_data->task == m_model->description.task) return {};
  return m_data->task == TaskKind::Classification
             ? tr("This model outlines areas, but the pictures are sorted into classes. Choose other weights.")
             : tr("This model tells classes apart, but the pictures come with masks. Choose other weights.");
}

// Another task has other defaults; what holds for both is kept.
void Session::adoptTask(TaskKind task) {
  if (task == m_project.task) return;
  const TrainSpec former = m_project.train;
  m_project.task = task;
  m_project.train = defaultTrainSpec(task);
  m_project.train.device = former.device;
  m_project.train.seed = former.seed;
  m_project.selection.loss = m_project.train.selection.loss;
  m_project.selection.batch = task == TaskKind::Classification ? m_project.train.selection.batch : SelectionSpec{}.batch;
  m_document.adjusted();
  save();
  Q_EMIT projectChanged();
}

// ---- selection

// The pass sees the network as training will: the same drop-path, the same views.
SelectionSpec Session::selectionSpec() const {
  SelectionSpec spec = m_project.selection;
  if (task() == TaskKind::Classification) {
    spec.dropPath = m_project.train.dropPath;
    spec.randomInterpolation = m_project.train.augment == AugmentKind::Fgvc;
  }
  return spec;
}

void Session::setKeptPerRow(int keptPerRow) {
  if (keptPerRow == m_project.selection.keptPerRow || keptPerRow < 1) return;
  m_project.selection.keptPerRow = keptPerRow;
  Q_EMIT keptPerRowChanged(keptPerRow);
}

void Session::setSelection(const SelectionSpec& spec) {
  m_project.selection = spec;
  m_document.edited();
  Q_EMIT selectionChanged();
  Q_EMIT trainDraftChanged();
  requestTable();
}

void Session::setExcluded(const QStringList& blocks, const QStringList& kinds) {
  SelectionSpec spec = m_project.selection;
  spec.excludedBlocks.clear();
  spec.excludedKinds.clear();
  for (const QString& b : blocks) spec.excludedBlocks.push_back(b.toStdString());
  for (const QString& k : kinds) spec.excludedKinds.push_back(k.toStdString());
  setSelection(spec);
}

bool Session::isTableOfScheme() const { return m_table && isSameTable(m_table->spec, m_project.selection); }

bool Session::isAnswerable(const SelectionSpec& spec) const {
  return m_data && m_model && isAnsweredBy(m_table && m_table->hasPass, m_table ? m_table->pass : SelectionSpec{}, spec);
}

// The answer to the newest wish is the only one that counts.
void Session::requestTable() {
  if (isBusy() || !isAnswerable(m_project.selection)) return;
  const bool isOnItsWay = m_askedTable && isSameTable(*m_askedTable, m_project.selection);
  if (isOnItsWay || (!m_askedTable && isTableOfScheme())) return;
  m_askedTable = selectionSpec();
  expect(JobKind::RebuildTable, m_engine.rebuildTable(*m_askedTable));
}

QString Session::whyNoGradientPass() const {
  if (!m_project.isOpen() || !m_data) return tr("Open pictures first.");
  if (!m_model) return tr("Choose weights first.");
  if (const QString why = whyModelDoesNotFit(); !why.isEmpty()) return why;
  if (isBusy()) return tr("Wait until the present job has ended.");
  if (const auto it = m_data->splits.find("train"); it == m_data->splits.end() || it->second == 0)
    return tr("The pictures hold no training split.");
  return {};
}

void Session::runGradientPass() {
  if (!whyNoGradientPass().isEmpty()) return;
  save();
  SelectionSpec spec = selectionSpec();
  spec.trace = true;  // a few choices on the way: well under a hundredth of the pass
  expect(JobKind::GradientPass, m_engine.runGradientPass({modelSpec(), spec}));
}

// ---- training

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
  spec.selection = selectionSpec();
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

QString Session::whyNoTraining() const {
  if (const QString why = whyNoRun(); !why.isEmpty()) return why;
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
    if (const auto* c = counts(spec.selection.keptPerRow)) m_run.counts = *c;
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
  if (isBusy() || !whyNoRun().isEmpty()) return;
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
  m_run.phase = isWritten          ? RunView::Phase::Active
                : record.finished  ? RunView::Phase::Finished
                : record.resumable ? RunView::Phase::Stopped
                                   : RunView::Phase::Failed;
  Q_EMIT runChanged();
}

void Session::stopJob() {
  m_toScore.clear();
  m_engine.stop();
  if (!isBusy() || isEngineOn()) return;
  // It still waited behind a small job; what waits is dropped without a word.
  m_job.state = RunState::Idle;
  m_job.lastOutcome = JobOutcome::Cancelled;
  Q_EMIT jobChanged();
  Q_EMIT jobEnded(m_job.kind, JobOutcome::Cancelled);
}

bool Session::isEngineOn() const { return m_engine.state() != RunState::Idle && !isQuiet(m_engine.currentJob()); }

// ---- cases

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
    expect(JobKind::Score, m_engine.score({modelSpec(), folder, epoch, scoredSplit(), batch}));
    return;
  }
}

void Session::requestPrediction(const QString& caseId, int epoch, std::shared_ptr<const RgbImage> image) {
  const QString key = mapKey(caseId, epoch);
  if (!m_model || !image || task() == TaskKind::Classification || m_asked.contains(key)) return;
  m_asked.insert(key);
  const RunId run = m_engine.predict({modelSpec(), caseId, epoch == 0 ? QString() : m_run.folder, epoch, std::move(image)});
  if (!m_expected.contains(run)) m_expected.insert(run, JobKind::Predict);
}

QString Session::device() const { return m_cpuThreads > 0 ? tr("CPU, %n thread(s)", nullptr, m_cpuThreads) : m_gpu; }

}  // namespace gps::app
