#include "app/project/jsonstore.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>
#include <utility>

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSoonMs = 300;

struct Loaded {
  QJsonObject object;
  QString problem;
};

Loaded load(const QString& path, const QString& format) {
  QFile file(path);
  if (!file.exists()) return {};
  if (!file.open(QIODevice::ReadOnly)) return {{}, path + ": "_L1 + file.errorString()};
  QJsonParseError error;
  const QJsonObject object = QJsonDocument::fromJson(file.readAll(), &error).object();
  if (object.value("format"_L1).toString() == format) return {object, {}};
  // Kept for its owner: the next change writes a new file.
  file.close();
  const QString kept = path + ".damaged"_L1;
  QFile::remove(kept);
  QFile::rename(path, kept);
  return {{},
          path + ": "_L1 + (error.error == QJsonParseError::NoError ? u"of another version"_s : error.errorString()) + "; kept as "_L1 +
              QFileInfo(kept).fileName()};
}

}  // namespace

JsonStore::JsonStore(QString format, QObject* parent) : QObject(parent), m_format(std::move(format)) {
  m_pool.setMaxThreadCount(1);  // writes follow each other in order
  m_soon.setSingleShot(true);
  m_soon.setInterval(kSoonMs);
  connect(&m_soon, &QTimer::timeout, this, &JsonStore::save);
}

JsonStore::~JsonStore() { flush(); }

void JsonStore::flush() {
  if (m_soon.isActive()) save();
  m_pool.waitForDone();
}

void JsonStore::setPath(const QString& path) {
  if (path == m_path) return;
  if (m_soon.isActive()) save();
  m_path = path;
  m_object = {};
  m_isRead = false;
  setProblem({});
  const quint64 mine = ++m_generation;
  if (path.isEmpty()) return;
  m_pool.start([this, path, format = m_format, mine] {
    const Loaded loaded = load(path, format);
    QMetaObject::invokeMethod(
        this,
        [this, loaded, mine] {
          if (mine != m_generation) return;
          m_object = loaded.object;
          m_isRead = true;
          setProblem(loaded.problem);
          Q_EMIT read(m_object);
        },
        Qt::QueuedConnection);
  });
}

void JsonStore::follow(const QString& from, const QString& to) {
  if (from.isEmpty() || !m_path.startsWith(from + u'/')) return;
  if (m_soon.isActive()) save();
  m_path = to + m_path.mid(from.size());
  if (m_isRead && !m_object.isEmpty()) save();  // the copy may be of a moment ago
}

void JsonStore::write(const QJsonObject& object) {
  if (!m_isRead) return;  // or it would be overwritten by what is read
  m_object = object;
  m_object.insert("format"_L1, m_format);
  m_soon.start();
}

void JsonStore::save() {
  m_soon.stop();
  if (m_path.isEmpty()) return;
  m_pool.start([this, path = m_path, text = QJsonDocument(m_object).toJson(), mine = m_generation] {
    QSaveFile file(path);
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
    const QString problem = isWritten ? QString() : path + ": "_L1 + file.errorString();
    QMetaObject::invokeMethod(
        this,
        [this, problem, mine] {
          if (mine == m_generation) setProblem(problem);
        },
        Qt::QueuedConnection);
  });
}

void JsonStore::setProblem(const QString& problem) {
  if (problem == m_problem) return;
  m_problem = problem;
  Q_EMIT problemChanged();
}

}  // namespace gps::app
