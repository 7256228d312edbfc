#pragma once
// The audit of each epoch's scores at the threshold asked for, worked out beside the window. Away from the one that was scored at the
// counts come from the curves of the cases; outlines are of the one they were compared at, unless they have been computed there, too. GUI
// thread.
#include <QCache>
#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <memory>
#include <optional>
#include <vector>

#include "app/project/casecurves.h"
#include "app/project/outlinescores.h"
#include "app/project/session.h"
#include "core/evaluation/figures/audit.h"

namespace gps::app {

class ScoreAudits : public QObject {
  Q_OBJECT
 public:
  explicit ScoreAudits(Session& session, QObject* parent = nullptr);
  ~ScoreAudits() override;
  static constexpr double kScoredAt = 0.5;
  void useCurves(CaseCurves& curves);
  void useOutlines(OutlineScores& outlines);  // of other thresholds
  bool hasOutlinesAt(int epoch, double threshold) const;
  // Whether all cases of scores that are complete are known there.
  bool isKnownAt(int epoch, double threshold) const;
  // Of scores that are complete; asks for one that is not there yet, the newest wish first. Null: not there yet, or not known.
  std::shared_ptr<const ScoreAudit> audit(int epoch, double threshold = kScoredAt);
  // In the order of the pictures; empty: not scored to the end, or not known there. Outlines as they were compared where there are none of
  // this threshold.
  std::vector<CaseScore> cases(int epoch, double threshold = kScoredAt) const;

 Q_SIGNALS:
  void ready(int epoch);
  void curvesGrew();  // more may be known; outlines, too

 private:
  Session& m_session;
  struct Key {
    int epoch = 0, step = 0;  // hundredths
    bool operator==(const Key&) const = default;
    friend size_t qHash(const Key& key, size_t seed = 0) { return qHashMulti(seed, key.epoch, key.step); }
  };
  MapSource sourceOf(int epoch) const;
  static Key keyOf(int epoch, double threshold);
  QCache<Key, std::shared_ptr<const ScoreAudit>> m_audits{64};
  std::optional<Key> m_running;
  QPointer<CaseCurves> m_curves;
  QPointer<OutlineScores> m_outlines;
  quint64 m_generation = 0;  // of the scores
  QThreadPool m_pool;
};

}  // namespace gps::app
