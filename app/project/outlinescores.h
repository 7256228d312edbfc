#pragma once
// The outlines of all pictures at another threshold than the one that they are scored at: made when they are asked for, beside the window,
// and kept on the disk with the scores. Whatever the threshold has become meanwhile, an answer is of the one that was asked for. GUI
// thread.
#include <QHash>
#include <QObject>
#include <QSet>
#include <memory>
#include <optional>
#include <vector>

#include "app/engine/engineapi.h"
#include "app/project/mapsource.h"

namespace gps::app {

class RunLibrary;
class ScoreStore;
class Session;

class OutlineScores : public QObject {
  Q_OBJECT
 public:
  using Cases = QHash<QString, CaseScore>;  // by id; of all pictures that were scored

  OutlineScores(EngineApi& engine, Session& session, RunLibrary& runs, ScoreStore& store, QObject* parent = nullptr);
  // Null: not known. What was kept of an earlier time is looked for, and changed() told when it is there.
  std::shared_ptr<const Cases> at(const MapSource& source, double threshold);
  QString whyNot() const;  // empty: it can start
  void compute(const MapSource& source, double threshold);
  void cancel();
  bool isRunning() const { return m_run != 0; }
  double runningAt() const;  // the threshold
  const std::optional<Progress>& progress() const { return m_progress; }
  const std::optional<Failure>& failure() const { return m_failure; }
  void dismissFailure();

 Q_SIGNALS:
  void changed();                                           // how the work goes
  void known(const gps::app::MapSource& source, int step);  // all of them; step: hundredths

 private:
  struct Key {
    MapSource source;
    QString split;
    int step = 0;
    bool operator==(const Key&) const = default;
    friend size_t qHash(const Key& key, size_t seed = 0) { return qHashMulti(seed, key.source, key.split, key.step); }
  };
  Key keyOf(const MapSource& source, double threshold) const;
  bool isOfSession(const MapSource& source) const;  // the session scores it, and the store keeps it
  void receive(const EngineMessage& message);
  void take(const Key& key, const std::vector<CaseScore>& cases);
  void forget();
  void dropOutdated();
  EngineApi& m_engine;
  Session& m_session;
  RunLibrary& m_runs;
  ScoreStore& m_store;
  QHash<Key, std::shared_ptr<const Cases>> m_known;
  QSet<Key> m_looked;  // for what the disk holds of them
  Key m_running;
  RunId m_run = 0;
  std::optional<Progress> m_progress;
  std::optional<Failure> m_failure;
};

}  // namespace gps::app
