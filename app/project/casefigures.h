#pragma once
// Outlines of the case on screen at the threshold of the moment, compared beside the window: some ten milliseconds a picture. The newest
// question counts; what is on its way for an older one is dropped. GUI thread.
#include <QObject>
#include <QThreadPool>
#include <memory>
#include <optional>

#include "core/values/image.h"
#include "core/values/metrics.h"

namespace gps::app {

class CaseFigures : public QObject {
  Q_OBJECT
 public:
  struct Question {
    std::shared_ptr<const MaskImage> truth;
    std::shared_ptr<const ProbabilityMap> before, now;  // null: none
    double threshold = 0.5;
    bool operator==(const Question&) const = default;
  };
  struct Answer {
    std::optional<BoundaryScore> before, now;
  };

  explicit CaseFigures(QObject* parent = nullptr);
  ~CaseFigures() override;
  // The answer where it is known; otherwise it is on its way.
  std::optional<Answer> ask(const Question& question);

 Q_SIGNALS:
  void answered();

 private:
  void start();
  Question m_asked, m_running;
  std::optional<Answer> m_answer;  // to m_asked
  bool m_isRunning = false;
  QThreadPool m_pool;
};

}  // namespace gps::app
