#pragma once
// What new pictures and videos have in common: one job of the engine that waits while another runs, and can be stopped. GUI thread.
#include <QObject>
#include <optional>

#include "app/engine/engineapi.h"

namespace gps::app {

class Session;

class Looking : public QObject {
  Q_OBJECT
 public:
  enum class Phase { Empty, Waiting, Looking, Done, Cancelled, Failed };
  Looking(EngineApi& engine, Session& session, JobKind kind, QObject* parent = nullptr);
  void cancel();
  Phase phase() const { return m_phase; }
  bool usesRun() const { return m_usesRun; }
  bool hasRun() const;  // a run with values to use is on screen
  // What is there was looked at with other values than it would be now.
  bool isStale() const;
  // The values of what is there, as in a table of readings: "untuned", or RUN@7; empty: nothing is there.
  QString madeWith() const;
  QString madeWithModel() const;  // id of the base
  QString madeWithRun() const;    // name of the run's folder; empty: the untuned model
  int madeWithEpoch() const { return m_made ? m_made->epoch : 0; }
  QString whyNot() const;  // empty: pictures can be looked at

 Q_SIGNALS:
  void changed();  // another phase, or all pictures are others

 protected:
  struct Values {
    ModelSpec model;
    QString runFolder;  // empty: the untuned model
    int epoch = 0;
    bool isAs(const Values& other) const;
  };
  // Begins as soon as nothing else runs, in the place of what was looked at before. usesRun: the best values of the run on screen, where
  // there is one.
  void begin(bool usesRun);
  virtual RunId start(const Values& values) = 0;
  virtual void take(const MessageBody& body) = 0;  // of the job
  virtual void forget() = 0;                       // all that it sent
  void clear();
  EngineApi& engine() const { return m_engine; }

 private:
  void receive(const EngineMessage& message);
  void tryStart();
  Values valuesOfNow() const;
  void setPhase(Phase phase);
  EngineApi& m_engine;
  Session& m_session;
  JobKind m_kind;
  Phase m_phase = Phase::Empty;
  bool m_usesRun = true;
  std::optional<Values> m_made;  // of what is there
  RunId m_run = 0;
};

}  // namespace gps::app
