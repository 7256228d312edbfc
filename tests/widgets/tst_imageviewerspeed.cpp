// A 4K picture in a full HD view: what a step of threshold, opacity, zoom or pan costs from the event to the painted window.
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "tests/widgets/samples.h"
#include "tests/widgets/speedfigures.h"
#include "tests/widgets/widgettest.h"
#include "widgets/imageviewer.h"

using namespace gps;
using namespace gps::ui;

namespace {

constexpr int kWidth = 3840, kHeight = 2160, kSteps = 120;
// The figures wanted, in processor time of the window's thread: what other programs take of the machine is not ours.
// Half as much again is room for a machine whose memory others use as well; a slower machine gets its share more.
constexpr double kMedianMs = 16 * 1.5, kHighMs = 33 * 1.5;

// A lobed polyp of a fifth of the picture with a soft border, two holes and a few islands around it.
std::shared_ptr<const ProbabilityMap> polyp(double shift) {
  auto map = std::make_shared<ProbabilityMap>();
  map->width = kWidth, map->height = kHeight;
  map->values.resize(size_t(kWidth) * kHeight);
  const auto soft = [](double distance) { return 1 / (1 + std::exp(distance)); };
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x) {
      const double dx = x - kWidth * (0.5 + shift), dy = y - kHeight * 0.5, r = std::hypot(dx, dy), angle = std::atan2(dy, dx);
      const double edge = 700 + 60 * std::sin(5 * angle) + 25 * std::sin(17 * angle + 1) + 8 * std::sin(61 * angle);
      double p = soft((r - edge) / 24);
      p *= 1 - soft((std::hypot(dx + 250, dy - 120) - 90) / 10);
      p *= 1 - soft((std::hypot(dx - 300, dy + 60) - 40) / 8);
      for (int i = 0; i < 5; ++i) p = std::max(p, 0.8 * soft((std::hypot(dx - 900 + 90 * i, dy + 500 - 210 * i) - 22) / 6));
      map->values[size_t(y) * kWidth + size_t(x)] = float(p);
    }
  return map;
}

}  // namespace

class ImageViewerSpeed : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    m_viewer = std::make_unique<ImageViewer>();
    m_viewer->resize(1920, 1080);
    const auto image = test::tissue(kWidth, kHeight);
    const auto after = polyp(0), before = polyp(-0.06);
    const auto truth = test::maskOf(*polyp(0.03));
    m_viewer->show();
    QElapsedTimer clock;
    clock.start();
    const auto picture = PicturePyramid::of(image);
    const auto map = MapPyramid::of(after);
    qInfo("halved copies of a picture of 3840x2160 and its map, on any thread: %lld ms", clock.elapsed());
    m_viewer->setPicture(picture);
    m_viewer->setPrediction(map, QStringLiteral("after"));
    m_viewer->setBefore(before, QStringLiteral("before"));
    m_viewer->setTruth(truth);
    QTest::qWait(100);
  }
  void cleanupTestCase() { m_viewer.reset(); }

  void steps_data() {
    QTest::addColumn<QString>("what");
    QTest::addColumn<double>("zoom");  // of the fitting one
    for (const char* what : {"threshold", "opacity", "zoom", "pan", "levels"})
      for (const double zoom : {1.0, 1.6, 4.0})
        QTest::newRow(qPrintable(QStringLiteral("%1, zoom %2").arg(QLatin1StringView(what)).arg(zoom)))
            << QString::fromLatin1(what) << zoom;
    for (const char* what : {"errors", "change", "wipe"}) QTest::newRow(what) << QString::fromLatin1(what) << 1.0;
  }
  void steps() {
    QFETCH(QString, what);
    QFETCH(double, zoom);
    m_viewer->setMode(what == QStringLiteral("errors")   ? ImageViewer::Mode::Errors
                      : what == QStringLiteral("change") ? ImageViewer::Mode::Change
                      : what == QStringLiteral("wipe")   ? ImageViewer::Mode::Wipe
                                                         : ImageViewer::Mode::Overlay);
    m_viewer->setOverlayStyle({});
    m_viewer->setLevels(0, 1);
    m_viewer->fit();
    if (zoom > 1) m_viewer->zoomTo(m_viewer->zoom() * zoom);
    QTRY_VERIFY(m_viewer->isSharp());
    QTest::qWait(100);
    QTRY_VERIFY(m_viewer->isSharp());
    QList<double> wall, own;
    speed::Yardstick yardstick;
    for (int i = 0; i < kSteps; ++i) {
      QElapsedTimer clock;
      clock.start();
      const double before = speed::threadMs();
      step(what, i);
      // The window paints what has changed, into memory on this platform.
      QCoreApplication::sendPostedEvents(m_viewer->window());
      QTest::qWait(0);
      wall.append(double(clock.nsecsElapsed()) / 1e6);
      own.append(speed::threadMs() - before);
      if (i % 4 == 0) yardstick.measure();
    }
    const double slowness = yardstick.slowness();
    const speed::Figures w = speed::figures(wall), o = speed::figures(own);
    qInfo("%s at zoom %.1f, scale %.0f: wall median %.1f, 95 %% within %.1f ms; computing %.1f and %.1f ms; machine %.2f", qPrintable(what),
          zoom, m_viewer->devicePixelRatioF(), w.median, w.high, o.median, o.high, slowness);
    QTRY_VERIFY(m_viewer->isSharp());
    QVERIFY2(o.median <= kMedianMs * slowness, qPrintable(QString::number(o.median)));
    QVERIFY2(o.high <= kHighMs * slowness, qPrintable(QString::number(o.high)));
  }

 private:
  void step(const QString& what, int i) {
    const QPointF at(960 + (i * 37) % 200, 540);
    OverlayStyle style = m_viewer->overlayStyle();
    const auto mouse = [&](QEvent::Type type, const QPointF& where, Qt::MouseButton button) {
      QMouseEvent event(type, where, m_viewer->mapToGlobal(where), button, button, Qt::NoModifier);
      QCoreApplication::sendEvent(m_viewer.get(), &event);
    };
    if (what == QStringLiteral("opacity")) {
      style.opacity = 0.2 + 0.01 * (i % 50);
      m_viewer->setOverlayStyle(style);
    } else if (what == QStringLiteral("zoom")) {
      QWheelEvent wheel(at, m_viewer->mapToGlobal(at), {}, {0, i % 8 < 4 ? 120 : -120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                        false);
      QCoreApplication::sendEvent(m_viewer.get(), &wheel);
    } else if (what == QStringLiteral("pan") || what == QStringLiteral("levels")) {
      const Qt::MouseButton button = what == QStringLiteral("pan") ? Qt::LeftButton : Qt::RightButton;
      const QPointF by(i % 10 < 5 ? 23 : -23, i % 6 < 3 ? 11 : -11);
      mouse(QEvent::MouseButtonPress, at, button);
      mouse(QEvent::MouseMove, at + by, button);
      mouse(QEvent::MouseButtonRelease, at + by, button);
    } else if (what == QStringLiteral("wipe")) {
      m_viewer->setDivider(0.2 + 0.01 * (i % 60));
    } else {
      style.threshold = 0.25 + 0.01 * (i % 50);
      m_viewer->setOverlayStyle(style);
    }
  }

  std::unique_ptr<ImageViewer> m_viewer;
};

GPS_WIDGET_TEST_MAIN(ImageViewerSpeed)
#include "tst_imageviewerspeed.moc"
