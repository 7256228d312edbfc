#pragma once
// What to do with the run that trains: keep what it learnt and stop, throw it away, or go on. A question that blocks nothing.
#include <QObject>

#include "app/project/session.h"

class QMessageBox;

namespace gps::app {

class StopQuestion : public QObject {
  Q_OBJECT
 public:
  explicit StopQuestion(Session& session, QWidget* parent);
  void ask();  // a second time: the question that is open comes to the front
  bool isOpen() const { return m_box != nullptr; }
  QMessageBox* box() const { return m_box; }
  void discard();  // stops; the run's folder goes to the trash once it has ended

 Q_SIGNALS:
  void discarded(const QString& folder, const QString& trash);  // trash: where it lies now; empty: it could not be moved

 private:
  void clearUp();
  Session& m_session;
  QWidget* m_parent;
  QMessageBox* m_box = nullptr;
  QString m_toDiscard;
};

}  // namespace gps::app
