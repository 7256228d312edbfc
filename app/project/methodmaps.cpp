#include "app/project/methodmaps.h"

#include <utility>

namespace gps::app {

namespace {

constexpr int kCacheKiB = 128 * 1024;

QString keyOf(const QString& run, int epoch, const QString& caseId) { return run + u'@' + QString::number(epoch) + u'/' + caseId; }

}  // namespace

MethodMaps::MethodMaps(EngineApi& engine, Session& session, QObject* parent)
    : QObject(parent), m_engine(engine), m_session(session), m_maps(kCacheKiB) {
  connect(&engine, &EngineApi::message, this, &MethodMaps::receive);
  for (auto signal : {&Session::dataChanged, &Session::modelChanged}) connect(&session, signal, this, &MethodMaps::clear);
}

QString MethodMaps::folderOf(const BlindMethod& method) const {
  return method.run.isEmpty() ? QString() : m_session.project().runsFolder() + u'/' + method.run;
}

void MethodMaps::clear() {
  m_maps.clear();
  m_waiting.clear();
}

std::shared_ptr<const ProbabilityMap> MethodMaps::map(const BlindMethod& method, const QString& caseId) const {
  const auto* held = m_maps.object(keyOf(method.run, method.epoch, caseId));
  if (held) return *held;
  // What has been scored is there already.
  if (method.run.isEmpty()) return m_session.prediction(caseId, 0);
  const bool isOnScreen = m_session.run().folder == folderOf(method);
  return isOnScreen ? m_session.prediction(caseId, method.epoch) : nullptr;
}

void MethodMaps::request(const QList<BlindMethod>& methods, const QString& caseId, std::shared_ptr<const RgbImage> image) {
  if (m_session.isBusy() || !m_session.model() || !image) return;
  const ModelSpec model = m_session.resolvedTrainSpec().model;
  const QList<QString> waiting = m_waiting.values();
  for (const BlindMethod& method : methods) {
    const QString key = keyOf(method.run, method.epoch, caseId);
    if (map(method, caseId) || waiting.contains(key)) continue;
    m_waiting.insert(m_engine.predict({model, caseId, folderOf(method), method.epoch, image}), key);
  }
}

void MethodMaps::receive(const EngineMessage& message) {
  const auto waited = m_waiting.constFind(message.run);
  if (waited == m_waiting.cend()) return;
  if (const auto* ended = std::get_if<JobEnded>(&message.body)) {
    m_waiting.erase(waited);
    if (ended->outcome == JobOutcome::Failed) Q_EMIT failed(ended->failure);
    return;
  }
  const auto* predicted = std::get_if<Predicted>(&message.body);
  if (!predicted || !predicted->map) return;
  const QString caseId = predicted->caseId;
  const auto kib = qsizetype(predicted->map->values.size() * sizeof(float) / 1024 + 1);
  m_maps.insert(*waited, new std::shared_ptr<const ProbabilityMap>(predicted->map), kib);
  Q_EMIT ready(caseId);
}

}  // namespace gps::app
