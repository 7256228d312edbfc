#pragma once
// The open project as a document: what is saved and what is not, undo and redo, copies against a crash, Save As. Owned by the
// session, whose setters tell it what was changed. GUI thread.
#include <QObject>

#include "app/project/autosave.h"
#include "app/project/history.h"
#include "app/project/project.h"

namespace gps::app {

class Document : public QObject {
  Q_OBJECT
 public:
  explicit Document(Project& project, QObject* parent = nullptr);

  // The session put another project in place. It is written when it is new; unsaved copies of an earlier time are looked for, and
  // recoveryChanged() tells of them.
  void opened();
  void edited();    // by the user: an entry of the history, a copy soon
  void adjusted();  // by the program: no entry
  // What is edited while one of these lives is one act: one entry.
  class Act {
   public:
    explicit Act(Document& document) : m_document(document) { ++m_document.m_acts; }
    ~Act() {
      if (--m_document.m_acts == 0) m_document.edited();
    }
    Act(const Act&) = delete;
    Act& operator=(const Act&) = delete;

   private:
    Document& m_document;
  };
  // Writes the project file atomically. False: it could not be written, problem() says why, the copies stay.
  bool save();
  // The project's file as it would be in another folder, with all that is not saved.
  QByteArray textFor(const QString& folder);
  // That text lies in the folder, which is the project from now on; what was edited since is not saved.
  void moved(const QString& folder, const QByteArray& text);
  bool isModified() const { return m_isModified; }
  History& history() { return m_history; }
  const History& history() const { return m_history; }

  // Unsaved changes that an earlier program left behind.
  const std::optional<RecoveryCopy>& recovery() const { return m_recovery; }
  void restoreRecovery();  // as one entry of the history
  void discardRecovery();
  bool isLooking() const { return m_isLooking; }  // for them

  // Why the last save or copy failed, in the words of the system; empty: all is well.
  QString problem() const { return m_problem; }
  QString problemPath() const { return m_problemPath; }
  void dismissProblem();
  Autosave& autosave() { return m_autosave; }

 Q_SIGNALS:
  void modifiedChanged(bool isModified);
  void recoveryChanged();
  void problemChanged();
  // Undo, redo or a recovery changed these fields of the draft ("selection.k").
  void draftApplied(const QStringList& fields);

 private:
  void apply(const DraftFields& fields);
  void refreshModified();
  void lookForCopies();
  void forgetCopies();
  void setProblem(const QString& path, const QString& why);
  Project& m_project;
  History m_history;
  Autosave m_autosave;
  QByteArray m_saved;
  bool m_isModified = false, m_isLooking = false;
  quint64 m_openings = 0;
  int m_acts = 0;
  std::optional<RecoveryCopy> m_recovery;
  QString m_problem, m_problemPath;
};

}  // namespace gps::app
