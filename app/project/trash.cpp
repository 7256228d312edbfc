#include "app/project/trash.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace gps::app {

using namespace Qt::StringLiterals;

QString moveToTrash(const QString& path, const QString& fallback) {
  if (!QFileInfo::exists(path)) return {};
  QString lies;
  if (QFile::moveToTrash(path, &lies)) return lies.isEmpty() ? path : lies;
  if (!QDir().mkpath(fallback)) return {};
  const QString name = fallback + u'/' + QFileInfo(path).fileName();
  for (int i = 1;; ++i) {
    const QString target = i == 1 ? name : name + u'-' + QString::number(i);
    if (QFileInfo::exists(target)) continue;
    return QDir().rename(path, target) ? target : QString();
  }
}

}  // namespace gps::app
