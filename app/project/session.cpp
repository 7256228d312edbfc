#include "app/project/session.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <thread>
#include <utility>

#include "app/engine/failureof.h"
#include "app/project/folderpaths.h"
#include "core/values/error.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {
constexpr int kMapCacheKiB = 256 * 1024;
}  // namespace

Session::Session(EngineApi& engine, AppSettings& settings, QObject* parent)
    : QObject(parent), m_engine(engine), m_settings(settings), m_maps(kMapCacheKiB) {
  connect(&m_engine, &EngineApi::message, this, &Session::receive);
  connect(&m_engine, &EngineApi::stateChanged, this, [this](RunState state) {
    const JobKind kind = m_engine.currentJob();
    if (isQuiet(kind) || isCopying()) return;
    m_job.state = state;
    if (state == RunState::Preparing) {
      m_job.kind = kind;
      m_job.progress.reset();
      m_job.lastOutcome.reset();
    }
    Q_EMIT jobStateChanged();
    Q_EMIT jobChanged();
    if (state == RunState::Preparing && std::exchange(m_pausesFirst, false)) m_engine.pause();
  });
  connect(&m_document, &Document::draftApplied, this, &Session::draftApplied);
  // Behind all that the end of the run brings with it: its queue, its folder.
  connect(
      this, &Session::jobEnded, this,
      [this](JobKind kind) {
        if (kind == JobKind::Train && m_isLeaving) stopAndReplace();
      },
      Qt::QueuedConnection);
}

Session::~Session() {
  stopCopying();
  m_copyPool.waitForDone();
}

// One core stays with the window.
int Session::engineThreads() { return std::max(1, int(std::thread::hardware_concurrency()) - 1); }

void Session::expect(JobKind kind, RunId run) {
  for (auto it = m_expected.begin(); it != m_expected.end();) it = it.value() == kind ? m_expected.erase(it) : std::next(it);
  m_expected.insert(run, kind);
  if (kind == JobKind::ListRuns) m_areRunsListed = false;
  // A small job may be on before it; to people this one has begun.
  if (!isQuiet(kind) && m_job.state == RunState::Idle) {
    m_job = {RunState::Preparing, kind, {}, {}};
    m_pausesFirst = false;
    Q_EMIT jobStateChanged();
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

// ---- project

void Session::open(Project project) {
  m_next.reset();
  m_isLeaving = false;
  stopCopying();
  if (m_document.isModified()) save();
  m_engine.stop();
  if (!isEngineOn()) m_job.state = RunState::Idle;
  m_pausesFirst = false;
  m_expected.clear();
  m_failures.clear();
  m_project = std::move(project);
  m_data.reset();
  m_images.reset();
  m_isDataChecked = false;
  m_heldOut.reset();
  m_model.reset();
  m_formerModel.reset();
  m_savesModel = m_isModelLate = false;
  m_imageSize = m_fileClasses = 0;
  m_contamination.clear();
  m_table.reset();
  m_askedTable.reset();
  m_run = {};
  m_blockFocus.clear();
  clearScores();
  m_document.opened();
  m_settings.addRecentProject(m_project.folder);
  Q_EMIT projectChanged();
  Q_EMIT dataChanged();
  Q_EMIT modelChanged();
  Q_EMIT tableChanged();
  Q_EMIT runChanged();
  Q_EMIT failuresChanged();
  openPicturesOfProject();
  if (!m_project.model.weightsPath.empty()) reopenModel();
  expect(JobKind::ListRuns, m_engine.listRuns(m_project.folder));
}

void Session::openPicturesOfProject() {
  if (m_project.isDemo)
    expect(JobKind::MakeDemo, m_engine.makeDemo({m_project.dataFolder}));
  else if (!m_project.dataFolder.isEmpty())
    expect(JobKind::OpenData, m_engine.openData(m_project.dataFolder));
}

// Pictures that could not be opened are tried again.
void Session::openAgain() {
  if (!m_data && !isBusy()) openPicturesOfProject();
  Q_EMIT openedAgain();
}

void Session::replace(Project project) {
  if (isSameFolder(project.folder, m_project.folder)) return openAgain();
  if (!isTraining()) return open(std::move(project));
  m_next = std::move(project);
  if (m_isLeaving) return;
  Q_EMIT replacementAsked(m_next->name);
}

void Session::stopAndReplace() {
  if (!m_next) return;
  if (isTraining()) {
    m_isLeaving = true;
    return stopJob();  // its end leads here again
  }
  open(Project(*m_next));
}

void Session::keepProject() {
  if (!m_isLeaving) m_next.reset();
}

void Session::openDemo() { replace(demoProject()); }

void Session::openProjectFolder(const QString& folder) {
  if (isSameFolder(folder, m_project.folder)) return openAgain();
  try {
    replace(readProject(folder));
  } catch (const Error& error) {
    fail(failureOf(JobKind::OpenData, error));
  }
}

void Session::openPictures(const QString& folder) { replace(projectForData(folder)); }

// What the user's own change of these fields would have brought with it.
void Session::draftApplied(const QStringList& fields) {
  if (fields.contains("selection.k"_L1)) Q_EMIT keptPerRowChanged(m_project.selection.keptPerRow);
  Q_EMIT projectChanged();
  Q_EMIT trainDraftChanged();
  if (fields.contains("image_size.pixels"_L1)) {
    if (!isTraining()) return reopenModel();
    m_isModelLate = true;
  }
  Q_EMIT selectionChanged();
  requestTable();
}

void Session::openWeights(const QString& path, int imageSize) {
  if (!whyNoWeights().isEmpty()) return;
  keepFormerModel();
  m_project.model.weightsPath = path.toStdString();
  m_project.model.imageSize = imageSize;
  m_savesModel = true;
  reopenModel();
}

QString Session::whyNoWeights() const {
  if (!m_project.isOpen()) return tr("Open pictures first.");
  return isTraining() ? tr("A run trains the weights that are open. Stop it or wait for its end, then choose others.") : QString();
}

void Session::keepFormerModel() {
  if (m_model && !m_formerModel) m_formerModel = m_project.model;
}

void Session::takeBackModel() {
  if (!m_formerModel) return;
  m_project.model = *std::exchange(m_formerModel, std::nullopt);
  m_savesModel = false;
  m_document.adjusted();
  Q_EMIT projectChanged();
  Q_EMIT modelChanged();
}

void Session::reopenModel() {
  m_isModelLate = false;
  m_project.model.id.clear();
  const DeviceSpec device{m_project.train.device.device, Precision::Fp32, engineThreads()};
  expect(JobKind::OpenModel, m_engine.openModel(modelSpec(), device));
  Q_EMIT modelChanged();
}

void Session::setImageSize(int imageSize) {
  if (imageSize == m_project.model.imageSize || m_project.model.weightsPath.empty() || !whyNoWeights().isEmpty()) return;
  keepFormerModel();
  m_project.model.imageSize = imageSize;
  m_document.edited();
  reopenModel();
}

ModelSpec Session::modelSpec() const {
  ModelSpec spec = m_project.model;
  spec.classes = m_data && m_data->task == TaskKind::Classification ? int(m_data->classes.size()) : 0;
  return spec;
}

// A run of VTAB's augmentation sees its pictures squashed; so do its pass and its scores.
ModelSpec Session::modelSpecOf(const TrainSpec& run) const {
  ModelSpec spec = modelSpec();
  if (spec.preprocess == PreprocessKind::Auto) spec.preprocess = wishedPreprocess(run);
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

QString Session::device() const { return m_cpuThreads > 0 ? tr("CPU, %n thread(s)", nullptr, m_cpuThreads) : m_gpu; }

}  // namespace gps::app
