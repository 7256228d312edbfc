// The Train page on a made-up engine: queue, grid, stopping, buttons in any order.
#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include "app/pages/train/curvespanel.h"
#include "app/pages/train/queuepanel.h"
#include "app/pages/train/sweeppanel.h"
#include "core/tuning/runfolder.h"
#include "trainfixture.h"
#include "widgets/curveplot.h"
#include "widgets/theme.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestTrainQueue : public QObject, protected TrainFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }
  void init() { beginOnTrainPage(); }
  void cleanup() { end(); }

  // ---- queue

  void queueModelKeepsItsPromises() {
    open();
    const QAbstractItemModelTester tester(page().queuePanel()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    RunQueue& queue = page().queue();
    queue.setPaused(true);
    for (int k : {1, 2, 3}) {
      session().setKeptPerRow(k);
      page().addToQueue();
    }
    QCOMPARE(page().queuePanel()->model()->rowCount(), 3);
    const QString last = queue.runs()[2].id;
    queue.move(last, -1);
    queue.remove(queue.runs()[0].id);
    QCOMPARE(queue.runs()[0].id, last);
    m_languages->use(u"zh_CN"_s);
    m_languages->use(u"en"_s);
  }

  void aQueuedRunIsASnapshot() {
    open();
    session().startTraining();
    spin(u"epochs"_s, 11);
    session().setKeptPerRow(4);
    SelectionSpec scheme = session().project().selection;
    scheme.level = Level::Net;
    session().setSelection(scheme);
    page().addToQueue();
    spin(u"epochs"_s, 2);
    session().setKeptPerRow(1);
    scheme.level = Level::Neuron;
    scheme.keptPerRow = 1;
    session().setSelection(scheme);
    QCOMPARE(m_engine->trained.size(), 1);
    m_engine->end();
    QCOMPARE(m_engine->currentJob(), JobKind::Score);  // first what was asked for by hand
    session().stopJob();
    m_engine->end(JobOutcome::Cancelled);
    QTRY_COMPARE(m_engine->trained.size(), 2);
    QCOMPARE(m_engine->trainSpec.epochs, 11);
    QCOMPARE(m_engine->trainSpec.selection.keptPerRow, 4);
    QCOMPARE(m_engine->trainSpec.selection.level, Level::Net);
  }

  void oneFailureDoesNotStopTheRest() {
    open();
    RunQueue& queue = page().queue();
    queue.setPaused(true);
    for (int epochs : {1, 2, 3}) {
      spin(u"epochs"_s, epochs);
      page().addToQueue();
    }
    queue.setPaused(false);
    QTRY_COMPARE(m_engine->trained.size(), 1);
    m_engine->end();
    QTRY_COMPARE(m_engine->trained.size(), 2);
    Failure failure{JobKind::Train, ErrorCode::OutOfMemory, {}, {}, {}, u"no memory"_s};
    m_engine->end(JobOutcome::Failed, failure);
    QTRY_COMPARE(m_engine->trained.size(), 3);
    QCOMPARE(m_engine->trainSpec.epochs, 3);
    m_engine->end();
    QTRY_COMPARE(queue.runs()[2].state, QueueState::Done);
    QCOMPARE(queue.runs()[0].state, QueueState::Done);
    QCOMPARE(queue.runs()[1].state, QueueState::Failed);
    QCOMPARE(queue.runs()[1].problem, u"no memory"_s);
    QTRY_COMPARE(m_engine->currentJob(), JobKind::Score);  // of the last one
    m_engine->end(JobOutcome::Cancelled);
    queue.retry(queue.runs()[1].id);
    QTRY_COMPARE(m_engine->trained.size(), 4);
    QCOMPARE(m_engine->trainSpec.epochs, 2);
  }

  void stoppingARunHoldsTheQueue() {
    open();
    RunQueue& queue = page().queue();
    page().addToQueue();
    page().addToQueue();
    QTRY_COMPARE(m_engine->trained.size(), 1);
    session().stopJob();
    m_engine->end(JobOutcome::Cancelled);
    QTest::qWait(20);
    QCOMPARE(m_engine->trained.size(), 1);
    QVERIFY(queue.isPaused());
    QCOMPARE(queue.runs()[0].state, QueueState::Cancelled);
    queue.setPaused(false);
    QTRY_COMPARE(m_engine->trained.size(), 2);
  }

  // The project that is open is no new one; its queue goes on.
  void openingTheSameProjectLeavesTheQueueAlone() {
    open();
    page().addToQueue();
    page().addToQueue();
    QTRY_COMPARE(m_engine->trained.size(), 1);
    session().openProjectFolder(session().project().folder);
    QVERIFY(session().isTraining());
    QCOMPARE(page().queue().runs()[0].state, QueueState::Running);
    m_engine->end();
    QTRY_COMPARE(m_engine->trained.size(), 2);
    QCOMPARE(page().queue().runs()[0].state, QueueState::Done);
  }

  void aRunThatIsLeftReachesItsQueue() {
    open();
    page().addToQueue();
    page().addToQueue();
    QTRY_COMPARE(m_engine->trained.size(), 1);
    const QString folder = session().project().folder;
    session().openPictures(m_dir->filePath(u"other"_s));
    QCOMPARE(session().project().folder, folder);
    session().stopAndReplace();
    m_engine->end();  // it was at its end
    QTRY_VERIFY(session().project().folder != folder);
    QCOMPARE(m_engine->trained.size(), 1);  // the next one does not begin on the way
    QVERIFY(page().queue().runs().isEmpty());
    session().openProjectFolder(folder);
    QTRY_COMPARE(page().queue().runs().size(), 2);
    QCOMPARE(page().queue().runs()[0].state, QueueState::Done);
    QCOMPARE(page().queue().runs()[1].state, QueueState::Waiting);
    QVERIFY(page().queue().isPaused());
  }

  void theQueueSurvivesARestart() {
    open();
    page().queue().setPaused(true);
    spin(u"epochs"_s, 5);
    page().addToQueue();
    spin(u"epochs"_s, 6);
    page().addToQueue();
    const QString folder = session().project().folder;
    const std::string first = toToml(page().queue().runs()[0].spec);
    QTRY_VERIFY(page().queue().isRead());
    page().queue().flush();
    QVERIFY(QFile::exists(RunQueue::fileOf(folder)));
    cleanup();
    m_engine = std::make_unique<FakeEngine>();
    showTrainPage();
    session().openProjectFolder(folder);
    m_engine->say(m_engine->last() - 2, sampleData());
    m_engine->say(m_engine->last() - 1, sampleModel());
    m_engine->end();
    RunQueue& queue = page().queue();
    QTRY_COMPARE(queue.runs().size(), 2);
    QCOMPARE(toToml(queue.runs()[0].spec), first);
    QVERIFY(queue.isPaused());
    QTest::qWait(20);
    QVERIFY(m_engine->trained.isEmpty());
    queue.setPaused(false);
    QTRY_COMPARE(m_engine->trained.size(), 1);
    QCOMPARE(m_engine->trainSpec.epochs, 5);
  }

  // What lies in the project goes with it; what lies elsewhere stays there.
  void theQueueMovesWithItsProject() {
    open();
    RunQueue& queue = page().queue();
    queue.setPaused(true);
    const QString folder = session().project().folder;
    TrainSpec spec = session().resolvedTrainSpec();
    spec.selectionPath = (folder + "/selection/mine.safetensors"_L1).toStdString();
    queue.add(spec);
    const QString data = QString::fromStdString(spec.dataFolder);
    QVERIFY(!data.startsWith(folder));
    QTRY_VERIFY(queue.isRead());
    queue.flush();
    QFile file(RunQueue::fileOf(folder));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    file.close();
    QVERIFY2(!text.contains(folder.toUtf8()), text.constData());
    QVERIFY2(text.contains("selection/mine.safetensors"), text.constData());
    QVERIFY2(text.contains(data.toUtf8()), text.constData());
    const QString moved = m_dir->filePath(u"moved"_s);
    QVERIFY(session().document().save());
    QVERIFY(QDir().rename(folder, moved));
    session().openProjectFolder(moved);
    QTRY_COMPARE(queue.runs().size(), 1);
    QCOMPARE(queue.runs()[0].spec.selectionPath, (moved + "/selection/mine.safetensors"_L1).toStdString());
    QCOMPARE(queue.runs()[0].spec.dataFolder, data.toStdString());
    QCOMPARE(queue.runs()[0].spec.runFolder, std::string());
  }

  // A run that is added before the file has been read does not take the place of what it holds, and no damaged file is written over.
  void whatIsAddedEarlyComesLast() {
    open();
    RunQueue& queue = page().queue();
    queue.setPaused(true);
    queue.add(session().resolvedTrainSpec());
    QTRY_VERIFY(queue.isRead());
    queue.flush();
    const QString folder = session().project().folder, first = queue.runs()[0].id;
    QVERIFY(session().document().save());
    session().openPictures(m_dir->filePath(u"other"_s));
    session().openProjectFolder(folder);
    queue.setPaused(true);
    const QString second = queue.add(session().resolvedTrainSpec());
    QTRY_COMPARE(queue.runs().size(), 2);
    QCOMPARE(queue.runs()[0].id, first);
    QCOMPARE(queue.runs()[1].id, second);
    queue.flush();
    session().openPictures(m_dir->filePath(u"other"_s));
    QFile file(RunQueue::fileOf(folder));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("[half a queue") > 0);
    file.close();
    session().openProjectFolder(folder);
    QTRY_VERIFY(QFile::exists(file.fileName() + ".damaged"_L1));
    QCOMPARE(queue.runs().size(), 0);
  }

  // As written before paths were relative.
  void aQueueOfAbsolutePathsIsRead() {
    open();
    const QString folder = session().project().folder, run = folder + "/runs/first"_L1;
    TrainSpec spec = session().resolvedTrainSpec();
    spec.selectionPath = (folder + "/selection/mine.safetensors"_L1).toStdString();
    const QJsonObject entry{
        {"id"_L1, u"1"_s}, {"state"_L1, u"waiting"_s}, {"run"_L1, run}, {"settings"_L1, QString::fromStdString(toToml(spec))}};
    QFile file(RunQueue::fileOf(folder));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QJsonDocument(QJsonObject{{"format"_L1, u"gps-queue/1"_s}, {"runs"_L1, QJsonArray{entry}}}).toJson());
    file.close();
    QVERIFY(session().document().save());
    session().openPictures(m_dir->filePath(u"other"_s));
    session().openProjectFolder(folder);
    QTRY_COMPARE(page().queue().runs().size(), 1);
    QCOMPARE(page().queue().runs()[0].spec.runFolder, run.toStdString());
    QCOMPARE(page().queue().runs()[0].spec.selectionPath, spec.selectionPath);
  }

  void aGridGoesToTheQueue() {
    open();
    SweepPanel& sweep = *page().sweepPanel();
    page().queue().setPaused(true);
    QCOMPARE(sweep.runs(), 0);
    // An empty field shows what can be written there.
    const auto* ks = qobject_cast<QLineEdit*>(sweep.form()->editor(u"k"_s));
    QCOMPARE(ks->placeholderText(), u"such as 1, 3, 10"_s);
    set(*sweep.form(), u"k"_s, u"1, 3"_s);
    set(*sweep.form(), u"scheme"_s, u"neuron, net random, full"_s);
    set(*sweep.form(), u"learning_rate"_s, u"1e-3, 2e-3"_s);
    QVERIFY2(sweep.problem().isEmpty(), qPrintable(sweep.problem()));
    QCOMPARE(sweep.runs(), (2 + 2 + 1) * 2);  // full has no K
    QCOMPARE(sweep.passes(), 1);              // random and full need none
    set(*sweep.form(), u"seed"_s, u"1, 2"_s);
    QCOMPARE(sweep.runs(), 20);
    QCOMPARE(sweep.passes(), 2);
    sweep.add();
    QCOMPARE(page().queue().runs().size(), 20);
    const QString group = page().queue().runs()[0].group;
    QFile plan(session().project().folder + "/sweeps/"_L1 + group + "/plan.toml"_L1);
    QVERIFY(plan.open(QIODevice::ReadOnly));
    QVERIFY(plan.readAll().contains("scheme = [\"neuron\", \"net random\", \"full\"]"));
    set(*sweep.form(), u"k"_s, u"1, many"_s);
    QVERIFY(!sweep.problem().isEmpty());
  }

  // ---- stopping

  void stopAsksAndDiscards() {
    open();
    session().startTraining();
    const QString folder = session().run().folder;
    QVERIFY(QDir().mkpath(folder));
    page().stop();
    QVERIFY(page().stopQuestion().isOpen());
    QVERIFY(page().stopQuestion().box()->text().contains(QFileInfo(folder).fileName()));
    page().stopQuestion().box()->findChild<QPushButton*>(u"goOn"_s)->click();
    QTRY_VERIFY(!page().stopQuestion().isOpen());
    QVERIFY(session().isTraining());
    page().stop();
    QSignalSpy discarded(&page().stopQuestion(), &StopQuestion::discarded);
    page().stopQuestion().box()->findChild<QPushButton*>(u"discard"_s)->click();
    QCOMPARE(m_engine->state(), RunState::Stopping);
    m_engine->end(JobOutcome::Cancelled);
    QTRY_COMPARE(discarded.count(), 1);
    QVERIFY(!QFile::exists(folder));
    QVERIFY(QFile::exists(discarded.first()[1].toString()));
    QCOMPARE(session().run().phase, RunView::Phase::None);
  }

  // Its run went on at the press of a button, outside of the queue.
  void aFailedEntryThatGoesOnByHandIsDone() {
    open();
    RunQueue& queue = page().queue();
    spin(u"batch"_s, 4);
    page().addToQueue();
    QTRY_COMPARE(m_engine->trained.size(), 1);
    QVERIFY(QDir().mkpath(session().run().folder));
    QFile toml(session().run().folder + "/run.toml"_L1);
    QVERIFY(toml.open(QIODevice::WriteOnly));
    toml.close();
    m_engine->end(JobOutcome::Failed, Failure{JobKind::Train, ErrorCode::OutOfMemory, {}, {}, {}, u"no memory"_s});
    QTRY_COMPARE(queue.runs()[0].state, QueueState::Failed);
    const auto remedies = session().remedies();
    QVERIFY(!remedies.isEmpty());
    session().resumeRun(remedies.first());
    QCOMPARE(m_engine->trained.size(), 2);
    m_engine->end();
    QTRY_COMPARE(queue.runs()[0].state, QueueState::Done);
  }

  void aFailedRunCanGoOn() {
    open();
    session().startTraining();
    const QString folder = session().run().folder;
    m_engine->end(JobOutcome::Failed);
    QVERIFY(!session().canResumeRun());  // it wrote nothing
    session().startTraining();
    QVERIFY(QDir().mkpath(session().run().folder));
    QFile toml(session().run().folder + "/run.toml"_L1);
    QVERIFY(toml.open(QIODevice::WriteOnly));
    toml.close();
    m_engine->say(StepsAdded{{{1, 0.5, 1.0, 1e-3}, {2, 1.0, 0.9, 1e-3}, {3, 1.5, 0.8, 1e-3}}});
    m_engine->end(JobOutcome::Failed);
    QVERIFY(session().canResumeRun());
    session().resumeRun();
    QVERIFY(m_engine->trainSpec.resume);
    // From the end of epoch 1: step 3 is told again.
    m_engine->say(StepsAdded{{{3, 1.5, 0.7, 1e-3}}});
    QCOMPARE(session().run().steps.size(), std::size_t(3));
    QCOMPARE(session().run().steps.back().loss, 0.7);
    QCOMPARE(page().curves()->pointCount(0), 3);
  }

  // It has not begun, but its buttons are there.
  void aRunBehindASmallJobObeysItsButtons() {
    open();
    m_engine->beginQuiet();
    page().startOrResume();
    QVERIFY(session().isTraining());
    page().pauseOrContinue();
    QCOMPARE(session().job().state, RunState::Pausing);
    QCOMPARE(m_engine->state(), RunState::Running);  // the small job
    page().pauseOrContinue();
    QCOMPARE(session().job().state, RunState::Preparing);
    page().pauseOrContinue();
    m_engine->endQuiet();
    QCOMPARE(m_engine->currentJob(), JobKind::Train);
    QCOMPARE(session().job().state, RunState::Pausing);
    m_engine->reachGate();
    QCOMPARE(session().job().state, RunState::Paused);
    page().pauseOrContinue();
    QCOMPARE(session().job().state, RunState::Running);
    m_engine->say(EpochDone{sampleEpoch(0)});
    session().stopJob();
    m_engine->end(JobOutcome::Cancelled);
    QVERIFY(session().canResumeRun());
    // Stopped before it goes on: it stands where it stood, and the next start is free of the pause.
    m_engine->beginQuiet();
    page().startOrResume();
    page().pauseOrContinue();
    QSignalSpy states(&session(), &Session::jobStateChanged), runs(&session(), &Session::runChanged);
    session().stopJob();
    QVERIFY(states.count() > 0 && runs.count() > 0);
    QVERIFY(!session().isBusy());
    QCOMPARE(session().run().phase, RunView::Phase::Stopped);
    QVERIFY(session().canResumeRun());
    m_engine->endQuiet();
    QCOMPARE(m_engine->state(), RunState::Idle);
    page().startOrResume();
    QCOMPARE(session().job().state, RunState::Running);
    while (m_engine->state() != RunState::Idle) m_engine->end();
    // A new run that never began is none.
    m_engine->beginQuiet();
    session().startTraining();
    QVERIFY(session().isTraining());
    session().stopJob();
    QCOMPARE(session().run().phase, RunView::Phase::None);
    QVERIFY(session().whyNoTraining().isEmpty());
    m_engine->endQuiet();
    QVERIFY(!session().isTraining());
  }

  void anyOrderOfButtonsBehindASmallJob() {
    open();
    QRandomGenerator draw(5);
    for (int i = 0; i < 300; ++i) {
      m_engine->beginQuiet();
      page().startOrResume();
      bool isPaused = false, isOn = true;
      for (int n = draw.bounded(6); n > 0 && isOn; --n) {
        if (draw.bounded(5) > 0) {
          page().pauseOrContinue();
          isPaused = !isPaused;
        } else {
          session().stopJob();
          isOn = false;
        }
        QCOMPARE(session().isTraining(), isOn);
      }
      m_engine->endQuiet();
      QCOMPARE(session().isTraining(), isOn);
      if (!isOn) {
        QVERIFY(session().run().phase != RunView::Phase::Active);
        continue;
      }
      QCOMPARE(session().job().state, isPaused ? RunState::Pausing : RunState::Running);
      session().stopJob();
      m_engine->end(JobOutcome::Cancelled);
      QVERIFY(!session().isBusy());
    }
  }

  void anyOrderOfButtonsAtAnySpeed() {
    open();
    QRandomGenerator draw(11);
    page().queue().setPaused(true);
    for (int i = 0; i < 1000; ++i) {
      switch (draw.bounded(9)) {
        case 0:
          page().startOrResume();
          break;
        case 1:
        case 2:
          page().pauseOrContinue();
          break;
        case 3:
          page().stop();
          break;
        case 4:
          if (auto* box = page().stopQuestion().box())
            box->findChild<QPushButton*>(QStringList{u"keep"_s, u"discard"_s, u"goOn"_s}[draw.bounded(3)])->click();
          break;
        case 5:
          if (m_engine->state() == RunState::Pausing) m_engine->reachGate();
          break;
        case 6:
          if (m_engine->state() == RunState::Stopping) m_engine->end(JobOutcome::Cancelled);
          break;
        case 7:
          if (m_engine->state() != RunState::Idle && draw.bounded(8) == 0)
            m_engine->end(draw.bounded(2) == 0 ? JobOutcome::Finished : JobOutcome::Failed);
          break;
        default:
          QTest::qWait(1);
      }
      const bool canPause = m_engine->state() == RunState::Running || m_engine->state() == RunState::Paused;
      if (session().isTraining() && canPause) {
        const RunState before = m_engine->state();
        page().pauseOrContinue();
        QVERIFY(m_engine->state() != before);  // answers at once
        page().pauseOrContinue();
      }
    }
    if (m_engine->state() != RunState::Idle) {
      session().stopJob();
      m_engine->end(JobOutcome::Cancelled);
    }
    QVERIFY(!session().isBusy());
  }

  // ---- curves

  void aQueuedRunIsToldInWords() {
    TrainSpec spec;
    spec.selection.keptPerRow = 3;
    spec.learningRate = 2e-4;
    spec.epochs = 12;
    spec.seed = 42;
    QCOMPARE(runSummary(spec), u"K = 3 · Neuron · gradient · lr 2e-4 · 12 epochs · seed 42"_s);
    QVERIFY(m_languages->use(u"zh_CN"_s));
    QVERIFY2(!runSummary(spec).contains(u"gradient"_s), qPrintable(runSummary(spec)));
    m_languages->use(u"en"_s);
  }
};

QTEST_MAIN(TestTrainQueue)
#include "tst_trainqueue.moc"
