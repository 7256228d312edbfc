#include "app/project/predictions.h"

#include <QDir>

#include "app/project/runlibrary.h"
#include "app/project/session.h"

namespace gps::app {

namespace {
constexpr int kCacheKiB = 384 * 1024;
}

Predictions::Predictions(EngineApi& engine, Session& session, RunLibrary& runs, QObject* parent)
    : QObject(parent), m_engine(engine), m_session(session), m_runs(runs), m_maps(kCacheKiB) {
  m_pool.setMaxThreadCount(1);
  connect(&m_engine, &EngineApi::message, this, &Predictions::receive);
  connect(&m_session, &Session::predictionReady, this, [this](const QString& id, int epoch) {
    if (m_asked && m_askedRun == 0 && m_asked->caseId == id && m_asked->source.epoch == epoch)
      drop(isOnScreen(m_asked->source) && !m_session.prediction(id, epoch));
    else
      next();
  });
  connect(&m_session, &Session::jobEnded, this, [this](JobKind kind, JobOutcome outcome) {
    // What is cancelled takes what waits behind it along.
    const bool isOwn = kind == JobKind::Predict && outcome == JobOutcome::Failed && m_askedRun == 0;
    // What a run was asked for after its last step went with it, without an answer.
    const bool isGone = kind == JobKind::Train && m_askedRun == 0;
    if (m_asked && (isOwn || isGone || outcome == JobOutcome::Cancelled)) drop(isOwn);
  });
  connect(&m_session, &Session::jobChanged, this, [this] {
    if (!m_session.isBusy() || m_session.isTraining()) next();
  });
  for (auto signal : {&Session::modelChanged, &Session::dataChanged, &Session::projectChanged})
    connect(&m_session, signal, this, &Predictions::forget);
  connect(&m_session, &Session::epochAdded, this, [this] {  // the values of this moment are others now
    for (const Key& key : m_maps.keys())
      if (key.source.epoch == Session::kNow) m_maps.remove(key);
    m_missing.clear();
    next();
  });
}

Predictions::~Predictions() { m_pool.waitForDone(); }

void Predictions::forget() {
  m_maps.clear();
  m_halving.clear();
  m_failures.clear();
  m_missing.clear();
  m_asked.reset();
  m_askedRun = 0;
}

void Predictions::drop(bool isMissing) {
  if (isMissing) m_missing.insert(*m_asked);
  m_asked.reset();
  m_askedRun = 0;
  next();
}

bool Predictions::isOnScreen(const MapSource& source) const {
  return source.isBase() || QDir::cleanPath(source.runFolder) == QDir::cleanPath(m_session.run().folder);
}

std::shared_ptr<const ui::MapPyramid> Predictions::map(const QString& caseId, const MapSource& source) const {
  const auto* held = m_maps.object({caseId, source});
  return held ? *held : nullptr;
}

void Predictions::want(const QString& caseId, std::shared_ptr<const RgbImage> image, const QList<MapSource>& sources) {
  if (caseId != m_caseId || sources != m_wanted) m_isCancelled = false;
  m_caseId = caseId;
  m_image = std::move(image);
  m_wanted = sources;
  next();
}

QString Predictions::whyNot(const MapSource& source) const {
  if (map(m_caseId, source)) return {};
  if (m_session.isTraining() && !isOnScreen(source)) return tr("Computed once the run that trains has ended.");
  if (m_session.isBusy() && !m_session.isTraining()) return tr("Computed once the present job has ended.");
  if (source.epoch == Session::kNow && !m_session.isNowThere()) return tr("The training is over. Choose one of its versions.");
  if (m_failures.contains(source) || m_missing.contains({m_caseId, source})) return tr("It could not be computed.");
  return m_isCancelled ? tr("Cancelled.") : QString();
}

bool Predictions::isPending(const MapSource& source) const {
  return m_wanted.contains(source) && !map(m_caseId, source) && whyNot(source).isEmpty();
}

int Predictions::pending() const {
  int count = 0;
  for (const MapSource& source : m_wanted) count += isPending(source);
  return count;
}

std::optional<Failure> Predictions::failure(const MapSource& source) const {
  const auto it = m_failures.constFind(source);
  return it == m_failures.cend() ? std::nullopt : std::optional<Failure>(*it);
}

void Predictions::cancel() {
  m_isCancelled = true;
  if (m_asked && isQuiet(m_engine.currentJob())) m_session.stopEngine();
  m_asked.reset();
  m_askedRun = 0;
  Q_EMIT changed();
}

// One at a time, so that nothing that is no longer looked at waits before what is.
void Predictions::next() {
  if (m_caseId.isEmpty() || !m_image) return;
  for (const MapSource& source : std::as_const(m_wanted)) {
    const Key key{m_caseId, source};
    if (m_maps.contains(key) || m_halving.contains(key)) continue;
    if (isOnScreen(source)) {
      if (const auto map = m_session.prediction(m_caseId, source.epoch)) {
        finish(key, map);
        continue;
      }
    }
    if (m_asked || !whyNot(source).isEmpty()) continue;
    if (isOnScreen(source)) {
      m_asked = key;
      m_session.requestPrediction(m_caseId, source.epoch, m_image);
      continue;
    }
    const RunPtr run = m_runs.runIn(source.runFolder);
    if (!run) continue;
    ModelSpec model = run->record.spec.model;
    model.classes = 0;
    m_asked = key;
    m_askedRun = m_engine.predict({model, m_caseId, source.runFolder, source.epoch, m_image});
  }
  Q_EMIT changed();
}

void Predictions::finish(const Key& key, const std::shared_ptr<const ProbabilityMap>& map) {
  m_halving.insert(key, map);
  m_pool.start([this, key, map] {
    const auto pyramid = ui::MapPyramid::of(map);
    QMetaObject::invokeMethod(
        this,
        [this, key, map, pyramid] {
          if (m_halving.value(key) != map) return;  // forgotten since
          m_halving.remove(key);
          const auto kib = qsizetype(map->values.size() * sizeof(float) * 4 / 3 / 1024 + 1);
          m_maps.insert(key, new std::shared_ptr<const ui::MapPyramid>(pyramid), kib);
          Q_EMIT changed();
        },
        Qt::QueuedConnection);
  });
}

void Predictions::receive(const EngineMessage& message) {
  if (m_askedRun == 0 || message.run != m_askedRun || !m_asked) return;
  const Key key = *m_asked;
  if (const auto* predicted = std::get_if<Predicted>(&message.body)) {
    if (predicted->map) finish(key, predicted->map);
  } else if (const auto* ended = std::get_if<JobEnded>(&message.body)) {
    if (ended->outcome == JobOutcome::Failed) m_failures.insert(key.source, ended->failure);
    m_asked.reset();
    m_askedRun = 0;
    next();
  }
}

}  // namespace gps::app
