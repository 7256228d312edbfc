#pragma once
// Brings the steps of a run that is read from disk: its event files are read on another thread whenever another run is on screen or more of
// it is there. A run that trains here tells its own. GUI thread.
#include <QObject>

#include "app/project/session.h"

namespace gps::app {

class RunSteps : public QObject {
  Q_OBJECT
 public:
  explicit RunSteps(Session& session, QObject* parent = nullptr);
  bool isReading() const { return m_isReading; }

 private:
  void look();
  Session& m_session;
  QString m_key;  // of what was read last
  bool m_isReading = false;
};

}  // namespace gps::app
