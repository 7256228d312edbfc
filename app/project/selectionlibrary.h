#pragma once
// The selections that the project knows: files in its folder selection/ and those its runs trained. The folders are watched; reading
// happens off the GUI thread. GUI thread.
#include <QFileSystemWatcher>
#include <QObject>
#include <QSet>
#include <QTimer>

#include "app/engine/selectionsetapi.h"
#include "app/project/session.h"

namespace gps::app {

class SelectionLibrary : public QObject {
  Q_OBJECT
 public:
  SelectionLibrary(SelectionSetApi& sets, Session& session, QObject* parent = nullptr);
  SelectionSetApi& sets() const { return m_sets; }
  bool isListed() const { return m_isListed; }  // read at least once for this project
  const QList<SelectionFacts>& selections() const { return m_selections; }
  const SelectionFacts* find(const QString& path) const;  // null: not known
  QString folder() const;                                 // where files of the project lie

  // Empty: it can be set beside selections of the open model, or, while none is open, beside `other`. Names both models.
  QString whyRefused(const SelectionFacts& facts, const SelectionFacts* other = nullptr) const;
  // Those that can, files before runs.
  QList<SelectionFacts> comparable() const;

  QString pathFor(const QString& name) const;
  QString whyNotName(const QString& name) const;     // empty: a new file of this name can be made
  QString freeName(const QString& wanted) const;     // wanted, or wanted-2 …
  QString nameTakenFrom(const QString& path) const;  // of a file or run folder, as a free name

  void refresh();                 // reads the folders again, soon
  void add(const QString& path);  // copies a selection, delta or run folder from elsewhere into the project
  void rename(const QString& path, const QString& name);
  void moveToTrash(const QString& path);

 Q_SIGNALS:
  void changed();
  void added(const QString& path);
  void renamed(const QString& from, const QString& to);
  void failed(const gps::app::Failure& failure);

 private:
  void watch();
  void read();
  void forget();
  SelectionSetApi& m_sets;
  Session& m_session;
  QFileSystemWatcher m_watcher;
  QTimer m_soon;
  QString m_project;
  QList<SelectionFacts> m_selections;
  bool m_isListed = false;
  SetRequestId m_listing = 0;
  QSet<SetRequestId> m_copies;
  QHash<SetRequestId, QString> m_moves;  // the path before
};

}  // namespace gps::app
