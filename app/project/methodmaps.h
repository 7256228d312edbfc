#pragma once
// Predictions of several methods for one case at a time, from the engine; kept while there is room. GUI thread.
#include <QCache>
#include <QHash>
#include <QObject>
#include <QSet>
#include <memory>

#include "app/project/blindreadings.h"
#include "app/project/session.h"

namespace gps::app {

class MethodMaps : public QObject {
  Q_OBJECT
 public:
  MethodMaps(EngineApi& engine, Session& session, QObject* parent = nullptr);
  // Null: not there yet, or it could not be made.
  std::shared_ptr<const ProbabilityMap> map(const BlindMethod& method, const QString& caseId) const;
  // Those that are not there and not on their way. Nothing while another job runs.
  void request(const QList<BlindMethod>& methods, const QString& caseId, std::shared_ptr<const RgbImage> image);
  void clear();

 Q_SIGNALS:
  void ready(const QString& caseId);
  void failed(const gps::app::Failure& failure);

 private:
  QString folderOf(const BlindMethod& method) const;  // empty: the untuned model
  void receive(const EngineMessage& message);
  EngineApi& m_engine;
  Session& m_session;
  QCache<QString, std::shared_ptr<const ProbabilityMap>> m_maps;  // cost in KiB
  QHash<RunId, QString> m_waiting;                                // key of what a run will answer
};

}  // namespace gps::app
