#pragma once
// A lock beside the settings while the program runs. One that a dead process left says that the program did not end properly.
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>

namespace gps::app {

class RunningMark {
 public:
  explicit RunningMark(const QString& settingsFile) : m_lock(settingsFile + QStringLiteral(".running")) {
    QDir().mkpath(QFileInfo(settingsFile).absolutePath());
    const bool wasThere = QFile::exists(settingsFile + QStringLiteral(".running"));
    m_lock.setStaleLockTime(0);  // however old, it is a living program's
    m_isAlone = m_lock.tryLock(0);
    m_endedBadly = wasThere && m_isAlone;
  }
  bool endedBadly() const { return m_endedBadly; }
  bool isAlone() const { return m_isAlone; }  // false: another window of this user is open
  void unlock() { m_lock.unlock(); }

 private:
  QLockFile m_lock;
  bool m_isAlone = false, m_endedBadly = false;
};

}  // namespace gps::app
