#include "app/engine/engineworker.h"

#include <algorithm>
#include <exception>
#include <utility>

#ifdef __linux__
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

#include "app/engine/failureof.h"

namespace gps::app {

namespace {

constexpr int kCollectMs = 50;
constexpr int kNiceness = 5;

// Short, and served within a run that is on; so they do not wait behind one that is about to begin.
bool isLook(JobKind kind) { return kind == JobKind::Predict || kind == JobKind::Segment || kind == JobKind::LookAtLayer; }

// Answers that somebody looks out for; with them comes what was said before.
bool isAwaited(const MessageBody& body) {
  return std::holds_alternative<Segmented>(body) || std::holds_alternative<Predicted>(body) || std::holds_alternative<LayerLooked>(body) ||
         std::holds_alternative<TableReady>(body);
}

// The window's thread comes first. Threads of the pools that core starts from here inherit it.
void lowerOwnPriority() {
#ifdef __linux__
  const auto thread = static_cast<id_t>(::syscall(SYS_gettid));
  ::setpriority(PRIO_PROCESS, thread, kNiceness);
#endif
}

}  // namespace

void EngineWorker::run(const JobContext& context, const Job& job) {
  JobEnded ended{context.kind(), JobOutcome::Finished, {}};
  try {
    context.send(JobStarted{context.kind()});
    context.control().setProgressSink([&context](const Progress& progress) { context.send(progress); });
    context.control().setPauseSink([&context](bool waiting) {
      if (waiting) context.send(GateEntered{});
    });
    context.control().pollStop();
    JobContext own = context;
    job(own);
  } catch (const Cancelled&) {
    ended.outcome = JobOutcome::Cancelled;
  } catch (const std::exception& error) {
    ended.outcome = JobOutcome::Failed;
    ended.failure = failureOf(context.kind(), error);
  } catch (...) {
    ended.outcome = JobOutcome::Failed;
    ended.failure = {context.kind(), ErrorCode::Internal, {}, {}, {}, QStringLiteral("unknown exception")};
  }
  context.control().setProgressSink({});
  context.control().setPauseSink({});
  context.send(std::move(ended));
}

EngineThread::EngineThread(QObject* parent) : QObject(parent), m_worker(new EngineWorker) {
  qRegisterMetaType<RunState>();
  qRegisterMetaType<EngineMessage>();
  m_thread.setObjectName(QStringLiteral("gps-engine"));
  m_worker->moveToThread(&m_thread);
  connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
  m_collector.setSingleShot(true);
  connect(&m_collector, &QTimer::timeout, this, &EngineThread::collect);
  m_thread.start();
  QMetaObject::invokeMethod(
      m_worker, [] { lowerOwnPriority(); }, Qt::QueuedConnection);
}

EngineThread::~EngineThread() {
  m_queue.clear();
  if (m_control) m_control->requestStop();
  if (m_cleanUp) QMetaObject::invokeMethod(m_worker, m_cleanUp, Qt::QueuedConnection);
  QMetaObject::invokeMethod(
      m_worker, [this] { m_thread.quit(); }, Qt::QueuedConnection);
  m_thread.wait();
}

RunId EngineThread::post(JobKind kind, Job job) {
  // What was asked by hand does not wait for what was asked by the way.
  if (!isQuiet(kind) && m_kind == JobKind::Explore) stopCurrent();
  const RunId run = nextId();
  auto place = m_queue.end();
  if (isLook(kind)) place = std::find_if(m_queue.begin(), m_queue.end(), [](const Pending& p) { return p.kind == JobKind::Train; });
  m_queue.insert(place, {run, kind, std::move(job)});
  if (!m_table.isBusy()) startNext();
  return run;
}

RunId EngineThread::postNewest(JobKind kind, Job job) {
  std::erase_if(m_queue, [kind](const Pending& pending) { return pending.kind == kind; });
  if (m_kind == kind) stopCurrent();
  return post(kind, std::move(job));
}

void EngineThread::startNext() {
  if (m_queue.empty()) return;
  Pending next = std::move(m_queue.front());
  m_queue.pop_front();
  m_current = next.run;
  m_kind = next.kind;
  m_control = std::make_shared<RunControl>();
  apply(RunEvent::Start);
  const JobContext context(next.run, next.kind, m_control, [this](EngineMessage m) { put(std::move(m)); });
  QMetaObject::invokeMethod(
      m_worker, [worker = m_worker, context, job = std::move(next.job)] { worker->run(context, job); }, Qt::QueuedConnection);
}

void EngineThread::put(EngineMessage message) {
  const bool isAsked = isAwaited(message.body);
  const bool isFirst = m_mailbox->put(std::move(message));
  if (!isFirst && !isAsked) return;
  QMetaObject::invokeMethod(
      this, [this, isAsked] { m_collector.start(isAsked ? 0 : kCollectMs); }, Qt::QueuedConnection);
}

void EngineThread::collect() {
  for (const EngineMessage& m : m_mailbox->take()) {
    const bool isCurrent = m.run == m_current;
    if (isCurrent && std::holds_alternative<JobStarted>(m.body)) apply(RunEvent::Begin);
    // A pause that was taken back and asked for again must wait for its own message.
    if (isCurrent && std::holds_alternative<GateEntered>(m.body) && m_control->isWaiting()) apply(RunEvent::GateEntered);
    const bool isEnd = isCurrent && std::holds_alternative<JobEnded>(m.body);
    if (isEnd) {
      m_control.reset();
      apply(RunEvent::End);
    }
    Q_EMIT message(m);
    if (isEnd && !m_table.isBusy()) startNext();
  }
}

void EngineThread::apply(RunEvent event) {
  if (m_table.apply(event)) Q_EMIT stateChanged(m_table.state());
}

void EngineThread::pause() {
  if (!m_control || !m_table.allows(RunEvent::Pause)) return;
  m_control->setPaused(true);
  apply(RunEvent::Pause);
}

void EngineThread::resume() {
  if (!m_control || !m_table.allows(RunEvent::Resume)) return;
  m_control->setPaused(false);
  apply(RunEvent::Resume);
}

void EngineThread::stop() {
  QList<RunId> runs;
  for (const Pending& pending : m_queue) runs << pending.run;
  m_queue.clear();
  stopCurrent();
  if (!runs.isEmpty()) Q_EMIT dropped(runs);
}

void EngineThread::stopCurrent() {
  if (!m_control || !m_table.allows(RunEvent::Stop)) return;
  m_control->requestStop();
  apply(RunEvent::Stop);
}

bool EngineThread::request(JobKind kind, const std::function<void(const JobContext&, RequestContext&)>& request) {
  if (!m_control || m_kind != kind || m_table.state() == RunState::Stopping) return false;
  const JobContext context(m_current, m_kind, m_control, [this](EngineMessage m) { put(std::move(m)); });
  m_control->post([context, request](RequestContext& r) { request(context, r); });
  return true;
}

bool EngineThread::requestUrgent(const std::function<void(const JobContext&)>& request) {
  if (!m_control || m_table.state() == RunState::Stopping) return false;
  const JobContext context(m_current, m_kind, m_control, [this](EngineMessage m) { put(std::move(m)); });
  m_control->postUrgent([context, request] { request(context); });
  return true;
}

}  // namespace gps::app
