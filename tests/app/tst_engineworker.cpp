// The engine thread with made-up jobs: order of messages, pause and stop in every order, failures, coalescing, the end of the window.
#include <QElapsedTimer>
#include <QTest>
#include <QThread>
#include <latch>
#include <stdexcept>

#include "app/engine/engineworker.h"

using namespace gps;
using namespace gps::app;

namespace {

// A job of `steps` steps that polls as a trainer does.
Job steppingJob(int steps, std::atomic<int>* done = nullptr) {
  return [steps, done](JobContext& job) {
    ProgressMeter meter(job.control(), "train", "steps", steps);
    for (int i = 0; i < steps; ++i) {
      job.control().stepBoundary();
      QThread::usleep(200);
      meter.advance();
      if (done) ++*done;
    }
  };
}

struct Listener {
  explicit Listener(EngineThread& thread) {
    QObject::connect(&thread, &EngineThread::message, &thread, [this](const EngineMessage& m) { messages.push_back(m); });
    QObject::connect(&thread, &EngineThread::stateChanged, &thread, [this](RunState s) { states << s; });
  }
  template <typename T>
  int count() const {
    return int(std::count_if(messages.begin(), messages.end(), [](const auto& m) { return std::holds_alternative<T>(m.body); }));
  }
  const JobEnded* ended(RunId run) const {
    for (const auto& m : messages)
      if (m.run == run && std::holds_alternative<JobEnded>(m.body)) return &std::get<JobEnded>(m.body);
    return nullptr;
  }
  std::vector<EngineMessage> messages;
  QList<RunState> states;
};

}  // namespace

class TestEngineWorker : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aLookDoesNotWaitBehindARunThatIsAboutToBegin() {
    EngineThread thread;
    std::latch goesOn(1);
    QStringList order;
    thread.post(JobKind::RebuildTable, [&](JobContext&) { goesOn.wait(); });
    thread.post(JobKind::OpenModel, [&](JobContext&) { order << QStringLiteral("model"); });
    thread.post(JobKind::Train, [&](JobContext&) { order << QStringLiteral("train"); });
    const RunId last = thread.post(JobKind::Score, [&](JobContext&) { order << QStringLiteral("score"); });
    thread.postNewest(JobKind::LookAtLayer, [&](JobContext&) { order << QStringLiteral("look"); });
    Listener heard(thread);
    goesOn.count_down();
    QTRY_VERIFY(heard.ended(last));
    QCOMPARE(order.join(u' '), QStringLiteral("model look train score"));
  }

  // Progress is collected; an answer that somebody looks out for comes at once, behind what was said before it.
  void answersAreNotCollected() {
    EngineThread thread;
    Listener heard(thread);
    std::latch answered(1), ends(1);
    const RunId run = thread.post(JobKind::Train, [&](JobContext& job) {
      job.send(StepsAdded{{StepPoint{1, 0.1, 1, 1}}});
      job.send(Segmented{});
      answered.count_down();
      ends.wait();
    });
    answered.wait();
    QElapsedTimer clock;
    clock.start();
    QTRY_COMPARE(heard.count<Segmented>(), 1);
    QVERIFY2(clock.elapsed() < 40, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(heard.count<StepsAdded>(), 1);
    ends.count_down();
    QTRY_VERIFY(heard.ended(run));
  }

  void startsAndEnds() {
    EngineThread thread;
    Listener heard(thread);
    QString name;
    const RunId run = thread.post(JobKind::Train, [&name](JobContext&) { name = QThread::currentThread()->objectName(); });
    QCOMPARE(thread.state(), RunState::Preparing);
    QTRY_VERIFY(heard.ended(run));
    QCOMPARE(name, QStringLiteral("gps-engine"));
    QVERIFY(std::holds_alternative<JobStarted>(heard.messages.front().body));
    QVERIFY(std::holds_alternative<JobEnded>(heard.messages.back().body));
    QCOMPARE(heard.ended(run)->outcome, JobOutcome::Finished);
    QCOMPARE(heard.states, (QList<RunState>{RunState::Preparing, RunState::Running, RunState::Idle}));
  }

  void pausesAndGoesOn() {
    EngineThread thread;
    Listener heard(thread);
    std::atomic<int> done = 0;
    const RunId run = thread.post(JobKind::Train, steppingJob(400, &done));
    QTRY_VERIFY(done > 3);
    thread.pause();
    QTRY_COMPARE(thread.state(), RunState::Paused);
    const int held = done;
    QTest::qWait(100);
    QCOMPARE(done.load(), held);
    thread.resume();
    QCOMPARE(thread.state(), RunState::Running);
    QTRY_VERIFY_WITH_TIMEOUT(heard.ended(run), 20000);
    QCOMPARE(done.load(), 400);
    QCOMPARE(heard.ended(run)->outcome, JobOutcome::Finished);
  }

  // Every sequence of four commands, given as fast as the window can: the job always ends, never twice.
  void anyOrder() {
    for (int code = 0; code < 81; ++code) {
      EngineThread thread;
      Listener heard(thread);
      const RunId run = thread.post(JobKind::Train, steppingJob(30));
      int rest = code;
      bool wasStopped = false;
      for (int i = 0; i < 4; ++i, rest /= 3) {
        if (rest % 3 == 0) thread.pause();
        if (rest % 3 == 1) thread.resume();
        if (rest % 3 == 2) thread.stop(), wasStopped = true;
        if (i % 2 == 1) QTest::qWait(1);
      }
      thread.resume();  // a pause left over would wait for ever
      QTRY_VERIFY2_WITH_TIMEOUT(heard.ended(run), qPrintable(QString::number(code)), 10000);
      QCOMPARE(thread.state(), RunState::Idle);
      QCOMPARE(heard.count<JobEnded>(), 1);
      if (!wasStopped) QCOMPARE(heard.ended(run)->outcome, JobOutcome::Finished);
    }
  }

  void stopWakesAPausedJob() {
    EngineThread thread;
    Listener heard(thread);
    const RunId run = thread.post(JobKind::Train, steppingJob(100000));
    QTRY_COMPARE(thread.state(), RunState::Running);
    thread.pause();
    QTRY_COMPARE(thread.state(), RunState::Paused);
    thread.stop();
    QCOMPARE(thread.state(), RunState::Stopping);
    QTRY_VERIFY(heard.ended(run));
    QCOMPARE(heard.ended(run)->outcome, JobOutcome::Cancelled);
  }

  void failuresAreValues() {
    EngineThread thread;
    Listener heard(thread);
    const RunId ours =
        thread.post(JobKind::OpenModel, [](JobContext&) { throw Error(ErrorCode::BadFile, "x.pth", "it is cut", "get it again"); });
    const RunId other = thread.post(JobKind::Train, [](JobContext&) { throw std::bad_alloc(); });
    const RunId unknown = thread.post(JobKind::Train, [](JobContext&) { throw 42; });
    QTRY_VERIFY(heard.ended(unknown));
    QCOMPARE(heard.ended(ours)->outcome, JobOutcome::Failed);
    QCOMPARE(heard.ended(ours)->failure.code, ErrorCode::BadFile);
    QCOMPARE(heard.ended(ours)->failure.subject, QStringLiteral("x.pth"));
    QCOMPARE(heard.ended(other)->failure.code, ErrorCode::OutOfMemory);
    QCOMPARE(heard.ended(unknown)->failure.code, ErrorCode::Internal);
  }

  void jobsRunOneAfterAnother() {
    EngineThread thread;
    Listener heard(thread);
    std::atomic<int> inside = 0, most = 0;
    RunId last = 0;
    for (int i = 0; i < 5; ++i)
      last = thread.post(JobKind::Score, [&](JobContext&) {
        most = std::max(most.load(), ++inside);
        QThread::msleep(5);
        --inside;
      });
    QTRY_VERIFY(heard.ended(last));
    QCOMPARE(most.load(), 1);
    QCOMPARE(heard.count<JobEnded>(), 5);
  }

  void stopDropsWhatWaits() {
    EngineThread thread;
    Listener heard(thread);
    const RunId first = thread.post(JobKind::Train, steppingJob(100000));
    bool ran = false;
    thread.post(JobKind::Score, [&ran](JobContext&) { ran = true; });
    thread.stop();
    QTRY_VERIFY(heard.ended(first));
    QTest::qWait(100);
    QVERIFY(!ran);
    QCOMPARE(thread.state(), RunState::Idle);
  }

  // 20000 reports in a burst reach the window as a few; no curve point is lost.
  void progressIsCoalesced() {
    EngineThread thread;
    Listener heard(thread);
    const int n = 20000;
    const RunId run = thread.post(JobKind::Train, [](JobContext& job) {
      for (int i = 1; i <= n; ++i) {
        job.send(StepsAdded{{StepPoint{i, double(i), 1.0 / i, 1e-3}}});
        Progress p;
        p.done = i;
        p.total = n;
        job.send(p);
      }
    });
    QTRY_VERIFY_WITH_TIMEOUT(heard.ended(run), 20000);
    QVERIFY(heard.count<Progress>() < 400);
    std::int64_t expected = 1, lastDone = 0;
    for (const auto& m : heard.messages) {
      if (const auto* steps = std::get_if<StepsAdded>(&m.body))
        for (const auto& s : steps->steps) QCOMPARE(s.step, expected++);
      if (const auto* p = std::get_if<Progress>(&m.body)) lastDone = p->done;
    }
    QCOMPARE(expected, std::int64_t(n) + 1);
    QCOMPARE(lastDone, std::int64_t(n));
  }

  void requestsAreServedBetweenSteps() {
    class Context : public RequestContext {
      ProbabilityMap predict(const RgbImage&, std::optional<int>) override { return {1, 1, {0.7F}}; }
      void withModel(std::optional<int>, const std::function<void(const Model&)>&) override {}
    };
    EngineThread thread;
    Listener heard(thread);
    const RunId run = thread.post(JobKind::Train, [](JobContext& job) {
      Context context;
      for (int i = 0; i < 100000; ++i) job.control().stepBoundary(context);
    });
    const auto ask = [](const JobContext& job, RequestContext& engine) {
      job.send(Predicted{QStringLiteral("a"), {}, -1, std::make_shared<ProbabilityMap>(engine.predict({}, {}))});
    };
    QVERIFY(!thread.request(JobKind::Score, ask));
    QVERIFY(thread.request(JobKind::Train, ask));
    QTRY_COMPARE(heard.count<Predicted>(), 1);
    thread.stop();
    QTRY_VERIFY(heard.ended(run));
  }

  // Nobody is left to wait for what will never begin.
  void whatWasDroppedIsTold() {
    EngineThread thread;
    Listener heard(thread);
    QList<RunId> dropped;
    connect(&thread, &EngineThread::dropped, this, [&dropped](const QList<RunId>& runs) { dropped << runs; });
    const RunId first = thread.post(JobKind::OpenModel, steppingJob(1000000));
    const RunId look = thread.post(JobKind::LookAtLayer, steppingJob(1)), schemes = thread.post(JobKind::Explore, steppingJob(1));
    thread.stop();
    QCOMPARE(dropped, (QList<RunId>{look, schemes}));
    QTRY_VERIFY(heard.ended(first));
    QVERIFY(!heard.ended(look));
    thread.stop();
    QCOMPARE(dropped.size(), 2);
  }

  void goesAwayWhileRunning() {
    bool wasCleaned = false;
    {
      EngineThread thread;
      thread.setCleanUp([&wasCleaned] { wasCleaned = QThread::currentThread()->objectName() == QStringLiteral("gps-engine"); });
      thread.post(JobKind::Train, steppingJob(1000000));
      QTRY_COMPARE(thread.state(), RunState::Running);
    }
    QVERIFY(wasCleaned);
  }
};

QTEST_GUILESS_MAIN(TestEngineWorker)
#include "tst_engineworker.moc"
