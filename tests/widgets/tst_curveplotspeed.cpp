// A million points: what a pan or a zoom costs from the event to the painted picture, alone and beside a computation.
#include <QElapsedTimer>
#include <QImage>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>

#include "tests/widgets/speedfigures.h"
#include "tests/widgets/widgettest.h"
#include "widgets/curveplot.h"

using namespace gps;
using namespace gps::ui;

namespace {
constexpr int kPoints = 1000000, kMoves = 200;
// The figures wanted, here in processor time of the window's thread: what other programs take of the machine is not ours.
constexpr double kMedianMs = 16 * 1.5, kHighMs = 33 * 1.5;
}  // namespace

class CurvePlotSpeed : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    m_plot = std::make_unique<CurvePlot>();
    m_plot->addSeries(QStringLiteral("training loss"), 0);
    m_plot->addSeries(QStringLiteral("validation loss"), 1, true);
    m_plot->setXLabel(QStringLiteral("step"));
    m_plot->setYLabel(QStringLiteral("loss"));
    m_plot->resize(1920, 1080);
    m_plot->show();
    QElapsedTimer clock;
    clock.start();
    unsigned state = 7;
    m_plot->setSmoothing(0.99);
    for (int i = 0; i < kPoints; ++i) {
      state = state * 1664525u + 1013904223u;
      const double noise = double(state >> 8) / double(1 << 24) - 0.5;
      m_plot->appendPoint(0, i, 0.9 * std::exp(-i / 2e5) + 0.3 + 0.4 * noise);
      if (i % 10000 == 0) m_plot->appendPoint(1, i, 0.9 * std::exp(-i / 1.8e5) + 0.35);
    }
    qInfo("a million points appended one by one, smoothing included: %lld ms", clock.elapsed());
    QVERIFY(clock.elapsed() < 10000);
    QTest::qWait(100);
  }
  void cleanupTestCase() { m_plot.reset(); }

  void panAndZoom_data() {
    QTest::addColumn<bool>("beside");
    QTest::addColumn<double>("smoothing");
    QTest::newRow("alone") << false << 0.99;
    QTest::newRow("alone, raw only") << false << 0.0;
    QTest::newRow("beside a computation") << true << 0.99;
  }
  void panAndZoom() {
    QFETCH(bool, beside);
    QFETCH(double, smoothing);
    m_plot->setSmoothing(smoothing);
    m_plot->showAll();
    m_plot->setView(100000, 900000);
    QTest::qWait(50);
    std::atomic<bool> ends = false;
    std::thread computation;
    if (beside)
      computation = std::thread([&ends] {
        volatile double x = 1;
        while (!ends) x = std::sin(x) + 1;
      });
    QWidget* inner = m_plot->findChild<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
    QImage image(m_plot->size(), QImage::Format_ARGB32_Premultiplied);
    QList<double> ms, computed;
    speed::Yardstick yardstick;
    for (int i = 0; i < kMoves; ++i) {
      QElapsedTimer clock;
      clock.start();
      const double before = speed::threadMs();
      const QPointF at(400 + (i * 37) % 1000, 500);
      if (i % 2 == 0) {
        QWheelEvent wheel(at, inner->mapToGlobal(at), {}, {0, i % 8 < 4 ? 120 : -120}, Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase,
                          false);
        QCoreApplication::sendEvent(inner, &wheel);
      } else {
        const auto send = [&](QEvent::Type type, const QPointF& where) {
          QMouseEvent mouse(type, where, inner->mapToGlobal(where), Qt::LeftButton, Qt::LeftButton, Qt::NoModifier);
          QCoreApplication::sendEvent(inner, &mouse);
        };
        send(QEvent::MouseButtonPress, at);
        send(QEvent::MouseMove, at + QPointF(i % 4 == 1 ? 90 : -90, 0));
        send(QEvent::MouseButtonRelease, at + QPointF(i % 4 == 1 ? 90 : -90, 0));
      }
      QTest::qWait(0);
      m_plot->render(&image);
      ms.append(double(clock.nsecsElapsed()) / 1e6);
      computed.append(speed::threadMs() - before);
      if (i % 4 == 0) yardstick.measure();
    }
    ends = true;
    if (computation.joinable()) computation.join();
    const double slowness = yardstick.slowness();
    const speed::Figures wall = speed::figures(ms), own = speed::figures(computed);
    qInfo(
        "%d pans and zooms over %d points at 1920x1080, handler and paint: median %.1f ms, 95 %% within %.1f ms; of it computing %.1f and "
        "%.1f ms; machine %.2f",
        kMoves, kPoints, wall.median, wall.high, own.median, own.high, slowness);
    QVERIFY(m_plot->isZoomed());
    QVERIFY2(own.median <= kMedianMs * slowness, qPrintable(QString::number(own.median)));
    QVERIFY2(own.high <= kHighMs * slowness, qPrintable(QString::number(own.high)));
  }

 private:
  std::unique_ptr<CurvePlot> m_plot;
};

GPS_WIDGET_TEST_MAIN(CurvePlotSpeed)
#include "tst_curveplotspeed.moc"
