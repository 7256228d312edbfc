#include "app/project/casefigures.h"

#include "core/evaluation/figures/boundary.h"

namespace gps::app {

namespace {

std::optional<BoundaryScore> compared(const ProbabilityMap* map, const MaskImage* truth, double threshold) {
  if (!map || !truth || map->empty() || map->width != truth->width || map->height != truth->height) return std::nullopt;
  return compareBoundaries(foregroundOf(*map, threshold), foregroundOf(*truth));
}

}  // namespace

CaseFigures::CaseFigures(QObject* parent) : QObject(parent) { m_pool.setMaxThreadCount(1); }
CaseFigures::~CaseFigures() { m_pool.waitForDone(); }

std::optional<CaseFigures::Answer> CaseFigures::ask(const Question& question) {
  if (question == m_asked) return m_answer;
  m_asked = question;
  m_answer.reset();
  if (!question.truth || (!question.before && !question.now)) m_answer = Answer{};
  if (!m_answer && !m_isRunning) start();
  return m_answer;
}

void CaseFigures::start() {
  m_isRunning = true;
  m_running = m_asked;
  m_pool.start([this, question = m_asked] {
    const Answer answer{compared(question.before.get(), question.truth.get(), question.threshold),
                        compared(question.now.get(), question.truth.get(), question.threshold)};
    QMetaObject::invokeMethod(
        this,
        [this, answer] {
          m_isRunning = false;
          if (m_running == m_asked) {
            m_answer = answer;
            Q_EMIT answered();
          } else if (!m_answer) {
            start();
          }
        },
        Qt::QueuedConnection);
  });
}

}  // namespace gps::app
