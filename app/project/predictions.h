#pragma once
// Predictions of single pictures by any run and epoch, ready for the viewer. What is looked at is computed when it is asked for, one at a
// time and the newest wish first, and kept for as long as there is room; halved copies are made on a thread of their own. GUI thread.
#include <QCache>
#include <QObject>
#include <QSet>
#include <QThreadPool>
#include <memory>
#include <optional>

#include "app/engine/engineapi.h"
#include "app/project/mapsource.h"
#include "widgets/pyramids.h"

namespace gps::app {

class RunLibrary;
class Session;

class Predictions : public QObject {
  Q_OBJECT
 public:
  Predictions(EngineApi& engine, Session& session, RunLibrary& runs, QObject* parent = nullptr);
  ~Predictions() override;

  std::shared_ptr<const ui::MapPyramid> map(const QString& caseId, const MapSource& source) const;  // null: not there
  // What is looked at, most wanted first; takes the place of what was wanted before. What runs goes on to its end.
  void want(const QString& caseId, std::shared_ptr<const RgbImage> image, const QList<MapSource>& sources);
  // Is being computed or waits for it.
  bool isPending(const MapSource& source) const;
  int pending() const;                            // of the case wanted
  QString whyNot(const MapSource& source) const;  // empty: it is there, or can be computed now
  std::optional<Failure> failure(const MapSource& source) const;
  void cancel();  // what is wanted stays away until it is wanted anew

 Q_SIGNALS:
  void changed();  // a map has come, or will not come

 private:
  struct Key {
    QString caseId;
    MapSource source;
    bool operator==(const Key&) const = default;
    friend size_t qHash(const Key& key, size_t seed = 0) { return qHashMulti(seed, key.caseId, qHash(key.source)); }
  };
  void receive(const EngineMessage& message);
  void next();
  void finish(const Key& key, const std::shared_ptr<const ProbabilityMap>& map);
  bool isOnScreen(const MapSource& source) const;  // the session computes and keeps it
  void forget();
  void drop(bool isMissing);  // what the engine was asked for will not come
  EngineApi& m_engine;
  Session& m_session;
  RunLibrary& m_runs;
  QThreadPool m_pool;
  mutable QCache<Key, std::shared_ptr<const ui::MapPyramid>> m_maps;  // cost in KiB
  QHash<Key, std::shared_ptr<const ProbabilityMap>> m_halving;        // being made ready
  QString m_caseId;
  std::shared_ptr<const RgbImage> m_image;
  QList<MapSource> m_wanted;
  std::optional<Key> m_asked;  // of the engine
  RunId m_askedRun = 0;        // of a source that is not on screen
  QHash<MapSource, Failure> m_failures;
  QSet<Key> m_missing;  // there is none, and asking again would not help
  bool m_isCancelled = false;
};

}  // namespace gps::app
