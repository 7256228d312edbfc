#pragma once
// The epoch of a run that is looked at: one for the curves, the table of epochs and the cases. GUI thread.
#include <QObject>
#include <QString>

namespace gps::app {

class EpochFocus : public QObject {
  Q_OBJECT
 public:
  static constexpr int kNone = -1;

  using QObject::QObject;
  int of(const QString& runFolder) const { return !runFolder.isEmpty() && runFolder == m_runFolder ? m_epoch : kNone; }
  // By the user, anywhere. Epoch 0 is the untuned model; less than that lets go.
  void set(const QString& runFolder, int epoch);

 Q_SIGNALS:
  void changed();

 private:
  QString m_runFolder;
  int m_epoch = kNone;
};

}  // namespace gps::app
