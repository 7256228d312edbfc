// A run that a GPU has no memory for goes on at the press of a button; needs a GPU.
#include <QFile>
#include <QScopeGuard>
#include <algorithm>
#include <cmath>
#ifdef GPS_WITH_CUDA
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAFunctions.h>
#endif

#include "app/pages/train/costpanel.h"
#include "core/tuning/runfolder.h"
#include "tests/app/trainwalkfixture.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestRemediesOnGpu : public TrainWalkFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() {
#ifdef GPS_WITH_CUDA
    if (c10::cuda::device_count() == 0) QSKIP("no CUDA device");
#else
    QSKIP("built without CUDA");
#endif
    openWithPass();
    if (!m_window || QTest::currentTestFailed()) return;
    TrainSpec draft = session().project().train;
    draft.batch = 12;  // so that a step takes more than the weights do
    draft.limit = 24;
    session().setTrainDraft(draft);
    session().measureCost();
    QTRY_VERIFY_WITH_TIMEOUT(page().costPanel()->cost() && !session().isBusy(), kLong);
    QVERIFY(page().costPanel()->cost()->isCuda);
  }
  void cleanupTestCase() { closeWindow(); }

  // What a run is said to need is what it then takes, told while it trains, beside what all weights would take.
  void thePeakIsToldWhileItTrains() {
    const double expected = page().costPanel()->cost()->peakMib;
    double peak = 0, dense = 0;
    const auto told = connect(&session(), &Session::jobChanged, this, [this, &peak, &dense] {
      const auto& progress = session().job().progress;
      if (!session().isTraining() || !progress) return;
      peak = std::max(peak, progress->peakMib);
      dense = std::max(dense, progress->densePeakMib);
    });
    session().startTraining();
    finishTraining();
    disconnect(told);
    QCOMPARE(session().run().phase, RunView::Phase::Finished);
    const double written = session().run().outcome.peakMib;
    qInfo().noquote() << u"MiB: expected %1, told %2, written %3, all weights %4"_s.arg(expected).arg(peak).arg(written).arg(dense);
    QVERIFY(peak > 0 && peak <= written);
    QVERIFY(std::abs(peak / expected - 1) < 0.1);
    QVERIFY(dense > peak);
  }

#ifdef GPS_WITH_CUDA
  // Short of memory in the first step, and for the weights already, where nothing that could be offered helps.
  void outOfMemoryGoesOnInBf16_data() {
    QTest::addColumn<double>("share");
    for (const double share : {0.75, 0.4, 0.1}) QTest::addRow("%.0f %%", 100 * share) << share;
  }
  void outOfMemoryGoesOnInBf16() {
    QFETCH(double, share);
    namespace allocator = c10::cuda::CUDACachingAllocator;
    const TrainCost cost = *page().costPanel()->cost();
    TrainSpec draft = session().project().train;
    draft.epochs = 1;
    draft.device.precision = Precision::Fp32;
    session().setTrainDraft(draft);
    allocator::emptyCache();
    allocator::setMemoryFraction(share * cost.peakMib * 1024 * 1024 / double(cost.deviceMemoryBytes), 0);
    const auto unlimited = qScopeGuard([] { allocator::setMemoryFraction(1, 0); });
    session().startTraining();
    const QString folder = session().run().folder;
    QStringList pressed;
    while (pressed.size() < 6) {
      finishTraining();
      if (session().run().phase == RunView::Phase::Finished) break;
      QVERIFY(session().failure(JobKind::Train));
      QVERIFY2(session().failure(JobKind::Train)->code == ErrorCode::OutOfMemory, qPrintable(session().failure(JobKind::Train)->cause));
      const auto buttons = offered();
      if (buttons.isEmpty()) break;  // nothing is left that takes less
      QPushButton* button = buttons.first();
      for (auto* other : buttons)
        if (other->text().endsWith(u"in bf16"_s)) button = other;
      pressed << button->text();
      button->click();
      QVERIFY(session().isTraining());
      QCOMPARE(session().run().folder, folder);
    }
    qInfo().noquote() << pressed.join(u", "_s) << int(session().run().phase);
    QCOMPARE(pressed.isEmpty(), share < 0.2);
    const bool isThrough = session().run().phase == RunView::Phase::Finished;
    QCOMPARE(isThrough, share > 0.2);
    if (!isThrough) return;
    const auto is = [](const QString& text) { return text.endsWith(u"in bf16"_s); };
    QCOMPARE(std::count_if(pressed.begin(), pressed.end(), is), 1);
    QCOMPARE(readRun(folder.toStdString()).spec.device.precision, Precision::Bf16);
    QFile log(folder + "/log.txt"_L1);
    QVERIFY(log.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(log.readAll());
    QVERIFY2(text.contains(u"device.precision = 'bf16' instead of 'fp32'"_s), qPrintable(text));
  }
#endif
};

QTEST_MAIN(TestRemediesOnGpu)
#include "tst_remediesongpu.moc"
