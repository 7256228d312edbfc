#include "app/project/mapfetch.h"

#include <QDir>

#include "app/project/runlibrary.h"
#include "app/project/session.h"

namespace gps::app {

using namespace Qt::StringLiterals;

MapFetch::MapFetch(EngineApi& engine, Session& session, RunLibrary& runs, QObject* parent)
    : QObject(parent), m_engine(engine), m_session(session), m_runs(runs) {
  connect(&m_engine, &EngineApi::message, this, &MapFetch::receive);
}

bool MapFetch::isOnScreen(const MapSource& source) const {
  return source.isBase() || QDir::cleanPath(source.runFolder) == QDir::cleanPath(m_session.run().folder);
}

QString MapFetch::whyNot(const MapSource& source) const {
  if (!m_session.model()) return tr("There is no model. Choose pretrained weights first.");
  if (m_session.isTraining() && !isOnScreen(source)) return tr("Another run is training. Wait for its end.");
  if (m_session.isBusy() && !m_session.isTraining()) return tr("Another job is under way. Wait for its end.");
  if (source.epoch == Session::kNow && !m_session.isNowThere()) return tr("The training is over. Choose one of its versions.");
  return {};
}

void MapFetch::fetch(const QString& caseId, std::shared_ptr<const RgbImage> image, const MapSource& source) {
  cancel();
  m_caseId = caseId;
  m_source = source;
  const quint64 mine = ++m_request;
  const auto later = [this, mine](auto act) {
    QMetaObject::invokeMethod(
        this,
        [this, mine, act] {
          if (mine == m_request) act();
        },
        Qt::QueuedConnection);
  };
  if (isOnScreen(source))
    if (const auto map = m_session.prediction(caseId, source.isBase() ? 0 : source.epoch)) return later([this, map] { Q_EMIT ready(map); });
  if (source.epoch == Session::kNow && !m_session.isNowThere()) {
    return later([this] {
      fail({JobKind::Predict, ErrorCode::Unavailable, m_caseId, u"the run has ended"_s, u"Choose one of its versions"_s, {}});
    });
  }
  ModelSpec model = m_session.project().model;
  if (!isOnScreen(source)) {
    const RunPtr run = m_runs.runIn(source.runFolder);
    if (!run) {
      return later([this, source] {
        fail({JobKind::Predict, ErrorCode::NotFound, source.runFolder, u"the run is not there"_s, u"Choose another run"_s, {}});
      });
    }
    model = run->record.spec.model;
  }
  model.classes = 0;
  m_run = m_engine.predict(
      {model, caseId, source.isBase() ? QString() : source.runFolder, source.isBase() ? 0 : source.epoch, std::move(image)});
}

void MapFetch::cancel() {
  ++m_request;
  if (m_run != 0 && m_engine.currentJob() == JobKind::Predict) m_session.stopEngine();
  m_run = 0;
}

void MapFetch::fail(Failure failure) {
  m_run = 0;
  Q_EMIT failed(failure);
}

void MapFetch::receive(const EngineMessage& message) {
  if (m_run == 0 || message.run != m_run) return;
  if (const auto* predicted = std::get_if<Predicted>(&message.body)) {
    if (predicted->caseId != m_caseId || predicted->epoch != (m_source.isBase() ? 0 : m_source.epoch)) return;
    m_run = 0;
    if (predicted->map)
      Q_EMIT ready(predicted->map);
    else
      fail({JobKind::Predict, ErrorCode::Unavailable, m_caseId, u"the run that trains could not compute it"_s, u"Wait for its end"_s, {}});
  } else if (const auto* ended = std::get_if<JobEnded>(&message.body)) {
    // Without the prediction: it failed, was stopped, or the training that was to serve it is over.
    if (ended->outcome == JobOutcome::Failed)
      fail(ended->failure);
    else
      fail({JobKind::Predict, ErrorCode::Unavailable, m_caseId, u"the job ended before the prediction was there"_s, u"Start again"_s, {}});
  }
}

}  // namespace gps::app
