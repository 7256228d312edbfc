#pragma once
// What people add to runs: stars, tags, notes, colours, which are in the plots, which is the baseline, and views of their table. Kept in
// the project's run-notes.json, never in a run's own folder; written atomically, off the GUI thread, a moment after a change. GUI thread.
#include <QHash>
#include <QObject>
#include <QSet>
#include <QStringList>
#include <functional>
#include <optional>

#include "app/project/jsonstore.h"
#include "widgets/runtableview.h"

namespace gps::app {

struct RunNote {
  bool isStarred = false;
  QStringList tags;
  QString text;
  int colour = -1;  // slot of the palette of runs; −1: none yet
  bool isEmpty() const { return !isStarred && tags.isEmpty() && text.isEmpty() && colour < 0; }
  bool operator==(const RunNote&) const = default;
};

struct RunNotesContent {
  QHash<QString, RunNote> notes;  // by the run's id
  QStringList columns;            // shown in the table, by their keys; empty: the usual ones
  QList<ui::RunTableView> views;  // of the table
  QString baseline;
  std::optional<QSet<QString>> ticked;  // nothing: never chosen
  bool operator==(const RunNotesContent&) const = default;
};

class RunNotes : public QObject {
  Q_OBJECT
 public:
  explicit RunNotes(QObject* parent = nullptr);
  void setProject(const QString& folder);
  void followProject(const QString& from, const QString& to) { m_store.follow(from, to); }  // see Session::projectMoved
  bool isRead() const { return m_store.path().isEmpty() || m_store.isRead(); }
  QString problem() const { return m_store.problem(); }  // of reading or writing the file; empty: none

  RunNote of(const QString& id) const { return m_content.notes.value(id); }
  const RunNotesContent& content() const { return m_content; }
  void setStarred(const QStringList& ids, bool on);
  void setTags(const QString& id, const QStringList& tags);  // trimmed, each once
  void setText(const QString& id, const QString& text);
  void setColour(const QString& id, int slot);
  void setTicked(const QSet<QString>& ids);
  void setBaseline(const QString& id);
  void setColumns(const QStringList& keys);
  void setViews(const QList<ui::RunTableView>& views);
  // A colour of its own for each of these that has none, as long as there are enough. Not a change of the user's.
  void giveColours(const QStringList& ids);
  QStringList allTags() const;
  void flush() { m_store.flush(); }  // waits until everything is on the disk

 Q_SIGNALS:
  void changed();
  void problemChanged();

 private:
  void change(const std::function<void(RunNotesContent&)>& edit);
  JsonStore m_store;
  RunNotesContent m_content;
};

}  // namespace gps::app
