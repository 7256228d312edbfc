#include "app/project/runnotes.h"

#include <QJsonArray>
#include <QJsonObject>
#include <algorithm>
#include <array>
#include <utility>

#include "widgets/runrow.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kFile = "/run-notes.json"_L1;
constexpr auto kFormat = "gps-run-notes/1"_L1;

QJsonObject toJson(const ui::RunTableView& view) {
  QJsonObject object{{"name"_L1, view.name}};
  if (!view.columns.isEmpty()) object.insert("columns"_L1, QJsonArray::fromStringList(view.columns));
  if (!view.filter.isEmpty()) object.insert("filter"_L1, view.filter);
  if (view.hidesFailed) object.insert("hides_failed"_L1, true);
  if (view.onlyStarred) object.insert("only_starred"_L1, true);
  if (!view.sort.isEmpty()) object.insert("sort"_L1, view.sort);
  if (!view.isDescending) object.insert("descending"_L1, false);
  return object;
}

QJsonObject toJson(const RunNotesContent& content) {
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
  QJsonObject root{{"runs"_L1, runs}};
  if (!content.columns.isEmpty()) root.insert("columns"_L1, QJsonArray::fromStringList(content.columns));
  if (!content.views.isEmpty()) {
    QJsonArray views;
    for (const ui::RunTableView& view : content.views) views.append(toJson(view));
    root.insert("views"_L1, views);
  }
  if (!content.baseline.isEmpty()) root.insert("baseline"_L1, content.baseline);
  if (content.ticked) {
    QStringList ids(content.ticked->begin(), content.ticked->end());
    ids.sort();
    root.insert("shown"_L1, QJsonArray::fromStringList(ids));
  }
  return root;
}

QStringList strings(const QJsonValue& value) {
  QStringList list;
  for (const auto& item : value.toArray()) list << item.toString();
  return list;
}

ui::RunTableView viewOf(const QJsonObject& object) {
  return {object.value("name"_L1).toString(),        strings(object.value("columns"_L1)),      object.value("filter"_L1).toString(),
          object.value("hides_failed"_L1).toBool(),  object.value("only_starred"_L1).toBool(), object.value("sort"_L1).toString(),
          object.value("descending"_L1).toBool(true)};
}

RunNotesContent contentOf(const QJsonObject& root) {
  RunNotesContent content;
  const QJsonObject runs = root.value("runs"_L1).toObject();
  for (auto it = runs.begin(); it != runs.end(); ++it) {
    const QJsonObject note = it.value().toObject();
    content.notes.insert(it.key(), {note.value("star"_L1).toBool(), strings(note.value("tags"_L1)), note.value("note"_L1).toString(),
                                    std::clamp(note.value("colour"_L1).toInt(-1), -1, ui::kRunSlots - 1)});
  }
  content.columns = strings(root.value("columns"_L1));
  for (const auto& view : root.value("views"_L1).toArray())
    if (ui::RunTableView read = viewOf(view.toObject()); !read.name.isEmpty()) content.views << std::move(read);
  content.baseline = root.value("baseline"_L1).toString();
  if (root.contains("shown"_L1)) {
    const QStringList ids = strings(root.value("shown"_L1));
    content.ticked = QSet<QString>(ids.begin(), ids.end());
  }
  return content;
}

}  // namespace

RunNotes::RunNotes(QObject* parent) : QObject(parent), m_store(kFormat) {
  connect(&m_store, &JsonStore::read, this, [this](const QJsonObject& root) {
    m_content = contentOf(root);
    Q_EMIT changed();
  });
  connect(&m_store, &JsonStore::problemChanged, this, &RunNotes::problemChanged);
}

void RunNotes::setProject(const QString& folder) {
  const QString path = folder.isEmpty() ? QString() : folder + kFile;
  if (path == m_store.path()) return;
  m_store.setPath(path);
  m_content = {};
  Q_EMIT changed();
}

void RunNotes::change(const std::function<void(RunNotesContent&)>& edit) {
  if (!isRead()) return;  // or it would be overwritten by what is read
  RunNotesContent next = m_content;
  edit(next);
  if (next == m_content) return;
  m_content = std::move(next);
  m_store.write(toJson(m_content));
  Q_EMIT changed();
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

void RunNotes::setViews(const QList<ui::RunTableView>& views) {
  change([&](RunNotesContent& c) { c.views = views; });
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
