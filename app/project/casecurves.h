#pragma once
// Every scored picture at every threshold, and its prediction in the size of a thumbnail. Worked out from the predictions as they come,
// on a thread of its own, and small enough to keep for thousands of pictures. GUI thread.
#include <QHash>
#include <QObject>
#include <QSet>
#include <QThreadPool>
#include <QTimer>
#include <atomic>
#include <map>
#include <memory>
#include <string>

#include "app/project/mapsource.h"
#include "core/values/thresholdcounts.h"

namespace gps::app {

class Session;

struct CaseCurve {
  std::shared_ptr<const ThresholdCounts> counts;  // null without a truth
  std::shared_ptr<const ProbabilityMap> small;    // longer side at most kSmallSide; null where none was kept
};

class CaseCurves : public QObject {
  Q_OBJECT
 public:
  static constexpr int kSmallSide = 96;
  explicit CaseCurves(Session& session, QObject* parent = nullptr);
  ~CaseCurves() override;
  const CaseCurve* of(const QString& caseId, const MapSource& source) const;  // null: not known (yet)
  void add(const QString& caseId, const MapSource& source, std::shared_ptr<const ProbabilityMap> map);
  // What was kept of an earlier time; nothing where there is a newer one.
  void adopt(const MapSource& source, const std::map<std::string, CaseCurve>& curves);
  int waiting() const { return m_waiting; }

 Q_SIGNALS:
  void changed();  // several at once

 private:
  void collect();
  void forget();
  struct Key {
    QString caseId;
    MapSource source;
    bool operator==(const Key&) const = default;
    friend size_t qHash(const Key& key, size_t seed = 0) { return qHashMulti(seed, key.caseId, key.source); }
  };
  Session& m_session;
  QHash<Key, CaseCurve> m_curves;
  QHash<Key, std::weak_ptr<const ProbabilityMap>> m_taken;  // the map that a curve was or is being made from
  QHash<QString, std::string> m_truths;                     // paths, by case
  const void* m_data = nullptr;                             // that m_truths belongs to
  std::shared_ptr<std::atomic<quint64>> m_generation = std::make_shared<std::atomic<quint64>>(0);
  QThreadPool m_pool;
  QTimer m_tell;
  int m_waiting = 0;
};

// Mean of squares of pixels, longer side at most `side`.
ProbabilityMap shrunk(const ProbabilityMap& map, int side);

}  // namespace gps::app
