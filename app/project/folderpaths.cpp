#include "app/project/folderpaths.h"

#include <QDir>

namespace gps::app {

using namespace Qt::StringLiterals;

QString keptPath(const QString& folder, const QString& path) {
  if (path.isEmpty()) return path;
  const QString relative = QDir(folder).relativeFilePath(path);
  return relative == ".."_L1 || relative.startsWith("../"_L1) ? path : relative;
}

QString openedPath(const QString& folder, const QString& kept) {
  return kept.isEmpty() ? kept : QDir::cleanPath(QDir(folder).absoluteFilePath(kept));
}

}  // namespace gps::app
