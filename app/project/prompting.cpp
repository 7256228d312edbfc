#include "app/project/prompting.h"

#include <QDir>

#include "app/project/modelwords.h"
#include "app/project/runlibrary.h"
#include "app/project/session.h"

namespace gps::app {

Prompting::Prompting(EngineApi& engine, Session& session, RunLibrary& runs, QObject* parent)
    : QObject(parent), m_engine(engine), m_session(session), m_runs(runs) {
  m_pool.setMaxThreadCount(1);
  connect(&m_engine, &EngineApi::message, this, &Prompting::receive);
  for (auto signal : {&Session::modelChanged, &Session::dataChanged, &Session::projectChanged})
    connect(&m_session, signal, this, &Prompting::begin);
  connect(&m_session, &Session::jobStateChanged, this, &Prompting::next);
  connect(&m_session, &Session::epochAdded, this, [this] {  // the values of this moment are others now
    ++m_generation;
    next();
  });
}

Prompting::~Prompting() { m_pool.waitForDone(); }

QString Prompting::whyNot() const {
  if (!m_session.model()) return tr("Choose a model first.");
  if (m_session.model()->description.task != TaskKind::Segmentation) return tr("This model tells classes apart; it outlines nothing.");
  if (!m_image) return tr("Choose a picture first.");
  return {};
}

QString Prompting::whyNoPoints() const {
  if (const QString why = whyNot(); !why.isEmpty()) return why;
  if (m_session.model()->description.takesPoints) return {};
  return tr("%1 was trained with boxes, not with points.").arg(shortTitle(m_session.model()->description));
}

void Prompting::begin() {
  m_history = {PromptSet{}};
  m_maps.clear();
  m_asked.reset();
  m_isReading = m_isHeldUp = false;
  m_waitsFor.clear();
  m_problem.clear();
  Q_EMIT promptsChanged();
  Q_EMIT changed();
}

void Prompting::look(const QString& caseId, std::shared_ptr<const RgbImage> image, const QList<MapSource>& sources) {
  const bool isOther = caseId != m_caseId || image != m_image;
  m_caseId = caseId;
  m_image = std::move(image);
  m_sources = sources;
  if (isOther) begin();
  next();
}

void Prompting::setActive(bool on) {
  m_isActive = on;
  if (on) next();
}

void Prompting::push(const PromptSet& prompts) {
  if (prompts == m_history.last() || !whyNot().isEmpty()) return;
  m_history << prompts;
  m_problem.clear();
  m_isHeldUp = false;
  m_since.start();
  Q_EMIT promptsChanged();
  next();
}

void Prompting::setBox(double x0, double y0, double x1, double y1) {
  PromptSet prompts = m_history.last();
  prompts.box = {x0, y0, x1, y1};
  push(prompts);
}

void Prompting::addPoint(double x, double y, bool include) {
  if (!whyNoPoints().isEmpty()) return;
  PromptSet prompts = m_history.last();
  prompts.points.push_back({x, y, include});
  push(prompts);
}

void Prompting::clear() { push({}); }

void Prompting::undo() {
  if (!canUndo()) return;
  m_history.removeLast();
  m_problem.clear();
  m_since.start();
  Q_EMIT promptsChanged();
  next();
}

bool Prompting::isStale(const MapSource& source) const {
  const auto it = m_maps.constFind(source);
  return it != m_maps.cend() && it->map && it->prompts != prompts();
}

bool Prompting::isOnScreen(const MapSource& source) const {
  return source.isBase() || QDir::cleanPath(source.runFolder) == QDir::cleanPath(m_session.run().folder);
}

// One at a time; another question with other prompts takes its place at once.
void Prompting::next() {
  m_waitsFor.clear();
  if (!m_isActive) return;
  if (prompts().empty() || !m_image || !whyNot().isEmpty()) {
    m_asked.reset();
    m_isReading = false;
    if (prompts().empty()) m_maps.clear();
    Q_EMIT changed();
    return;
  }
  for (const MapSource& source : std::as_const(m_sources)) {
    const auto held = m_maps.constFind(source);
    const bool isNow = source.epoch == Session::kNow;
    if (held != m_maps.cend() && held->prompts == prompts() && (!isNow || held->generation == m_generation)) continue;
    if (isNow && !m_session.isNowThere()) continue;  // the run has just ended; another source takes its place
    if (m_session.isTraining() && !isOnScreen(source)) {
      m_waitsFor = tr("Computed once the run that trains has ended.");
      continue;
    }
    if (m_asked && m_asked->source == source && m_asked->prompts == prompts()) break;
    if (!m_problem.isEmpty()) break;
    if (m_isHeldUp && m_session.isBusy() && !m_session.isTraining()) {
      m_waitsFor = tr("Computed once the present job has ended.");
      break;
    }
    ModelSpec model = m_session.project().model;
    if (!isOnScreen(source)) {
      const RunPtr run = m_runs.runIn(source.runFolder);
      if (!run) continue;
      model = run->record.spec.model;
    }
    model.classes = 0;
    const Asked asked{0, source, prompts(), false};
    m_asked = asked;
    const QString run = source.isBase() ? QString() : source.runFolder;
    const int epoch = source.isBase() ? 0 : source.epoch;
    m_asked->number = m_engine.segment({model, m_caseId, run, epoch, m_generation, m_image, prompts()});
    break;
  }
  Q_EMIT changed();
}

void Prompting::keep(const Asked& asked, const std::shared_ptr<const ProbabilityMap>& map) {
  m_pool.start([this, asked, map, generation = m_generation, image = m_image] {
    const auto pyramid = ui::MapPyramid::of(map);
    QMetaObject::invokeMethod(
        this,
        [this, asked, generation, image, pyramid] {
          if (image != m_image || prompts().empty()) return;
          m_maps.insert(asked.source, {asked.prompts, generation, pyramid});
          if (asked.prompts == prompts()) m_lastMs = double(m_since.nsecsElapsed()) / 1e6;
          if (m_asked && m_asked->number == asked.number) m_asked.reset();
          next();
        },
        Qt::QueuedConnection);
  });
}

void Prompting::receive(const EngineMessage& message) {
  if (const auto* ended = std::get_if<JobEnded>(&message.body)) return ended->job == JobKind::Segment ? endedAlone(*ended) : askAgain();
  if (!m_asked) return;
  if (const auto* segmented = std::get_if<Segmented>(&message.body); segmented && segmented->request == m_asked->number) {
    m_isReading = false;
    if (segmented->map) {
      m_asked->isAnswered = true;
      return keep(*m_asked, segmented->map);
    }
    m_problem = segmented->problem;
    m_asked.reset();
    Q_EMIT changed();
  } else if (std::holds_alternative<PictureBeingRead>(message.body)) {
    m_isReading = true;
    Q_EMIT changed();
  } else if (const auto* waits = std::get_if<SegmentingWaits>(&message.body); waits && waits->request == m_asked->number) {
    m_asked.reset();
    m_isHeldUp = true;
    next();
  }
}

void Prompting::endedAlone(const JobEnded& ended) {
  if (ended.outcome != JobOutcome::Failed) return askAgain();
  if (!m_asked) return;
  m_problem = ended.failure.details;
  m_asked.reset();
  m_isReading = false;
  Q_EMIT changed();
}

// What a job did not come to before its end went with it.
void Prompting::askAgain() {
  m_isHeldUp = false;
  if (m_asked && m_asked->isAnswered) return;
  m_asked.reset();
  m_isReading = false;
  next();
}

}  // namespace gps::app
