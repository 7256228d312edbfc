#include "app/project/runnotes.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <algorithm>
#include <array>

#include "widgets/runrow.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kFile = "/run-notes.json"_L1;
constexpr auto kFormat = "gps-run-notes/1"_L1;
constexpr int kSoonMs = 400;

QByteArray toJson(const RunNotesContent& content) {
  QJsonObject runs;
  for (auto it = content.notes.begin(); it != content.notes.end(); ++it) {
    if (it->isEmpty()) continue;
    QJsonObject note;
    if (it->isStarred) note.insert("star"_L1, true);
    if (!it->tags.isEmpty()) note.insert("tags"_L1, QJsonArray::fromStringList(it->tags));
    if (!it->text.isEmpty()) note.insert("note"_L1, it->text);
    if (it->colour >= 0) note.insert("colour"_L1, it->colour);
    runs.insert(it.key(), note);
  }
  QJsonObject root{{"format"_L1, kFormat}, {"runs"_L1, runs}};
  if (!content.columns.isEmpty()) root.insert("columns"_L1, QJsonArray::fromStringList(content.columns));
  if (!content.baseline.isEmpty()) root.insert("baseline"_L1, content.baseline);
  if (content.ticked) {
    QStringList ids(content.ticked->begin(), content.ticked->end());
    ids.sort();
    root.insert("shown"_L1, QJsonArray::fromStringList(ids));
  }
  return QJsonDocument(root).toJson();
}

QStringList strings(const QJsonValue& value) {
  QStringList list;
  for (const auto& item : value.toArray()) list << item.toString();
  return list;
}

struct Loaded {
  RunNotesContent content;
  QString problem;
};

Loaded load(const QString& path) {
  Loaded loaded;
  QFile file(path);
  if (!file.exists()) return loaded;
  if (!file.open(QIODevice::ReadOnly)) {
    loaded.problem = file.fileName() + ": "_L1 + file.errorString();
    return loaded;
  }
  QJsonParseError error;
  const QJsonObject root = QJsonDocument::fromJson(file.readAll(), &error).object();
  if (root.value("format"_L1).toString() != kFormat) {
    // Kept for its owner: the next change writes a new file.
    file.close();
    QFile::remove(path + ".damaged"_L1);
    QFile::rename(path, path + ".damaged"_L1);
    loaded.problem = path + ": "_L1 +
                     (error.error == QJsonParseError::NoError ? u"not notes of this program's version"_s : error.errorString()) +
                     "; kept as run-notes.json.damaged"_L1;
    return loaded;
  }
  const QJsonObject runs = root.value("runs"_L1).toObject();
  for (auto it = runs.begin(); it != runs.end(); ++it) {
    const QJsonObject note = it.value().toObject();
    loaded.content.notes.insert(it.key(), {note.value("star"_L1).toBool(), strings(note.value("tags"_L1)), note.value("note"_L1).toString(),
                                           std::clamp(note.value("colour"_L1).toInt(-1), -1, ui::kRunSlots - 1)});
  }
  loaded.content.columns = strings(root.value("columns"_L1));
  loaded.content.baseline = root.value("baseline"_L1).toString();
  if (root.contains("shown"_L1)) {
    const QStringList ids = strings(root.value("shown"_L1));
    loaded.content.ticked = QSet<QString>(ids.begin(), ids.end());
  }
  return loaded;
}

}  // namespace

RunNotes::RunNotes(QObject* parent) : QObject(parent) {
  m_pool.setMaxThreadCount(1);  // writes follow each other in order
  m_soon.setSingleShot(true);
  m_soon.setInterval(kSoonMs);
  connect(&m_soon, &QTimer::timeout, this, &RunNotes::save);
}

RunNotes::~RunNotes() { flush(); }

void RunNotes::flush() {
  if (m_soon.isActive()) save();
  m_pool.waitForDone();
}

void RunNotes::setProject(const QString& folder) {
  if (folder == m_folder) return;
  if (m_soon.isActive()) save();
  m_folder = folder;
  m_content = {};
  m_isRead = folder.isEmpty();
  m_problem.clear();
  const quint64 mine = ++m_generation;
  Q_EMIT changed();
  Q_EMIT problemChanged();
  if (folder.isEmpty()) return;
  m_pool.start([this, path = QString(folder + kFile), mine] {
    const Loaded loaded = load(path);
    QMetaObject::invokeMethod(
        this,
        [this, loaded, mine] {
          if (mine != m_generation) return;
          m_content = loaded.content;
          m_problem = loaded.problem;
          m_isRead = true;
          Q_EMIT changed();
          Q_EMIT problemChanged();
        },
        Qt::QueuedConnection);
  });
}

void RunNotes::change(const std::function<void(RunNotesContent&)>& edit) {
  if (!m_isRead) return;  // or it would be overwritten by what is read
  RunNotesContent next = m_content;
  edit(next);
  if (next == m_content) return;
  m_content = std::move(next);
  m_soon.start();
  Q_EMIT changed();
}

void RunNotes::save() {
  m_soon.stop();
  if (m_folder.isEmpty()) return;
  m_pool.start([this, path = QString(m_folder + kFile), text = toJson(m_content), mine = m_generation] {
    QSaveFile file(path);
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
    const QString problem = isWritten ? QString() : path + ": "_L1 + file.errorString();
    QMetaObject::invokeMethod(
        this,
        [this, problem, mine] {
          if (mine != m_generation || problem == m_problem) return;
          m_problem = problem;
          Q_EMIT problemChanged();
        },
        Qt::QueuedConnection);
  });
}

void RunNotes::setStarred(const QStringList& ids, bool on) {
  change([&](RunNotesContent& c) {
    for (const QString& id : ids) c.notes[id].isStarred = on;
  });
}

void RunNotes::setTags(const QString& id, const QStringList& tags) {
  QStringList kept;
  for (const QString& tag : tags)
    if (const QString word = tag.simplified(); !word.isEmpty() && !kept.contains(word)) kept << word;
  change([&](RunNotesContent& c) { c.notes[id].tags = kept; });
}

void RunNotes::setText(const QString& id, const QString& text) {
  change([&](RunNotesContent& c) { c.notes[id].text = text; });
}

void RunNotes::setColour(const QString& id, int slot) {
  change([&](RunNotesContent& c) { c.notes[id].colour = std::clamp(slot, 0, ui::kRunSlots - 1); });
}

void RunNotes::setTicked(const QSet<QString>& ids) {
  change([&](RunNotesContent& c) { c.ticked = ids; });
}

void RunNotes::setBaseline(const QString& id) {
  change([&](RunNotesContent& c) { c.baseline = id; });
}

void RunNotes::setColumns(const QStringList& keys) {
  change([&](RunNotesContent& c) { c.columns = keys; });
}

void RunNotes::giveColours(const QStringList& ids) {
  change([&](RunNotesContent& c) {
    std::array<int, ui::kRunSlots> uses{};
    for (const QString& id : ids)
      if (const int slot = c.notes.value(id).colour; slot >= 0) ++uses[std::size_t(slot)];
    for (const QString& id : ids) {
      if (c.notes.value(id).colour >= 0) continue;
      const auto least = std::min_element(uses.begin(), uses.end());
      ++*least;
      c.notes[id].colour = int(least - uses.begin());
    }
  });
}

QStringList RunNotes::allTags() const {
  QSet<QString> tags;
  for (const RunNote& note : m_content.notes)
    for (const QString& tag : note.tags) tags.insert(tag);
  QStringList list(tags.begin(), tags.end());
  list.sort();
  return list;
}

}  // namespace gps::app
