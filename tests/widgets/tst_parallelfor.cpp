// Every job once, whatever else the threads of the pool do.
#include "widgets/parallelfor.h"

#include <QSemaphore>
#include <QThread>
#include <QThreadPool>
#include <atomic>
#include <vector>

#include "tests/widgets/widgettest.h"

using namespace gps::ui;

class ParallelFor : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyJobRunsOnce_data() {
    QTest::addColumn<int>("count");
    for (const int count : {0, 1, 2, 3, 7, 64, 1000}) QTest::addRow("%d", count) << count;
  }
  void everyJobRunsOnce() {
    QFETCH(int, count);
    std::vector<std::atomic<int>> calls(size_t(count) + 1);
    parallelFor(count, [&](int i) { ++calls[size_t(i)]; });
    for (int i = 0; i < count; ++i) QCOMPARE(calls[size_t(i)].load(), 1);
    QCOMPARE(calls[size_t(count)].load(), 0);
  }

  void otherThreadsHelp() {
    if (parallelThreads() < 2) QSKIP("one processor");
    // Helpers of the calls before may still be on their way home.
    QVERIFY(QThreadPool::globalInstance()->waitForDone(20000));
    // Two jobs that wait for each other end only on two threads.
    QSemaphore here, there;
    std::atomic<int> met = 0;
    parallelFor(2, [&](int i) {
      (i == 0 ? here : there).release();
      if ((i == 0 ? there : here).tryAcquire(1, 20000)) ++met;
    });
    QCOMPARE(met.load(), 2);
  }

  void aBusyPoolHoldsNobodyUp() {
    QThreadPool& pool = *QThreadPool::globalInstance();
    QSemaphore began, end;
    const int most = pool.maxThreadCount();
    for (int i = 0; i < most; ++i)
      pool.start([&] {
        began.release();
        end.acquire();
      });
    QVERIFY(began.tryAcquire(most, 20000));
    int calls = 0;
    const QThread* self = QThread::currentThread();
    bool isOwn = true;
    parallelFor(100, [&](int) { ++calls, isOwn = isOwn && QThread::currentThread() == self; });
    end.release(most);
    QCOMPARE(calls, 100);
    QVERIFY(isOwn);
    QVERIFY(pool.waitForDone(20000));
  }
};

GPS_WIDGET_TEST_MAIN(ParallelFor)
#include "tst_parallelfor.moc"
