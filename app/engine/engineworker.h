#pragma once
// The one engine thread and the object that lives on it. Jobs run one after another; only values go in and out.
//
//   window                              engine thread "gps-engine"
//   EngineThread::post ──queued──►      EngineWorker::run(job)
//   pause/resume/stop ──RunControl──►   polled by the job
//   message(EngineMessage) ◄─Mailbox──  JobContext::send     collected about 20 times a second
#include <QList>
#include <QObject>
#include <QThread>
#include <QTimer>
#include <deque>
#include <functional>
#include <memory>

#include "app/engine/mailbox.h"
#include "app/engine/messages.h"
#include "app/engine/runstate.h"
#include "core/control/runcontrol.h"

namespace gps::app {

// A job's way out; engine thread only, except send.
class JobContext {
 public:
  JobContext(RunId run, JobKind kind, std::shared_ptr<RunControl> control, std::function<void(EngineMessage)> sink)
      : m_run(run), m_kind(kind), m_control(std::move(control)), m_sink(std::move(sink)) {}
  RunControl& control() const { return *m_control; }
  RunId run() const { return m_run; }
  JobKind kind() const { return m_kind; }
  void send(MessageBody body) const { m_sink({m_run, std::move(body)}); }

 private:
  RunId m_run;
  JobKind m_kind;
  std::shared_ptr<RunControl> m_control;
  std::function<void(EngineMessage)> m_sink;
};

// Throws what it likes: Cancelled ends as cancelled, anything else as one Failure.
using Job = std::function<void(JobContext&)>;

class EngineWorker : public QObject {
  Q_OBJECT
 public:
  // Runs to the end on this thread and always sends JobStarted first and JobEnded last.
  void run(const JobContext& context, const Job& job);
};

class EngineThread : public QObject {
  Q_OBJECT
 public:
  explicit EngineThread(QObject* parent = nullptr);
  // Stops the job, waits for its end and runs the clean-up on the engine thread. The window waits for Idle before it comes here.
  ~EngineThread() override;

  RunId post(JobKind kind, Job job);  // queued behind the running one
  // The same; one of its kind that waits is dropped without a message, and one that runs is asked to stop.
  RunId postNewest(JobKind kind, Job job);
  void pause();
  void resume();
  void stop();  // the running job; queued ones are dropped without a message of theirs
  // Served by the running job between two steps; false when it is not `kind`.
  bool request(JobKind kind, const std::function<void(const JobContext&, RequestContext&)>& request);
  // Served by whatever job runs, within a step too; throws nothing and leaves the model alone. False when none runs.
  bool requestUrgent(const std::function<void(const JobContext&)>& request);
  void setCleanUp(std::function<void()> cleanUp) { m_cleanUp = std::move(cleanUp); }  // engine thread, last of all

  RunState state() const { return m_table.state(); }
  RunId currentRun() const { return m_current; }
  JobKind currentKind() const { return m_kind; }
  RunId nextId() { return ++m_lastId; }

 Q_SIGNALS:
  void stateChanged(gps::app::RunState state);
  void message(const gps::app::EngineMessage& message);
  void dropped(const QList<gps::app::RunId>& runs);  // by stop(), before the running job ends

 private:
  struct Pending {
    RunId run;
    JobKind kind;
    Job job;
  };
  void startNext();
  void stopCurrent();
  void put(EngineMessage message);
  void collect();
  void apply(RunEvent event);
  QThread m_thread;
  EngineWorker* m_worker;
  std::shared_ptr<Mailbox> m_mailbox = std::make_shared<Mailbox>();
  QTimer m_collector;
  RunStateTable m_table;
  std::deque<Pending> m_queue;
  std::shared_ptr<RunControl> m_control;
  std::function<void()> m_cleanUp;
  RunId m_current = 0, m_lastId = 0;
  JobKind m_kind = JobKind::OpenData;
};

}  // namespace gps::app
