#pragma once
// Scores every picture of the split by a run and epoch that the session does not score by itself: another run than the one on screen, or
// an epoch between the best and the last. The counts of every threshold go to CaseCurves; what was measured with the outlines is kept here.
// GUI thread.
#include <QHash>
#include <QObject>
#include <optional>

#include "app/engine/engineapi.h"
#include "app/project/mapsource.h"

namespace gps::app {

class CaseCurves;
class RunLibrary;
class Session;

// The session keeps its scores itself: the untuned model's, and those of the run on screen at its best and its last epoch.
bool isScoredBySession(const MapSource& source, const Session& session);

class SourceScoring : public QObject {
  Q_OBJECT
 public:
  SourceScoring(EngineApi& engine, Session& session, RunLibrary& runs, CaseCurves& curves, QObject* parent = nullptr);
  bool isNeededFor(const MapSource& source) const;  // false: Session::scoreCases scores it
  QString whyNot() const;                           // empty: it can start
  void start(const MapSource& source);
  const CaseScore* measured(const QString& caseId, const MapSource& source) const;  // at the usual threshold; null: not known
  bool isRunning() const { return m_run != 0; }
  const std::optional<Progress>& progress() const { return m_progress; }
  const std::optional<Failure>& failure() const { return m_failure; }
  void dismissFailure();

 Q_SIGNALS:
  void changed();

 private:
  void receive(const EngineMessage& message);
  void forget();
  EngineApi& m_engine;
  Session& m_session;
  RunLibrary& m_runs;
  CaseCurves& m_curves;
  RunId m_run = 0;
  MapSource m_source;
  QHash<MapSource, QHash<QString, CaseScore>> m_measured;
  std::optional<Progress> m_progress;
  std::optional<Failure> m_failure;
};

}  // namespace gps::app
