#pragma once
// Folders of real polyp pictures for walks: links into the shared Kvasir-SEG copies (GPS_TEST_DATA).
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QString>
#include <QStringList>

namespace gps::app {

// Empty: the pictures are not on this machine.
inline QString kvasirFolder() {
  const QString folder = qEnvironmentVariable("GPS_TEST_DATA") + QStringLiteral("/data/kvasir_seg");
  return QFileInfo::exists(folder + QStringLiteral("/images")) ? folder : QString();
}

inline QStringList idsOf(const QString& list) {
  QFile file(list);
  if (!file.open(QIODevice::ReadOnly)) return {};
  return QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

// Links pictures and masks of these ids into FOLDER/images and FOLDER/masks; false: one is missing.
inline bool linkPairs(const QString& from, const QStringList& ids, const QString& folder) {
  if (!QDir().mkpath(folder + QStringLiteral("/images")) || !QDir().mkpath(folder + QStringLiteral("/masks"))) return false;
  for (const QString& id : ids)
    for (const QString& name : {QStringLiteral("/images/%1.jpg").arg(id), QStringLiteral("/masks/%1.png").arg(id)})
      if (!QFileInfo::exists(from + name) || !QFile::link(from + name, folder + name)) return false;
  return true;
}

inline bool writeList(const QString& path, const QStringList& ids) {
  QFile file(path);
  return file.open(QIODevice::WriteOnly) && file.write((ids.join(QLatin1Char('\n')) + QLatin1Char('\n')).toUtf8()) > 0;
}

}  // namespace gps::app
