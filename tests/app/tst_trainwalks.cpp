// Two walks through training with the real engine and the small pretrained model on the sample pictures: a run that is paused, left and
// resumed equals one that was not; a queue trains what was noted down, past a failure.
#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <algorithm>
#include <cmath>

#include "app/pages/selectionpage.h"
#include "app/pages/train/costpanel.h"
#include "app/project/explorer.h"
#include "core/checkpoints/deltafile.h"
#include "core/tuning/runfolder.h"
#include "tests/app/trainwalkfixture.h"
#include "widgets/curveplot.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestTrainWalks : public TrainWalkFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { openWithPass(); }
  void cleanupTestCase() { closeWindow(); }

  // Walk 4.
  void pausedQuitAndResumedEqualsUninterrupted() {
    session().startTraining();
    const QString whole = session().run().folder;
    finishTraining();
    QCOMPARE(session().run().phase, RunView::Phase::Finished);

    session().startTraining();
    const QString parted = session().run().folder;
    QTRY_VERIFY_WITH_TIMEOUT(!session().run().steps.empty(), kLong);
    page().pauseOrContinue();
    QTRY_COMPARE_WITH_TIMEOUT(session().job().state, RunState::Paused, kStopMs);
    const auto steps = session().run().steps.size();
    QVERIFY2(steps < 4, "it was paused before the end");
    closeWindow();

    openWindow();
    session().openDemo();
    QTRY_VERIFY_WITH_TIMEOUT(session().isDataChecked() && session().model() && !session().isBusy() && session().canResumeRun(), kLong);
    QCOMPARE(session().run().folder, parted);
    page().startOrResume();
    finishTraining();
    QCOMPARE(session().run().phase, RunView::Phase::Finished);
    QCOMPARE(session().run().lastEpoch(), 2);

    // The curves join: the epochs of before and the steps of now, without a hole and in order.
    const auto* curves = page().curves();
    QCOMPARE(curves->lastPoint(0).first, 2.0);
    QCOMPARE(curves->pointCount(1), 3);  // untuned, 1, 2
    for (int epoch : {1, 2}) {
      const Delta a = readDelta(whole.toStdString() + "@" + std::to_string(epoch));
      const Delta b = readDelta(parted.toStdString() + "@" + std::to_string(epoch));
      QVERIFY(!a.values.empty());
      QVERIFY(a.offsets == b.offsets);
      QVERIFY(a.values == b.values);
      QCOMPARE(a.whole.size(), b.whole.size());
      for (std::size_t i = 0; i < a.whole.size(); ++i) QVERIFY2(a.whole[i].values == b.whole[i].values, a.whole[i].name.c_str());
      QCOMPARE(a.info.metrics, b.info.metrics);
    }
  }

  // What was said before the run is what it writes and needs.
  void costIsWhatTheRunThenCosts() {
    session().measureCost();
    QTRY_VERIFY_WITH_TIMEOUT(page().costPanel()->cost() && !session().isBusy(), kLong);
    const TrainCost& cost = *page().costPanel()->cost();
    QVERIFY(page().costPanel()->isFresh());
    QCOMPARE(cost.stepsPerEpoch, 2);
    QCOMPARE(cost.epochs, 2);
    QCOMPARE(cost.batch, 2);
    QCOMPARE(cost.validationPictures, 1);
    QVERIFY(cost.stepMsMedian() > 1);
    QVERIFY(cost.loadedBatches > 0 && cost.firstLoadMs > 0 && cost.laterLoadMs > 0);
    QCOMPARE(cost.keptShare, 1.0);
    QVERIFY(cost.firstEpochSeconds() >= cost.stepsPerEpoch * cost.stepMsMedian() / 1000);
    QVERIFY(cost.peakMib > 10);
    QVERIFY(cost.freeDiskBytes > 0 && (cost.isCuda ? cost.deviceMemoryBytes : cost.freeMemoryBytes) > 0);
    session().startTraining();
    finishTraining();
    QCOMPARE(cost.trainableTotal, session().run().outcome.trainableTotal);
    const QDir deltas(session().run().folder + "/deltas"_L1);
    const auto sizeOf = [&](const QString& name) { return QFileInfo(deltas.filePath(name)).size(); };
    // Beside the arrays there are the headers, the map among them.
    QVERIFY(sizeOf(u"base.safetensors"_s) >= cost.deltaBaseBytes && sizeOf(u"base.safetensors"_s) < cost.deltaBaseBytes + 300000);
    QVERIFY(sizeOf(u"epoch-0001.safetensors"_s) >= cost.deltaEpochBytes);
    QVERIFY(sizeOf(u"epoch-0001.safetensors"_s) < cost.deltaEpochBytes + 100000);
    // What is counted without measuring comes to the same.
    const double expected = expectedDiskBytes(session().resolvedTrainSpec(), *session().model(), session().trainedSizes());
    QVERIFY2(std::abs(expected / double(cost.diskBytes()) - 1) < 0.02, qPrintable(QString::number(expected)));
  }

  // What the card offers is pressed until the run goes through.
  void aDivergedRunGoesOnAsItIsOffered() {
    const TrainSpec before = session().project().train;
    TrainSpec draft = before;
    draft.optimizer = OptimizerKind::Sgd;
    draft.epochs = 1;  // of one that is through, with values that are finite but of no use, none goes on
    draft.learningRate = 110;
    session().setTrainDraft(draft);
    double told = 0;
    connect(&session(), &Session::jobChanged, this, [this, &told] {
      const auto& progress = session().job().progress;
      if (session().isTraining() && progress) told = std::max(told, progress->peakMib);
    });
    session().startTraining();
    const QString folder = session().run().folder;
    int pressed = 0;
    for (; pressed < 12; ++pressed) {
      finishTraining();
      if (session().run().phase == RunView::Phase::Finished) break;
      QCOMPARE(session().failure(JobKind::Train)->code, ErrorCode::Diverged);
      QVERIFY(!offered().isEmpty());
      offered().first()->click();
      QVERIFY(session().isTraining());
      QCOMPARE(session().run().folder, folder);
    }
    disconnect(&session(), &Session::jobChanged, this, nullptr);
    QCOMPARE(session().run().phase, RunView::Phase::Finished);
    qInfo().noquote() << u"went through after %1 thirds, at %2"_s.arg(pressed).arg(session().run().spec.learningRate);
    QVERIFY(pressed > 0);
    QCOMPARE(readRun(folder.toStdString()).spec.learningRate, session().run().spec.learningRate);
    QFile log(folder + "/log.txt"_L1);
    QVERIFY(log.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(log.readAll());
    QVERIFY2(text.contains(u"training.learning_rate = 37.0 instead of 110.0"_s), qPrintable(text));
    QVERIFY(told > 10);
    session().setTrainDraft(before);
  }

  // Layers are looked at while steps are computed (and recorded, on a GPU); the run makes what it makes undisturbed.
  void layersAreLookedAtWhileItTrains() {
    TrainSpec draft = session().project().train;
    draft.epochs = session().isOnCpu() ? 6 : 60;  // some seconds
    session().setTrainDraft(draft);
    QTRY_VERIFY_WITH_TIMEOUT(session().table() && !session().isBusy(), kLong);  // that of before was kept
    session().startTraining();
    const QString quiet = session().run().folder;
    finishTraining();
    m_window->showPage(u"selection"_s);
    Explorer& explorer = m_window->selectionPage()->explorer();
    QTRY_VERIFY_WITH_TIMEOUT(explorer.structure(), kLong);
    const auto layers = explorer.structure()->layers;
    session().startTraining();
    const QString disturbed = session().run().folder;
    int seen = 0;
    for (std::size_t i = 0; session().isTraining(); i = (i + 1) % layers.size()) {
      explorer.setTensor(QString::fromStdString(layers[i].tensor));
      QTRY_VERIFY_WITH_TIMEOUT((explorer.look() && explorer.look()->tensor == layers[i].tensor) || !session().isTraining(), kLong);
      seen += session().isTraining();
    }
    finishTraining();
    QCOMPARE(session().run().phase, RunView::Phase::Finished);
    qInfo().noquote() << u"layers looked at within the run: %1"_s.arg(seen);
    QVERIFY(seen > 0);
    const Delta a = readDelta(quiet.toStdString()), b = readDelta(disturbed.toStdString());
    QVERIFY(a.offsets == b.offsets);
    QCOMPARE(a.info.epoch, b.info.epoch);
    QVERIFY(a.values == b.values);
    m_window->showPage(u"train"_s);
    draft.epochs = 2;
    session().setTrainDraft(draft);
  }

  // Walk 6.
  void queueTrainsWhatWasNotedDownPastAFailure() {
    RunQueue& queue = page().queue();
    queue.setPaused(true);
    TrainSpec draft = session().project().train;
    draft.epochs = 1;
    const auto enqueue = [&](int k, Level level) {
      SelectionSpec selection = session().project().selection;
      selection.level = level;
      session().setSelection(selection);
      session().setKeptPerRow(k);
      session().setTrainDraft(draft);
      page().addToQueue();
    };
    enqueue(2, Level::Neuron);
    TrainSpec good = draft;
    draft.selectionPath = (m_dir.path() + "/no such selection.safetensors"_L1).toStdString();  // fails on purpose
    enqueue(2, Level::Neuron);
    draft = good;
    draft.seed = 99;
    enqueue(3, Level::Net);
    QCOMPARE(queue.runs().size(), 3);
    QStringList asEnqueued;
    for (const auto& run : queue.runs()) asEnqueued << QString::fromStdString(toToml(run.spec));
    // Edited meanwhile.
    draft.epochs = 50;
    draft.learningRate = 1;
    draft.seed = 1;
    enqueue(40, Level::Layer);
    queue.remove(queue.runs()[3].id);
    queue.setPaused(false);
    QTRY_VERIFY_WITH_TIMEOUT(queue.runs()[0].state == QueueState::Running, kLong);
    session().setTrainDraft(draft);
    QTRY_VERIFY_WITH_TIMEOUT(queue.runs()[2].state == QueueState::Done || queue.runs()[2].state == QueueState::Failed, kLong);
    QCOMPARE(queue.runs()[0].state, QueueState::Done);
    QCOMPARE(queue.runs()[1].state, QueueState::Failed);
    QVERIFY(queue.runs()[1].problem.contains(u"no such selection"_s));
    QCOMPARE(queue.runs()[2].state, QueueState::Done);
    for (int i : {0, 2}) {
      const TrainSpec ran = readRun(queue.runs()[i].spec.runFolder).spec;
      const TrainSpec asked = trainSpecFromToml(asEnqueued[i].toStdString(), "queue");
      QCOMPARE(ran.epochs, 1);
      QCOMPARE(ran.learningRate, asked.learningRate);
      QCOMPARE(ran.seed, asked.seed);
      QCOMPARE(ran.selection.keptPerRow, asked.selection.keptPerRow);
      QCOMPARE(ran.selection.level, asked.selection.level);
      QVERIFY(QFile::exists(QString::fromStdString(queue.runs()[i].spec.runFolder) + "/log.txt"_L1));
    }
    // The third was selected by its own scheme: as many weights as K for each neuron, but not K in each.
    const Delta neuron = readDelta(queue.runs()[0].spec.runFolder), net = readDelta(queue.runs()[2].spec.runFolder);
    QCOMPARE(net.info.selection.level, Level::Net);
    QVERIFY(net.offsets.size() != neuron.offsets.size());
    stopScoring();
  }

  void anyOrderOfButtonsNeverHangs() {
    TrainSpec draft = session().project().train;
    draft.epochs = 3;
    draft.learningRate = 1e-4;
    session().setTrainDraft(draft);
    QRandomGenerator draw(5);
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 20000) {
      switch (draw.bounded(7)) {
        case 0:
          if (!session().isBusy()) page().startOrResume();
          break;
        case 1:
        case 2:
          if (session().isTraining()) page().pauseOrContinue();
          break;
        case 3:
          if (draw.bounded(3) == 0) session().stopJob();
          break;
        case 4:
          if (draw.bounded(6) == 0 && session().isTraining()) page().stopQuestion().discard();
          break;
        default:
          QTest::qWait(draw.bounded(120));
      }
    }
    session().stopJob();
    QTRY_COMPARE_WITH_TIMEOUT(session().job().state, RunState::Idle, kStopMs);
  }
};

QTEST_MAIN(TestTrainWalks)
#include "tst_trainwalks.moc"
