#include "app/project/scoreaudits.h"

namespace gps::app {

ScoreAudits::ScoreAudits(Session& session, QObject* parent) : QObject(parent), m_session(session) {
  m_pool.setMaxThreadCount(1);
  connect(&session, &Session::scoresChanged, this, [this] {
    // Scores grow picture by picture and are final once complete; a cleared epoch comes back with other values.
    for (const int epoch : m_audits.keys())
      if (const auto* scores = m_session.scores(epoch); !scores || !scores->isComplete()) m_audits.remove(epoch);
    for (const int epoch : m_asked.values())
      if (const auto* scores = m_session.scores(epoch); !scores || !scores->isComplete()) {
        m_asked.clear();
        ++m_generation;
        break;
      }
  });
}

ScoreAudits::~ScoreAudits() { m_pool.waitForDone(); }

std::vector<CaseScore> ScoreAudits::cases(int epoch) const {
  std::vector<CaseScore> all;
  const auto* scores = m_session.scores(epoch);
  const auto data = m_session.data();
  if (!scores || !scores->summary || !data) return all;
  for (const auto& item : data->items)
    if (const auto it = scores->measured.constFind(QString::fromStdString(item.id)); it != scores->measured.cend()) all.push_back(*it);
  return all;
}

std::shared_ptr<const ScoreAudit> ScoreAudits::audit(int epoch) {
  if (const auto known = m_audits.value(epoch)) return known;
  auto all = cases(epoch);
  if (all.empty() || m_asked.contains(epoch)) return nullptr;
  m_asked.insert(epoch);
  m_pool.start([this, epoch, all = std::move(all), mine = m_generation] {
    auto audit = std::make_shared<const ScoreAudit>(auditScores(all));
    QMetaObject::invokeMethod(
        this,
        [this, epoch, audit = std::move(audit), mine] {
          if (mine != m_generation) return;
          m_asked.remove(epoch);
          m_audits.insert(epoch, audit);
          Q_EMIT ready(epoch);
        },
        Qt::QueuedConnection);
  });
  return nullptr;
}

}  // namespace gps::app
