// What the probe says of a thread that waits, and of one that computes.
#include <QElapsedTimer>
#include <QTest>
#include <QThread>

#include "app/eventloopprobe.h"

using namespace gps::app;

class TestEventLoopProbe : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  // The longest block waits only; a shorter one computes, and is not hidden behind it.
  void eachIsTheLargestOfItsOwn() {
#ifndef __linux__
    QSKIP("the system does not tell what a thread computed");
#endif
    EventLoopProbe probe;
    probe.start();
    QTest::qWait(20);
    QThread::msleep(300);
    QTest::qWait(20);
    QElapsedTimer clock;
    clock.start();
    volatile double sum = 0;
    while (clock.elapsed() < 120) sum = sum + 1;
    QTest::qWait(20);
    probe.stop();
    QVERIFY2(probe.longestMs() >= 250, qPrintable(QString::number(probe.longestMs())));
    QVERIFY2(probe.computedMs() >= 20, qPrintable(QString::number(probe.computedMs())));  // of a busy machine's share
  }
};

QTEST_GUILESS_MAIN(TestEventLoopProbe)
#include "tst_eventloopprobe.moc"
