// The table of states: every move from every state.
#include <QTest>

#include "app/engine/runstate.h"

using namespace gps::app;

namespace {

const QList<RunEvent> kEvents{RunEvent::Start,  RunEvent::Begin, RunEvent::Pause, RunEvent::GateEntered,
                              RunEvent::Resume, RunEvent::Stop,  RunEvent::End};

// The shortest way into each state.
RunStateTable tableIn(RunState state) {
  const QHash<RunState, QList<RunEvent>> ways{
      {RunState::Idle, {}},
      {RunState::Preparing, {RunEvent::Start}},
      {RunState::Running, {RunEvent::Start, RunEvent::Begin}},
      {RunState::Pausing, {RunEvent::Start, RunEvent::Begin, RunEvent::Pause}},
      {RunState::Paused, {RunEvent::Start, RunEvent::Begin, RunEvent::Pause, RunEvent::GateEntered}},
      {RunState::Stopping, {RunEvent::Start, RunEvent::Begin, RunEvent::Stop}}};
  RunStateTable table;
  for (const RunEvent event : ways[state]) table.apply(event);
  return table;
}

}  // namespace

class TestRunState : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void waysLeadThere() {
    for (int s = 0; s < 6; ++s) QCOMPARE(tableIn(RunState(s)).state(), RunState(s));
  }

  void moves_data() {
    QTest::addColumn<int>("from");
    QTest::addColumn<QList<int>>("to");  // by event; -1: refused
    const int no = -1, idle = 0, preparing = 1, running = 2, pausing = 3, paused = 4, stopping = 5;
    QTest::newRow("idle") << idle << QList<int>{preparing, no, no, no, no, no, no};
    QTest::newRow("preparing") << preparing << QList<int>{no, running, pausing, no, no, stopping, idle};
    QTest::newRow("running") << running << QList<int>{no, no, pausing, no, no, stopping, idle};
    QTest::newRow("pausing") << pausing << QList<int>{no, no, no, paused, running, stopping, idle};
    QTest::newRow("paused") << paused << QList<int>{no, no, no, no, running, stopping, idle};
    QTest::newRow("stopping") << stopping << QList<int>{no, no, no, no, no, no, idle};
  }

  void moves() {
    QFETCH(int, from);
    QFETCH(QList<int>, to);
    for (int e = 0; e < kEvents.size(); ++e) {
      RunStateTable table = tableIn(RunState(from));
      QCOMPARE(table.allows(kEvents[e]), to[e] >= 0);
      QCOMPARE(table.apply(kEvents[e]), to[e] >= 0);
      QCOMPARE(int(table.state()), to[e] >= 0 ? to[e] : from);
    }
  }
};

QTEST_GUILESS_MAIN(TestRunState)
#include "tst_runstate.moc"
