#pragma once
// How much is free where a folder lies. Asked on a thread of its own, as some disks take their time, and again every few seconds, as none
// tells of it. GUI thread.
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>
#include <functional>

namespace gps::app {

class DiskSpace : public QObject {
  Q_OBJECT
 public:
  using Probe = std::function<double(const QString& folder)>;  // bytes, 0: not known; called on that thread

  explicit DiskSpace(QObject* parent = nullptr);
  ~DiskSpace() override;
  void setFolder(const QString& folder);       // need not exist; empty: none
  double freeBytes() const { return m_free; }  // as of the last answer; 0: not known
  void look();                                 // for those who know of a change
  void setProbe(Probe probe);                  // for tests

 Q_SIGNALS:
  void changed();

 private:
  void accept(const QString& folder, double bytes);
  QString m_folder;
  double m_free = 0;
  Probe m_probe;
  QTimer m_poll;
  QThreadPool m_pool;
  bool m_isLooking = false, m_looksAgain = false;
};

}  // namespace gps::app
