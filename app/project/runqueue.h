#pragma once
// Runs that wait for their turn. Each is a snapshot of all its settings, taken when it is added: no form reaches it any more. One after
// the other is trained while nothing else runs; one that fails does not stop the rest. Kept in the project's folder (queue.json, with
// relative paths inside the project), written atomically a moment after every change. GUI thread.
#include <QDateTime>
#include <QList>
#include <QObject>
#include <QString>

#include "app/project/jsonstore.h"
#include "app/project/session.h"

namespace gps::app {

enum class QueueState { Waiting, Running, Done, Failed, Cancelled };

struct QueuedRun {
  QString id;      // unique in the queue
  QString group;   // of a sweep: its name; else empty
  TrainSpec spec;  // runFolder: empty until it has begun
  QueueState state = QueueState::Waiting;
  QString problem;  // of a failed one, English
  QDateTime added;
};

class RunQueue : public QObject {
  Q_OBJECT
 public:
  explicit RunQueue(Session& session, QObject* parent = nullptr);

  const QList<QueuedRun>& runs() const { return m_runs; }
  const QueuedRun* run(const QString& id) const;
  int waiting() const;
  // A paused queue starts nothing; what runs goes on.
  bool isPaused() const { return m_isPaused; }
  void setPaused(bool paused);
  QString whyNotAdd() const;  // empty: a run can be added

  QString add(const TrainSpec& spec);  // its id
  void addAll(const QList<TrainSpec>& specs, const QString& group);
  void remove(const QString& id);        // not one that runs
  void move(const QString& id, int by);  // among those that wait; up: negative
  bool canMove(const QString& id, int by) const;
  // A failed or stopped one waits again; it goes on from what it has saved.
  void retry(const QString& id);
  void clearEnded();

  bool isRead() const { return m_store.isRead(); }  // the file of the project that is open
  void flush() { m_store.flush(); }                 // waits until the file is on the disk

  static QString fileOf(const QString& projectFolder);

 Q_SIGNALS:
  void changed();

 private:
  void openProject();
  void adopt(const QJsonObject& root);  // what the file holds, before what was added meanwhile
  void followProject(const QString& from, const QString& to);
  void store();
  void startNext();
  void jobEnded(JobKind kind, JobOutcome outcome);
  int indexOf(const QString& id) const;
  Session& m_session;
  QString m_folder;  // of the project whose queue this is
  QList<QueuedRun> m_runs;
  QString m_running;  // id
  bool m_isPaused = false;
  JsonStore m_store;
};

}  // namespace gps::app
