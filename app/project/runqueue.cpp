#include "app/project/runqueue.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QUuid>
#include <algorithm>
#include <utility>

#include "app/project/folderpaths.h"
#include "core/tuning/runfolder.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kFormat = "gps-queue/1"_L1;
constexpr std::pair<QueueState, const char*> kWords[] = {{QueueState::Waiting, "waiting"},
                                                         {QueueState::Running, "running"},
                                                         {QueueState::Done, "done"},
                                                         {QueueState::Failed, "failed"},
                                                         {QueueState::Cancelled, "stopped"}};

// Of every path of a run, by `to`.
TrainSpec withPaths(TrainSpec spec, const QString& folder, QString (*to)(const QString&, const QString&)) {
  for (std::string* path : {&spec.model.weightsPath, &spec.dataFolder, &spec.selectionPath, &spec.runFolder})
    *path = to(folder, QString::fromStdString(*path)).toStdString();
  return spec;
}

QJsonObject objectOf(const QueuedRun& run, const QString& folder) {
  const TrainSpec spec = withPaths(run.spec, folder, &keptPath);
  QJsonObject object{{"id"_L1, run.id},
                     {"group"_L1, run.group},
                     {"added"_L1, run.added.toString(Qt::ISODate)},
                     {"run"_L1, QString::fromStdString(spec.runFolder)},
                     {"problem"_L1, run.problem},
                     {"settings"_L1, QString::fromStdString(toToml(spec))}};
  for (const auto& [state, word] : kWords)
    if (state == run.state) object.insert("state"_L1, QString::fromLatin1(word));
  return object;
}

// Nothing: the entry cannot be read.
std::optional<QueuedRun> runOf(const QJsonObject& object, const QString& folder) {
  QueuedRun run;
  run.id = object.value("id"_L1).toString();
  run.group = object.value("group"_L1).toString();
  run.added = QDateTime::fromString(object.value("added"_L1).toString(), Qt::ISODate);
  run.problem = object.value("problem"_L1).toString();
  const QString word = object.value("state"_L1).toString();
  for (const auto& [state, text] : kWords)
    if (word == QLatin1StringView(text)) run.state = state;
  try {
    run.spec = trainSpecFromToml(object.value("settings"_L1).toString().toStdString(), "queue.json");
  } catch (const Error&) {
    return std::nullopt;
  }
  run.spec.runFolder = object.value("run"_L1).toString().toStdString();
  run.spec = withPaths(std::move(run.spec), folder, &openedPath);
  if (run.id.isEmpty()) return std::nullopt;
  return run;
}

bool hasBegun(const TrainSpec& spec) {
  return !spec.runFolder.empty() && QFileInfo::exists(QString::fromStdString(spec.runFolder) + "/run.toml"_L1);
}

}  // namespace

QString RunQueue::fileOf(const QString& projectFolder) { return projectFolder + "/queue.json"_L1; }

RunQueue::RunQueue(Session& session, QObject* parent) : QObject(parent), m_session(session), m_store(kFormat) {
  connect(&m_store, &JsonStore::read, this, &RunQueue::adopt);
  connect(&session, &Session::projectMoved, this, &RunQueue::followProject);
  connect(&session, &Session::projectChanged, this, &RunQueue::openProject);
  connect(&session, &Session::jobEnded, this, &RunQueue::jobEnded);
  // Behind whatever else the end of a job or a new model starts.
  for (auto signal : {&Session::jobStateChanged, &Session::modelChanged, &Session::dataChanged})
    connect(&session, signal, this, &RunQueue::startNext, Qt::QueuedConnection);
}

void RunQueue::openProject() {
  if (m_session.project().folder == m_folder) return;
  m_folder = m_session.project().folder;
  m_runs.clear();
  m_running.clear();
  m_isPaused = false;
  m_store.setPath(m_folder.isEmpty() ? QString() : fileOf(m_folder));
  Q_EMIT changed();
}

void RunQueue::adopt(const QJsonObject& root) {
  const QList<QueuedRun> added = std::exchange(m_runs, {});
  for (const auto& value : root.value("runs"_L1).toArray())
    if (auto run = runOf(value.toObject(), m_folder)) {
      // It was running when the window went; it goes on where it stood.
      if (run->state == QueueState::Running) run->state = QueueState::Waiting;
      m_runs.append(std::move(*run));
    }
  // What was left waiting does not begin by itself when a project is opened.
  if (waiting() > 0) m_isPaused = true;
  m_runs += added;
  if (!added.isEmpty()) store();
  Q_EMIT changed();
}

void RunQueue::followProject(const QString& from, const QString& to) {
  if (from != m_folder) return;
  for (QueuedRun& run : m_runs) run.spec = withPaths(withPaths(std::move(run.spec), from, &keptPath), to, &openedPath);
  m_folder = to;
  m_store.follow(from, to);
  if (!m_runs.isEmpty()) store();  // with the paths of now
}

void RunQueue::store() {
  QJsonArray runs;
  for (const QueuedRun& run : std::as_const(m_runs)) runs.append(objectOf(run, m_folder));
  m_store.write({{"runs"_L1, runs}});
}

int RunQueue::indexOf(const QString& id) const {
  const auto at = std::find_if(m_runs.begin(), m_runs.end(), [&](const QueuedRun& run) { return run.id == id; });
  return at == m_runs.end() ? -1 : int(at - m_runs.begin());
}

const QueuedRun* RunQueue::run(const QString& id) const {
  const int index = indexOf(id);
  return index < 0 ? nullptr : &m_runs[index];
}

int RunQueue::waiting() const {
  return int(std::count_if(m_runs.begin(), m_runs.end(), [](const QueuedRun& run) { return run.state == QueueState::Waiting; }));
}

QString RunQueue::whyNotAdd() const {
  const QString why = m_session.whyNoRun();
  return why.isEmpty() ? m_session.whyDraftIsWrong() : why;
}

void RunQueue::setPaused(bool paused) {
  if (paused == m_isPaused) return;
  m_isPaused = paused;
  Q_EMIT changed();
  startNext();
}

QString RunQueue::add(const TrainSpec& spec) {
  addAll({spec}, {});
  return m_runs.constLast().id;
}

void RunQueue::addAll(const QList<TrainSpec>& specs, const QString& group) {
  for (TrainSpec spec : specs) {
    spec.runFolder.clear();
    spec.resume = false;
    m_runs.append({QUuid::createUuid().toString(QUuid::WithoutBraces), group, spec, QueueState::Waiting, {}, QDateTime::currentDateTime()});
  }
  store();
  Q_EMIT changed();
  QMetaObject::invokeMethod(this, &RunQueue::startNext, Qt::QueuedConnection);
}

void RunQueue::remove(const QString& id) {
  const int index = indexOf(id);
  if (index < 0 || id == m_running) return;
  m_runs.removeAt(index);
  store();
  Q_EMIT changed();
}

bool RunQueue::canMove(const QString& id, int by) const {
  const int from = indexOf(id), to = from + by;
  return from >= 0 && to >= 0 && to < m_runs.size() && by != 0 && m_runs[from].state == QueueState::Waiting &&
         m_runs[to].state == QueueState::Waiting;
}

void RunQueue::move(const QString& id, int by) {
  if (!canMove(id, by)) return;
  const int from = indexOf(id);
  m_runs.move(from, from + by);
  store();
  Q_EMIT changed();
}

void RunQueue::retry(const QString& id) {
  const int index = indexOf(id);
  if (index < 0 || (m_runs[index].state != QueueState::Failed && m_runs[index].state != QueueState::Cancelled)) return;
  QueuedRun run = m_runs.takeAt(index);
  run.state = QueueState::Waiting;
  run.problem.clear();
  m_runs.append(std::move(run));
  store();
  Q_EMIT changed();
  startNext();
}

void RunQueue::clearEnded() {
  const auto hasEnded = [](const QueuedRun& run) { return run.state != QueueState::Waiting && run.state != QueueState::Running; };
  if (m_runs.removeIf(hasEnded) == 0) return;
  store();
  Q_EMIT changed();
}

void RunQueue::startNext() {
  if (m_isPaused || !m_running.isEmpty() || m_session.isBusy() || m_session.isLeaving() || !m_session.whyNoRun().isEmpty() ||
      !m_session.isDataChecked())
    return;
  const auto next = std::find_if(m_runs.begin(), m_runs.end(), [](const QueuedRun& run) { return run.state == QueueState::Waiting; });
  if (next == m_runs.end()) return;
  TrainSpec spec = next->spec;
  spec.resume = hasBegun(spec);
  if (!spec.resume) spec.runFolder = freshRunFolder(m_session.project(), spec).toStdString();
  next->spec.runFolder = spec.runFolder;
  next->state = QueueState::Running;
  m_running = next->id;
  store();
  Q_EMIT changed();
  m_session.startRun(spec);
}

void RunQueue::jobEnded(JobKind kind, JobOutcome outcome) {
  if (kind != JobKind::Train) return;
  if (m_running.isEmpty()) {
    // One of these that had failed went on at the press of a button.
    const auto isShown = [this](const QueuedRun& run) {
      return run.state == QueueState::Failed && QString::fromStdString(run.spec.runFolder) == m_session.run().folder;
    };
    const auto again = std::find_if(m_runs.begin(), m_runs.end(), isShown);
    if (again == m_runs.end()) return;
    m_running = again->id;
  }
  const int index = indexOf(m_running);
  m_running.clear();
  if (index >= 0) {
    QueuedRun& run = m_runs[index];
    run.state = outcome == JobOutcome::Finished    ? QueueState::Done
                : outcome == JobOutcome::Cancelled ? QueueState::Cancelled
                                                   : QueueState::Failed;
    if (const auto failure = m_session.failure(JobKind::Train); outcome == JobOutcome::Failed && failure) run.problem = failure->details;
    // Who stops a run wants the machine, not the next run.
    if (outcome == JobOutcome::Cancelled && waiting() > 0) m_isPaused = true;
    store();
  }
  Q_EMIT changed();
  startNext();  // before the scores of this run are asked for; those of the last run are
}

}  // namespace gps::app
