#include "app/project/foldercopy.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QMap>
#include <QSaveFile>
#include <QStorageInfo>
#include <algorithm>
#include <utility>

#include "core/tuning/runfolder.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kChunk = 4 << 20;
constexpr int kRounds = 4;  // the first copies all; the others what has changed since
constexpr auto kProjectFile = "project.json"_L1;

enum class Thing { Folder, File, Link };

struct Entry {
  Thing thing = Thing::File;
  qint64 size = 0, changedMs = 0;
  bool operator==(const Entry&) const = default;
};
using Tree = QMap<QString, Entry>;  // by the path inside the folder: a folder comes before what it holds

bool isBeingWrittenIn(const QString& folder) { return isBeingWritten(QFile::encodeName(folder).toStdString()); }

class Copy {
 public:
  Copy(const FolderCopyOrder& order, const std::atomic<bool>& stop, const std::function<void(qint64, qint64)>& progress)
      : m_order(order), m_stop(stop), m_progress(progress) {}

  FolderCopyResult run() {
    if (!prepare() || !copyAll() || !writeProjectFile()) clearUp();
    return m_result;
  }

 private:
  using Kind = FolderCopyResult::Kind;

  bool fail(Kind kind, const QString& path, const QString& why = {}) {
    m_result.kind = kind;
    m_result.path = path;
    m_result.why = why;
    return false;
  }
  bool isStopped() {
    if (m_stop) m_result.kind = Kind::Stopped;
    return m_stop;
  }
  QString in(const QString& name) const { return m_order.from + u'/' + name; }
  QString out(const QString& name) const { return m_order.to + u'/' + name; }

  bool prepare() {
    const QFileInfo target(m_order.to);
    if (target.exists() && !target.isDir()) return fail(Kind::NoFolder, m_order.to);
    if (target.exists() && !QDir(m_order.to).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot))
      return fail(Kind::NotEmpty, m_order.to);
    QStringList missing;
    QString above = m_order.to;
    for (; !QFileInfo::exists(above) && above != QFileInfo(above).path(); above = QFileInfo(above).path()) missing.prepend(above);
    const QString source = QFileInfo(m_order.from).canonicalFilePath(), place = QFileInfo(above).canonicalFilePath();
    if (!source.isEmpty() && (place == source || place.startsWith(source + u'/'))) return fail(Kind::Inside, m_order.to);
    for (const QString& folder : missing)
      if (!makeFolder(folder)) return false;
    return true;
  }

  bool makeFolder(const QString& path) {
    if (QFileInfo(path).isDir()) return true;
    if (!QDir().mkdir(path)) return fail(Kind::Failed, path, u"the folder cannot be made"_s);
    m_made << path;
    return true;
  }

  // What there is to copy now.
  Tree look() {
    Tree tree;
    m_result.leftOut.clear();
    QStringList folders{QString()};
    while (!folders.isEmpty() && !m_stop) {
      const QString folder = folders.takeFirst();
      QDirIterator it(folder.isEmpty() ? m_order.from : in(folder), QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
      while (it.hasNext() && !m_stop) {
        const QFileInfo info(it.next());
        const QString name = folder.isEmpty() ? info.fileName() : folder + u'/' + info.fileName();
        if (name == kProjectFile || name == ".recovery"_L1 || name == "trash"_L1) continue;
        if (info.isSymLink()) {
          tree.insert(name, {Thing::Link, 0, 0});
        } else if (!info.isDir()) {
          tree.insert(name, {Thing::File, info.size(), info.lastModified().toMSecsSinceEpoch()});
        } else if (isBeingWrittenIn(info.filePath())) {
          m_result.leftOut << name;
        } else if (!info.isReadable() || !info.isExecutable()) {
          fail(Kind::Failed, info.filePath(), u"the folder cannot be read"_s);
        } else {
          tree.insert(name, {Thing::Folder, 0, 0});
          folders << name;
        }
      }
    }
    m_result.leftOut.sort();
    return tree;
  }

  bool copyAll() {
    Tree copied;
    for (int round = 0; round < kRounds; ++round) {
      const Tree wanted = look();
      if (isStopped() || m_result.kind != Kind::Done) return false;
      if (round > 0 && wanted == copied) return true;
      m_total = m_done;
      for (auto it = wanted.begin(); it != wanted.end(); ++it)
        if (copied.value(it.key()) != it.value()) m_total += it->size;
      if (round == 0 && !hasRoom(m_total)) return false;
      const QStringList before = copied.keys();
      for (auto name = before.rbegin(); name != before.rend(); ++name)
        if (!wanted.contains(*name) || wanted[*name].thing != copied[*name].thing) remove(out(*name));
      for (auto it = wanted.begin(); it != wanted.end(); ++it) {
        if (isStopped()) return false;
        if (copied.contains(it.key()) && copied[it.key()] == it.value()) continue;
        if (!copyOne(it.key(), it->thing)) return false;
      }
      copied = wanted;
    }
    return true;
  }

  bool hasRoom(qint64 bytes) {
    m_result.bytes = bytes;
    const QStorageInfo disk(m_order.to);
    if (!disk.isValid() || disk.bytesAvailable() < 0 || disk.bytesAvailable() >= bytes) return true;
    m_result.freeBytes = disk.bytesAvailable();
    return fail(Kind::NoSpace, m_order.to);
  }

  bool copyOne(const QString& name, Thing thing) {
    switch (thing) {
      case Thing::Folder:
        return makeFolder(out(name));
      case Thing::Link:
        return copyLink(name);
      case Thing::File:
        break;
    }
    return copyFile(name);
  }

  // One within the project leads to the copy, any other to where it led.
  bool copyLink(const QString& name) {
    const QString leads = QFileInfo(in(name)).symLinkTarget();
    if (leads.isEmpty()) return true;  // gone meanwhile
    const bool isInside = leads.startsWith(m_order.from + u'/');
    if (!QFile::link(isInside ? m_order.to + leads.mid(m_order.from.size()) : leads, out(name)))
      return fail(Kind::Failed, out(name), u"the link cannot be made"_s);
    m_made << out(name);
    return true;
  }

  bool copyFile(const QString& name) {
    QFile source(in(name)), target(out(name));
    if (!source.open(QIODevice::ReadOnly)) return !source.exists() || fail(Kind::Failed, source.fileName(), source.errorString());
    const bool isNew = !target.exists();
    if (!target.open(QIODevice::WriteOnly | QIODevice::Truncate)) return fail(Kind::Failed, target.fileName(), target.errorString());
    if (isNew) m_made << target.fileName();
    for (;;) {
      if (isStopped()) return false;
      m_buffer.resize(kChunk);
      const qint64 count = source.read(m_buffer.data(), kChunk);
      if (count < 0) return fail(Kind::Failed, source.fileName(), source.errorString());
      if (count == 0) break;
      if (target.write(m_buffer.constData(), count) != count) return fail(Kind::Failed, target.fileName(), target.errorString());
      m_done += count;
      m_progress(m_done, std::max(m_done, m_total));
    }
    // Runs are listed by the times of their files.
    if (!target.flush()) return fail(Kind::Failed, target.fileName(), target.errorString());
    target.setFileTime(source.fileTime(QFileDevice::FileModificationTime), QFileDevice::FileModificationTime);
    target.setPermissions(source.permissions() | QFileDevice::WriteOwner);
    return true;
  }

  bool writeProjectFile() {
    if (isStopped()) return false;
    QSaveFile file(out(kProjectFile));
    if (!file.open(QIODevice::WriteOnly) || file.write(m_order.projectText) != m_order.projectText.size() || !file.commit())
      return fail(Kind::Failed, file.fileName(), file.errorString());
    return true;
  }

  static void remove(const QString& path) {
    const QFileInfo info(path);
    if (info.isDir() && !info.isSymLink())
      QDir().rmdir(path);
    else
      QFile::remove(path);
  }

  void clearUp() {
    m_result.leftOut.clear();
    for (auto path = m_made.rbegin(); path != m_made.rend(); ++path) remove(*path);
  }

  const FolderCopyOrder& m_order;
  const std::atomic<bool>& m_stop;
  const std::function<void(qint64, qint64)>& m_progress;
  FolderCopyResult m_result;
  QStringList m_made;  // files, links and folders, in order
  QByteArray m_buffer;
  qint64 m_done = 0, m_total = 0;
};

}  // namespace

FolderCopyResult copyProjectFolder(const FolderCopyOrder& order, const std::atomic<bool>& stop,
                                   const std::function<void(qint64, qint64)>& progress) {
  return Copy(order, stop, progress).run();
}

}  // namespace gps::app
