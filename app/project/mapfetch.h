#pragma once
// One prediction at a time for whoever writes files: from what the session holds, else computed by the engine. GUI thread.
#include <QObject>
#include <memory>

#include "app/engine/engineapi.h"
#include "app/project/mapsource.h"

namespace gps::app {

class RunLibrary;
class Session;

class MapFetch : public QObject {
  Q_OBJECT
 public:
  MapFetch(EngineApi& engine, Session& session, RunLibrary& runs, QObject* parent = nullptr);
  // Why predictions of this source cannot be had now; empty: they can.
  QString whyNot(const MapSource& source) const;
  // Answers once, by ready or failed, never before it returns. A fetch that is under way is forgotten.
  void fetch(const QString& caseId, std::shared_ptr<const RgbImage> image, const MapSource& source);
  void cancel();  // no answer will come

 Q_SIGNALS:
  void ready(std::shared_ptr<const gps::ProbabilityMap> map);
  void failed(const gps::app::Failure& failure);

 private:
  void receive(const EngineMessage& message);
  bool isOnScreen(const MapSource& source) const;
  void fail(Failure failure);
  EngineApi& m_engine;
  Session& m_session;
  RunLibrary& m_runs;
  QString m_caseId;
  MapSource m_source;
  RunId m_run = 0;        // 0: nothing is asked of the engine
  quint64 m_request = 0;  // number of the newest fetch
};

}  // namespace gps::app
