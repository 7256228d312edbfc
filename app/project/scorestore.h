#pragma once
// Scores that outlive the window: written beside what they are of (RUN/cases/, or the project's cases/ for the untuned model) when they are
// complete, and read again when the very same question comes up: weights, pictures, split, values, size, prompt. Off the GUI thread. GUI
// thread.
#include <QHash>
#include <QObject>
#include <QThreadPool>
#include <map>
#include <string>

#include "app/project/session.h"

namespace gps::app {

class ScoreStore : public QObject {
  Q_OBJECT
 public:
  explicit ScoreStore(Session& session, QObject* parent = nullptr);
  ~ScoreStore() override;
  QString pathOf(int epoch) const;  // empty: nothing is kept
  void flush() { m_pool.waitForDone(); }

 private:
  using Basis = std::map<std::string, std::string>;
  // Without the hash of the values of a run, which is worked out beside.
  Basis basis() const;
  QString deltaPath(int epoch) const;
  void look();
  void keep();
  Session& m_session;
  QHash<QString, QString> m_looked;  // path to the question that was asked of it last
  QHash<QString, std::shared_ptr<const SegmentationScore>> m_kept;
  QThreadPool m_pool;
};

}  // namespace gps::app
