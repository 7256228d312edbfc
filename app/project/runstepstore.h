#pragma once
// The steps of the runs that somebody looks at over steps. Their event files are read on another thread, again when a run has grown by an
// epoch; what nobody looks at any more is let go. GUI thread.
#include <QHash>
#include <QObject>
#include <memory>
#include <vector>

#include "app/project/runlibrary.h"
#include "core/values/steppoint.h"

namespace gps::app {

class RunStepStore : public QObject {
  Q_OBJECT
 public:
  explicit RunStepStore(QObject* parent = nullptr) : QObject(parent) {}
  void want(const QList<RunPtr>& runs);
  const std::vector<StepPoint>* of(const QString& folder) const;  // null: not read yet
  int version(const QString& folder) const;                       // another one whenever they are others; 0: not read yet
  bool isReading() const { return m_isReading; }

 Q_SIGNALS:
  void changed();

 private:
  struct Known {
    qsizetype epochs = -1;  // that the run had when it was read
    int version = 0;
    std::vector<StepPoint> steps;
  };
  struct Due {
    QString folder;
    qsizetype epochs;
  };
  void read();
  QHash<QString, std::shared_ptr<Known>> m_known;  // of those that are wanted
  QList<Due> m_due;
  bool m_isReading = false;
  int m_versions = 0;
};

}  // namespace gps::app
