#include "app/project/autosave.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>
#include <QStandardPaths>
#include <algorithm>
#include <utility>

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDelayMs = 500;
constexpr auto kPrefix = "project-"_L1;
constexpr auto kEnding = ".json"_L1;

// Oldest first. What a killed write left behind has another ending.
QFileInfoList copiesIn(const QString& folder) {
  QFileInfoList files = QDir(folder).entryInfoList({kPrefix + u'*' + kEnding}, QDir::Files);
  std::sort(files.begin(), files.end(), [](const QFileInfo& a, const QFileInfo& b) { return a.fileName() < b.fileName(); });
  return files;
}

// Empty: written.
QString writeCopy(const QString& folder, const QByteArray& text) {
  if (!QDir().mkpath(folder)) return u"the folder cannot be made"_s;
  const QFileInfoList before = copiesIn(folder);
  // Names sort by time even when the clock was set back or two copies fall into one millisecond.
  qint64 stamp = QDateTime::currentMSecsSinceEpoch();
  if (!before.isEmpty()) stamp = std::max(stamp, before.last().completeBaseName().mid(kPrefix.size()).toLongLong() + 1);
  QSaveFile file(folder + u'/' + kPrefix + QString::number(stamp).rightJustified(15, u'0') + kEnding);
  if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) return file.errorString();
  for (qsizetype i = 0; i + Autosave::kKept - 1 < before.size(); ++i) QFile::remove(before[i].filePath());
  return {};
}

void removeCopies(const QString& folder) {
  QDir dir(folder);
  if (!dir.exists()) return;
  for (const QString& name : dir.entryList({kPrefix + u'*'}, QDir::Files | QDir::Hidden)) dir.remove(name);
  QDir().rmdir(folder);
}

}  // namespace

QString Autosave::sideFolder(const QString& projectFolder) { return projectFolder + "/.recovery"_L1; }

QString Autosave::fallbackFolder(const QString& projectFolder) {
  const QByteArray hash = QCryptographicHash::hash(projectFolder.toUtf8(), QCryptographicHash::Sha1).toHex().left(16);
  return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + "/gps-workbench/recovery/"_L1 + QString::fromLatin1(hash);
}

Autosave::Autosave(QObject* parent) : QObject(parent) {
  m_pool.setMaxThreadCount(1);
  m_timer.setSingleShot(true);
  m_timer.setInterval(kDelayMs);
  connect(&m_timer, &QTimer::timeout, this, &Autosave::write);
}

Autosave::~Autosave() { flush(); }

void Autosave::setFolder(const QString& projectFolder) {
  if (m_timer.isActive()) write();
  m_timer.stop();
  m_waiting.clear();
  m_folder = projectFolder;
  m_isFound.reset();
}

void Autosave::note(const QByteArray& text) {
  if (m_folder.isEmpty()) return;
  m_waiting = text;
  if (!m_timer.isActive()) m_timer.start();  // not put off by every further change
}

void Autosave::write() {
  if (m_waiting.isEmpty() || m_folder.isEmpty()) return;
  const QByteArray text = std::exchange(m_waiting, {});
  m_pool.start([this, text, folder = m_folder] {
    const QString side = sideFolder(folder), fallback = fallbackFolder(folder);
    const QString why = writeCopy(side, text);
    // A read-only medium is normal; only where both fail is there something to say.
    const QString whyNot = why.isEmpty() ? QString() : writeCopy(fallback, text);
    const bool isWritten = why.isEmpty() || whyNot.isEmpty();
    QMetaObject::invokeMethod(
        this,
        [this, isWritten, side, why] {
          if (isWritten)
            Q_EMIT written();
          else
            Q_EMIT failed(side, why);
        },
        Qt::QueuedConnection);
  });
}

void Autosave::forget() {
  m_timer.stop();
  m_waiting.clear();
  if (m_folder.isEmpty()) return;
  m_pool.start([folder = m_folder] {
    removeCopies(sideFolder(folder));
    removeCopies(fallbackFolder(folder));
  });
}

void Autosave::forgetUnlessFound() {
  m_timer.stop();
  m_waiting.clear();
  if (m_folder.isEmpty()) return;
  m_pool.start([folder = m_folder, isFound = m_isFound] {
    if (isFound && *isFound) return;
    removeCopies(sideFolder(folder));
    removeCopies(fallbackFolder(folder));
  });
}

void Autosave::look(std::function<Verdict(const QByteArray&)> judge, std::function<void(std::optional<RecoveryCopy>)> done) {
  m_isFound = std::make_shared<bool>(false);
  m_pool.start([this, folder = m_folder, judge = std::move(judge), done = std::move(done), isFound = m_isFound] {
    auto copy = find(folder);
    const Verdict verdict = copy ? judge(copy->text) : Verdict::Keep;
    *isFound = copy && verdict == Verdict::Offer;
    if (verdict == Verdict::Remove) {
      removeCopies(sideFolder(folder));
      removeCopies(fallbackFolder(folder));
    }
    if (!*isFound) copy.reset();
    QMetaObject::invokeMethod(
        this, [done, copy] { done(copy); }, Qt::QueuedConnection);
  });
}

void Autosave::flush() {
  m_timer.stop();
  write();
  m_pool.waitForDone();
}

std::optional<RecoveryCopy> Autosave::find(const QString& projectFolder) {
  QFileInfoList files = copiesIn(sideFolder(projectFolder)) + copiesIn(fallbackFolder(projectFolder));
  std::stable_sort(files.begin(), files.end(), [](const QFileInfo& a, const QFileInfo& b) { return a.fileName() > b.fileName(); });
  for (const QFileInfo& info : files) {
    QFile file(info.filePath());
    if (!file.open(QIODevice::ReadOnly)) continue;
    const QByteArray text = file.readAll();
    if (!QJsonDocument::fromJson(text).isObject()) continue;
    return RecoveryCopy{info.filePath(), info.lastModified(), text};
  }
  return std::nullopt;
}

}  // namespace gps::app
