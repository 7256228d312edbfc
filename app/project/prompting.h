#pragma once
// Outlining one picture by what a person points at in it: the box and points with a history of their own, and the engine's answer under
// each source of values that is looked at. The newest question counts; one that was lost with the end of a job is asked again. GUI thread.
#include <QElapsedTimer>
#include <QHash>
#include <QList>
#include <QObject>
#include <QThreadPool>
#include <memory>

#include "app/engine/engineapi.h"
#include "app/project/mapsource.h"
#include "widgets/pyramids.h"

namespace gps::app {

class RunLibrary;
class Session;

class Prompting : public QObject {
  Q_OBJECT
 public:
  Prompting(EngineApi& engine, Session& session, RunLibrary& runs, QObject* parent = nullptr);
  ~Prompting() override;

  QString whyNot() const;       // empty: boxes can be drawn
  QString whyNoPoints() const;  // empty: points can be set, too
  void setActive(bool on);      // asks for nothing while it is off
  // What is looked at, the most wanted source first. Another picture begins without prompts.
  void look(const QString& caseId, std::shared_ptr<const RgbImage> image, const QList<MapSource>& sources);

  const PromptSet& prompts() const { return m_history.last(); }
  void setBox(double x0, double y0, double x1, double y1);
  void addPoint(double x, double y, bool include);
  void undo();
  void clear();  // can be undone
  bool canUndo() const { return m_history.size() > 1; }

  // Of the present prompts; an older answer stays until the new one is there. Null: none yet.
  std::shared_ptr<const ui::MapPyramid> map(const MapSource& source) const { return m_maps.value(source).map; }
  bool isStale(const MapSource& source) const;  // of other prompts
  bool isPending() const { return m_asked.has_value(); }
  bool isReading() const { return m_isReading; }   // the picture itself, which takes longer than an answer
  QString waitsFor() const { return m_waitsFor; }  // why nothing is asked now; empty: nothing waits
  QString problem() const { return m_problem; }    // technical English; empty: none
  double lastMs() const { return m_lastMs; }       // from the question to the answer, as the person sees it; −1: none yet

 Q_SIGNALS:
  void promptsChanged();
  void changed();  // an answer, or what is waited for

 private:
  struct Answer {
    PromptSet prompts;
    int generation = 0;
    std::shared_ptr<const ui::MapPyramid> map;
  };
  struct Asked {
    RunId number = 0;
    MapSource source;
    PromptSet prompts;
    bool isAnswered = false;  // and being made ready for the viewer
  };
  void push(const PromptSet& prompts);
  void begin();  // without prompts
  void next();
  void receive(const EngineMessage& message);
  void endedAlone(const JobEnded& ended);
  void askAgain();
  bool isOnScreen(const MapSource& source) const;
  void keep(const Asked& asked, const std::shared_ptr<const ProbabilityMap>& map);
  EngineApi& m_engine;
  Session& m_session;
  RunLibrary& m_runs;
  QThreadPool m_pool;
  QList<PromptSet> m_history{PromptSet{}};
  QString m_caseId;
  std::shared_ptr<const RgbImage> m_image;
  QList<MapSource> m_sources;
  QHash<MapSource, Answer> m_maps;
  std::optional<Asked> m_asked;
  QElapsedTimer m_since;
  QString m_waitsFor, m_problem;
  double m_lastMs = -1;
  int m_generation = 0;
  bool m_isActive = false, m_isReading = false, m_isHeldUp = false;
};

}  // namespace gps::app
