#include "app/project/folderpaths.h"

#include <QDir>
#include <QFileInfo>

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

bool isSameFolder(const QString& a, const QString& b) {
  if (a.isEmpty() || b.isEmpty()) return false;
  const QString inA = QFileInfo(a).canonicalFilePath(), inB = QFileInfo(b).canonicalFilePath();
  return inA.isEmpty() || inB.isEmpty() ? QDir::cleanPath(QDir(a).absolutePath()) == QDir::cleanPath(QDir(b).absolutePath()) : inA == inB;
}

}  // namespace gps::app
