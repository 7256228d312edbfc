// The Train page on a made-up engine: what is asked before a run begins or waits, what is told while it trains, and how one that failed
// goes on.
#include <QDir>
#include <QFile>
#include <QMessageBox>
#include <QPushButton>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <atomic>

#include "app/pages/train/costpanel.h"
#include "app/pages/train/curvespanel.h"
#include "app/pages/train/preflight.h"
#include "app/pages/train/sweeppanel.h"
#include "core/values/traincost.h"
#include "trainfixture.h"
#include "widgets/badge.h"
#include "widgets/button.h"
#include "widgets/comparebars.h"
#include "widgets/curveplot.h"
#include "widgets/theme.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestTrainRun : public QObject, protected TrainFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }
  void init() { beginOnTrainPage(); }
  void cleanup() { end(); }

  // ---- before

  void aRunThatFindsNoRoomIsAskedForUnmeasured() {
    open();
    const double needed = expectedDiskBytes(session().resolvedTrainSpec(), *session().model(), session().trainedSizes());
    QVERIFY(needed > 1e8);
    QVERIFY(page().costPanel()->warnings().isEmpty());
    setFree(needed);
    QVERIFY2(page().costPanel()->warnings().join(u' ').contains(u"disk is too small"_s), "told before it begins, too");
    page().startOrResume();
    QVERIFY(question() && !session().isTraining());
    QVERIFY2(question()->informativeText().contains(u"disk is too small"_s), qPrintable(question()->informativeText()));
    answer(u"startAllTheSame"_s);
    QVERIFY(session().isTraining());
    m_engine->end(JobOutcome::Failed);
    // It was waved through: less is free now, and nothing is asked. More would be written: it is asked again.
    setFree(0.8 * needed);
    page().startOrResume();
    QVERIFY(session().isTraining());
    m_engine->end(JobOutcome::Failed);
    spin(u"epochs"_s, 200);
    page().startOrResume();
    QVERIFY(question() && !session().isTraining());
    question()->reject();
    QTRY_VERIFY(!question());
    QVERIFY(!session().isTraining());
    setFree(1e15);
    page().startOrResume();
    QVERIFY(session().isTraining());
  }

  void whatRunsWriteFollowsTheirSettings() {
    open();
    TrainSpec run = session().resolvedTrainSpec();
    const auto bytes = [&] { return expectedDiskBytes(run, *session().model(), session().trainedSizes()); };
    // K = 1 of 23000 rows, biases and the decoder; twenty epochs, and what is gone on from.
    const SelectionCounts counts = session().table()->counts.front();
    const double trained = double(counts.selected + 24000 + 4058340);
    QCOMPARE(bytes(), 4 * (double(counts.selected) + trained) + 20 * 4 * trained + 24 * trained);
    const double before = bytes();
    run.schedule = ScheduleKind::Paper;  // ten epochs more
    QCOMPARE(bytes() - before, 40 * trained);
    run.schedule = ScheduleKind::Cosine;
    run.selection.keptPerRow = 3;
    QVERIFY(bytes() > before);
    run.selection.excludedBlocks = {"patch_embed", "0.0", "1.0", "2.0"};
    QVERIFY(bytes() < before);
    run.selection.excludedBlocks.clear();
    run.selection.share = 0.5;
    const double half = bytes();
    run.method = Method::Full;
    QVERIFY(half > before && bytes() > half);
    run.method = Method::Linear;
    QVERIFY(bytes() < before / 100);
  }

  void theQueueIsAskedForWithThoseThatWait() {
    open();
    page().queue().setPaused(true);
    const double needed = expectedDiskBytes(session().resolvedTrainSpec(), *session().model(), session().trainedSizes());
    setFree(2 * needed);
    page().addToQueue();
    QVERIFY(!question());
    QCOMPARE(page().queue().runs().size(), 1);
    page().addToQueue();
    QVERIFY(question());
    QVERIFY2(question()->informativeText().contains(u"2 run"_s), qPrintable(question()->informativeText()));
    QCOMPARE(page().queue().runs().size(), 1);
    const std::string asked = toToml(session().resolvedTrainSpec());
    session().setKeptPerRow(9);  // what was asked for is what is added
    answer(u"addAllTheSame"_s);
    QCOMPARE(page().queue().runs().size(), 2);
    TrainSpec added = page().queue().runs()[1].spec;
    QCOMPARE(toToml(added), asked);
  }

  void aGridIsAskedFor() {
    open();
    page().queue().setPaused(true);
    SweepPanel& sweep = *page().sweepPanel();
    set(*sweep.form(), u"k"_s, u"1, 3"_s);
    QCOMPARE(sweep.runs(), 2);
    m_engine->say(ContaminationTold{{{u"Kvasir-SEG"_s, u"it did"_s}}});
    sweep.add();
    QVERIFY(question());
    QVERIFY2(question()->informativeText().contains(u"Kvasir-SEG"_s), qPrintable(question()->informativeText()));
    question()->reject();
    QTRY_VERIFY(!question());
    QVERIFY(page().queue().runs().isEmpty());
    QVERIFY(QDir(session().project().folder + "/sweeps"_L1).isEmpty());
    sweep.add();
    answer(u"addAllTheSame"_s);
    QCOMPARE(page().queue().runs().size(), 2);
    // Once is enough, however the next one begins.
    QTRY_VERIFY(!question());
    page().addToQueue();
    QCOMPARE(page().queue().runs().size(), 3);
  }

  // A disk that hangs holds up nobody, and is asked once at a time.
  void theWindowDoesNotWaitForTheDisk() {
    open();
    QSemaphore answers;
    std::atomic<int> asked{0};
    std::atomic<bool> isElsewhere{true};
    page().preflight().disk().setProbe([&, window = QThread::currentThread()](const QString&) {
      ++asked;
      if (QThread::currentThread() == window) isElsewhere = false;
      answers.acquire();
      return 5e14;
    });
    QTRY_COMPARE(asked.load(), 1);
    for (int i = 0; i < 5; ++i) page().preflight().disk().look();
    page().startOrResume();
    QVERIFY(session().isTraining());
    QCOMPARE(asked.load(), 1);
    answers.release(100);
    QTRY_COMPARE(page().preflight().disk().freeBytes(), 5e14);
    QVERIFY(isElsewhere);
  }

  void theDiskOfTheProjectIsAsked() {
    DiskSpace disk;
    QSignalSpy changed(&disk, &DiskSpace::changed);
    disk.setFolder(m_dir->filePath(u"not/there/yet"_s));
    QTRY_VERIFY(disk.freeBytes() > 0);
    QVERIFY(changed.count() > 0);
    disk.setFolder({});
    QCOMPARE(disk.freeBytes(), 0.0);
  }

  // ---- meanwhile

  void memoryIsShownLiveBesideThatOfAllWeights() {
    open();
    session().startTraining();
    QVERIFY(!memory());
    Progress progress{"train", "steps", 1, 40, 1, 39, 1, 1, 20, 300, 440};
    m_engine->say(progress);
    QVERIFY(memory());
    QCOMPARE(memory()->rows().size(), 2);
    QCOMPARE(memory()->rows()[0].amount, 300.0);
    QCOMPARE(memory()->rows()[1].amount, 440.0);
    QVERIFY2(memory()->rows()[0].name.contains(u"so far"_s), qPrintable(memory()->rows()[0].name));
    m_engine->say(Progress{"validate", "images", 1, 4, 1, 3, 1});  // has none of its own
    QCOMPARE(memory()->rows()[0].amount, 300.0);
    progress.done = 2, progress.peakMib = 320, progress.densePeakMib = 460;
    m_engine->say(progress);
    QCOMPARE(memory()->rows()[0].amount, 320.0);
    TrainOutcome outcome;
    outcome.epochs = {sampleEpoch(0), sampleEpoch(1)};
    outcome.trainableTotal = 4100000;
    outcome.peakMib = 333;
    m_engine->say(TrainDone{outcome});
    m_engine->end();
    QVERIFY(memory());
    QCOMPARE(memory()->rows()[0].amount, 333.0);
    QCOMPARE(memory()->rows()[1].amount, densePeakMib(333, 4100000, 9791300));
    session().stopJob();
    m_engine->end(JobOutcome::Cancelled);
    session().startTraining();
    QVERIFY(!memory());  // of another run
  }

  void aRunThatPausesIsNotPausedYet() {
    open();
    session().startTraining();
    m_engine->say(Progress{"train", "steps", 411, 1000, 1, 39, 1, 1, 20});
    page().pauseOrContinue();
    QCOMPARE(session().job().state, RunState::Pausing);
    QCOMPARE(phase(), u"pausing after step 412"_s);
    m_engine->reachGate();
    QCOMPARE(phase(), u"paused"_s);
    page().pauseOrContinue();
    QCOMPARE(phase(), u"running"_s);
    m_engine->say(Progress{"validate", "images", 1, 4, 1, 3, 1});
    page().pauseOrContinue();
    QCOMPARE(phase(), u"pausing after this step"_s);
  }

  // Whatever else the page shows while a queue runs.
  void theCurvesStayTheLargestPlot() {
    open();
    page().addToQueue();
    page().addToQueue();
    QTRY_COMPARE(m_engine->trained.size(), 1);
    m_engine->say(EpochDone{sampleEpoch(0)});
    m_engine->say(EpochDone{sampleEpoch(1)});
    CurvesPanel& panel = *page().curvesPanel();
    QTest::qWait(50);
    QVERIFY(panel.rates()->isVisible());
    QVERIFY2(panel.curves()->area().height() > panel.rates()->area().height(),
             qPrintable(QString::number(panel.curves()->area().height())));
    session().stopJob();
    m_engine->end(JobOutcome::Cancelled);
  }

  void curvesByStepAndTime() {
    open();
    session().startTraining();
    m_engine->say(EpochDone{sampleEpoch(0)});
    for (int step = 1; step <= 8; ++step) {
      Progress progress{"train", "steps", step, 40, 2.0 * step, 10, 0.5, 1, 20};
      m_engine->say(progress);
      m_engine->say(StepsAdded{{{step, step / 4.0, 1.0 / step, 1e-3 / step}}});
      if (step % 4 == 0) m_engine->say(EpochDone{sampleEpoch(step / 4)});
    }
    CurvesPanel& curves = *page().curvesPanel();
    QCOMPARE(curves.curves()->pointCount(0), 8);
    QCOMPARE(curves.curves()->lastPoint(0).first, 2.0);
    QCOMPARE(curves.rates()->pointCount(0), 8);
    QVERIFY(curves.rates()->pointCount(1) >= 6);
    QCOMPARE(curves.rates()->lastPoint(1).second, 0.5);
    curves.setAxis(u"step"_s);
    QCOMPARE(curves.curves()->lastPoint(0).first, 8.0);
    QCOMPARE(curves.curves()->lastPoint(1).first, 8.0);  // validation of epoch 2
    curves.setAxis(u"time"_s);
    QCOMPARE(curves.curves()->lastPoint(0).first, 16.0);
  }

  // ---- afterwards

  void withoutMemoryItGoesOnWithLess() {
    auto model = sampleModel();
    model.cpuThreads = 2;
    openWith(sampleData(), model, true);
    spin(u"batch"_s, 0);  // the default of the model is 8
    QCOMPARE(failedWith(ErrorCode::OutOfMemory),
             (QStringList{u"Go on with fewer pictures per step: 4"_s, u"Go on with recomputing: slower, less memory"_s}));
    const QString folder = session().run().folder;
    auto* button = remedies().constFirst();
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QVERIFY(session().isTraining());
    QVERIFY(m_engine->trainSpec.resume);
    QCOMPARE(m_engine->trainSpec.batch, 4);
    QVERIFY(!m_engine->trainSpec.recompute);
    QCOMPARE(QString::fromStdString(m_engine->trainSpec.runFolder), folder);
    QVERIFY(remedies().isEmpty());
    // Again: from where it stands now, until there is nothing less.
    fail(ErrorCode::OutOfMemory);
    QCOMPARE(remedyTexts().constFirst(), u"Go on with fewer pictures per step: 2"_s);
    remedies().constLast()->click();
    QCOMPARE(m_engine->trainSpec.batch, 4);
    QVERIFY(m_engine->trainSpec.recompute);
    fail(ErrorCode::OutOfMemory);
    remedies().constFirst()->click();
    fail(ErrorCode::OutOfMemory);
    QCOMPARE(remedyTexts(), QStringList{u"Go on with fewer pictures per step: 1"_s});
    remedies().constFirst()->click();
    fail(ErrorCode::OutOfMemory);
    QVERIFY(remedies().isEmpty());
    QCOMPARE(session().project().train.batch, 0);  // the next run is another one
  }

  void anErrorLeavesTheCurvesTheirRoom() {
    open();
    m_window->resize(1280, 720);
    QVERIFY(!failedWith(ErrorCode::OutOfMemory).isEmpty());
    QTRY_VERIFY(page().curves()->height() >= page().curves()->minimumSizeHint().height());
    QVERIFY(remedies().constLast()->geometry().bottom() < remedies().constLast()->parentWidget()->height());
  }

  void divergedItGoesOnMoreSlowly() {
    open();
    type(u"learning_rate"_s, u"2e-4"_s);
    type(u"min_learning_rate"_s, u"1e-4"_s);
    QCOMPARE(failedWith(ErrorCode::Diverged), QStringList{u"Go on with a third of the learning rate: 6.7e-5"_s});
    remedies().constFirst()->click();
    QVERIFY(m_engine->trainSpec.resume);
    QCOMPARE(m_engine->trainSpec.learningRate, 6.7e-5);
    QCOMPARE(m_engine->trainSpec.minLearningRate, 6.7e-5);  // no larger than the other
    QVERIFY(validate(m_engine->trainSpec).empty());
    fail(ErrorCode::Diverged);
    QCOMPARE(remedyTexts(), QStringList{u"Go on with a third of the learning rate: 2.2e-5"_s});
  }

  void whatDoesNotHelpIsNotOffered() {
    open();
    QCOMPARE(failedWith(ErrorCode::Io), QStringList{});
    QCOMPARE(failedWith(ErrorCode::DeviceLost), QStringList{});
    // The warm-up has a rate of its own, which stays.
    QVERIFY(failedWith(ErrorCode::Diverged, [this] { m_engine->say(Progress{"warm-up", "steps", 1, 4, 1, 3, 1}); }).isEmpty());
    // One that has written nothing cannot go on: it had no memory for its weights or its gradient pass.
    session().startTraining();
    fail(ErrorCode::OutOfMemory);
    QVERIFY(page().curvesPanel()->hasError() && remedies().isEmpty());
    // Narrow products are for a graphics card.
    TrainSpec run;
    run.batch = 1;
    run.recompute = true;
    QVERIFY(remediesOf(ErrorCode::OutOfMemory, run, true, false).isEmpty());
    QCOMPARE(remediesOf(ErrorCode::OutOfMemory, run, false, false), QList{RunRemedy::Bf16});
    QCOMPARE(withRemedy(run, RunRemedy::Bf16).device.precision, Precision::Bf16);
    run.device.precision = Precision::Fp16;
    QVERIFY(remediesOf(ErrorCode::OutOfMemory, run, false, false).isEmpty());
    QCOMPARE(remediesOf(ErrorCode::Diverged, run, false, false), (QList{RunRemedy::ThirdOfRate, RunRemedy::Bf16}));
  }

  // A failed run that is looked at on Runs and opened again is the same run, as far as it got.
  void remediesStayWithARunThatIsShownAgain() {
    open();
    const QStringList texts = failedWith(ErrorCode::OutOfMemory);
    QVERIFY(!texts.isEmpty());
    RunRecord same;
    same.folder = session().run().folder.toStdString();
    same.spec = session().run().spec;
    same.resumable = true;
    session().showRun(same, false);
    QCOMPARE(remedyTexts(), texts);
  }

  void remediesAreOfTheRunThatFailed() {
    open();
    QVERIFY(!failedWith(ErrorCode::OutOfMemory).isEmpty());
    m_languages->use(u"zh_CN"_s);
    QTRY_VERIFY(!remedyTexts().join(u' ').contains(u"Go on"_s));
    QCOMPARE(remedyTexts().constFirst(), u"减少每步图像数后继续：4"_s);
    m_languages->use(u"en"_s);
    // Another run comes on screen, which lacks nothing.
    RunRecord other;
    other.folder = (session().project().folder + "/runs/other"_L1).toStdString();
    other.resumable = true;
    QVERIFY(QDir().mkpath(QString::fromStdString(other.folder)));
    session().showRun(other);
    QVERIFY(session().canResumeRun());
    QVERIFY(remedies().isEmpty());
  }

 private:
  QMessageBox* question() { return page().preflight().question(); }
  void answer(const QString& button) {
    question()->findChild<QPushButton*>(button)->click();
    QTRY_VERIFY(!question());
  }
  void setFree(double bytes) {
    page().preflight().disk().setProbe([bytes](const QString&) { return bytes; });
    QTRY_COMPARE(page().preflight().disk().freeBytes(), bytes);
  }

  // Of the run; the cost panel has bars of its own. Null: hidden.
  ui::CompareBars* memory() {
    for (auto* bars : page().findChildren<ui::CompareBars*>())
      if (!page().costPanel()->isAncestorOf(bars) && bars->isVisibleTo(&page())) return bars;
    return nullptr;
  }

  QString phase() { return page().curvesPanel()->findChild<ui::Badge*>()->text(); }

  // A run that has written its settings fails so; what it is offered then.
  QStringList failedWith(ErrorCode code, const std::function<void()>& before = {}) {
    session().startTraining();
    const QString folder = session().run().folder;
    QFile toml(folder + "/run.toml"_L1);
    if (!QDir().mkpath(folder) || !toml.open(QIODevice::WriteOnly)) return {u"no folder"_s};
    toml.close();
    if (before) before();
    fail(code);
    return remedyTexts();
  }
  void fail(ErrorCode code) {
    m_engine->end(JobOutcome::Failed, {JobKind::Train, code, {}, {}, {}, u"details"_s});
    QCOMPARE(session().run().phase, RunView::Phase::Failed);
  }
  QList<QPushButton*> remedies() {
    QList<QPushButton*> found;
    for (auto* button : page().curvesPanel()->findChildren<QPushButton*>(u"errorAction"_s))
      if (button->isVisible()) found << button;
    return found;
  }
  QStringList remedyTexts() {
    QStringList texts;
    for (const auto* button : remedies()) texts << button->text();
    return texts;
  }
};

QTEST_MAIN(TestTrainRun)
#include "tst_trainrun.moc"
