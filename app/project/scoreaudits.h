#pragma once
// The audit of each epoch's scores, worked out beside the window. GUI thread.
#include <QHash>
#include <QObject>
#include <QThreadPool>
#include <memory>
#include <vector>

#include "app/project/session.h"
#include "core/evaluation/figures/audit.h"

namespace gps::app {

class ScoreAudits : public QObject {
  Q_OBJECT
 public:
  explicit ScoreAudits(Session& session, QObject* parent = nullptr);
  ~ScoreAudits() override;
  // Of scores that are complete; asks for one that is not there yet. Null: not there yet, or not scored.
  std::shared_ptr<const ScoreAudit> audit(int epoch);
  // In the order of the pictures; empty: not scored to the end.
  std::vector<CaseScore> cases(int epoch) const;

 Q_SIGNALS:
  void ready(int epoch);

 private:
  Session& m_session;
  QHash<int, std::shared_ptr<const ScoreAudit>> m_audits;
  QSet<int> m_asked;
  quint64 m_generation = 0;  // of the scores
  QThreadPool m_pool;
};

}  // namespace gps::app
