#include "app/project/diskspace.h"

#include <QFileInfo>
#include <QStorageInfo>
#include <utility>

namespace gps::app {

namespace {

constexpr int kPollMs = 5000;

double freeWhere(QString folder) {
  while (!folder.isEmpty() && !QFileInfo::exists(folder)) {
    const QString parent = QFileInfo(folder).path();
    if (parent == folder) break;
    folder = parent;
  }
  const QStorageInfo disk(folder);
  return disk.isValid() ? double(disk.bytesAvailable()) : 0;
}

}  // namespace

DiskSpace::DiskSpace(QObject* parent) : QObject(parent), m_probe(&freeWhere) {
  m_pool.setMaxThreadCount(1);
  m_poll.setInterval(kPollMs);
  connect(&m_poll, &QTimer::timeout, this, &DiskSpace::look);
}

DiskSpace::~DiskSpace() { m_pool.waitForDone(); }

void DiskSpace::setFolder(const QString& folder) {
  if (folder == m_folder) return;
  m_folder = folder;
  m_free = 0;
  Q_EMIT changed();
  if (folder.isEmpty()) return m_poll.stop();
  m_poll.start();
  look();
}

void DiskSpace::setProbe(Probe probe) {
  m_probe = std::move(probe);
  look();
}

// A disk that does not answer is not asked a second time meanwhile.
void DiskSpace::look() {
  if (m_folder.isEmpty()) return;
  m_looksAgain = m_isLooking;
  if (m_isLooking) return;
  m_isLooking = true;
  m_pool.start([this, folder = m_folder, probe = m_probe] {
    const double bytes = probe(folder);
    QMetaObject::invokeMethod(
        this, [this, folder, bytes] { accept(folder, bytes); }, Qt::QueuedConnection);
  });
}

void DiskSpace::accept(const QString& folder, double bytes) {
  m_isLooking = false;
  if (std::exchange(m_looksAgain, false) || folder != m_folder) look();
  if (folder != m_folder || bytes == m_free) return;
  m_free = bytes;
  Q_EMIT changed();
}

}  // namespace gps::app
