#pragma once
// What the user changed in the project's draft, step by step, each step with a name in the language of the moment. A step holds the
// fields that changed, not the whole draft, so that what the program itself changed in between stays. GUI thread.
#include <QElapsedTimer>
#include <QJsonObject>
#include <QMap>
#include <QObject>
#include <QUndoStack>
#include <functional>

namespace gps::app {

// "selection.k" -> value; the draft without its nesting.
using DraftFields = QMap<QString, QJsonValue>;
DraftFields draftFields(const QJsonObject& draft);
QJsonObject draftObject(const DraftFields& fields);

struct DraftChange {
  QString field;
  QJsonValue before, after;
};

// "exclude block 7", "set the learning rate to 0.001"; several at once: "change 3 settings".
QString changeName(const QList<DraftChange>& changes);

class History : public QObject {
  Q_OBJECT
 public:
  // `apply` puts fields into the draft and tells the pages.
  History(std::function<QJsonObject()> read, std::function<void(const DraftFields&)> apply, QObject* parent = nullptr);
  ~History() override;
  void record();  // the user's change is complete; no entry when nothing differs
  void adopt();   // the program changed the draft
  void clear();   // another project
  bool canUndo() const { return m_stack.canUndo(); }
  bool canRedo() const { return m_stack.canRedo(); }
  QString undoName() const;  // empty: nothing to undo
  QString redoName() const;
  void undo() { m_stack.undo(); }
  void redo() { m_stack.redo(); }
  int count() const { return m_stack.count(); }
  void markSaved() { m_stack.setClean(); }  // typing after a save is an entry of its own

 Q_SIGNALS:
  void changed();

 private:
  class Entry;
  QString nameAt(int index) const;
  std::function<QJsonObject()> m_read;
  std::function<void(const DraftFields&)> m_apply;
  DraftFields m_known;  // the draft at the last record, adopt, undo or redo
  QUndoStack m_stack;
};

}  // namespace gps::app
