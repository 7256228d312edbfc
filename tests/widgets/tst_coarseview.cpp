// The coarse view that stands in while tiles are missing shows the same things in the same places as the sharp one.
#include <QMouseEvent>
#include <algorithm>
#include <cmath>

#include "tests/widgets/samples.h"
#include "tests/widgets/widgettest.h"
#include "widgets/imageviewer.h"

using namespace gps;
using namespace gps::ui;

namespace {

constexpr int kWidth = 3840, kHeight = 2160;

// A disc with a soft border.
std::shared_ptr<const ProbabilityMap> disc() {
  auto map = std::make_shared<ProbabilityMap>();
  map->width = kWidth, map->height = kHeight;
  map->values.resize(size_t(kWidth) * kHeight);
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x)
      map->values[size_t(y) * kWidth + size_t(x)] = float(std::clamp(0.5 - (std::hypot(x - 1700, y - 1200) - 600) / 80, 0.0, 1.0));
  return map;
}

// The largest difference between two pictures once both are averaged over squares of `side` pixels.
double blockDifference(const QImage& a, const QImage& b, int side) {
  const QSize small(a.width() / side, a.height() / side);
  const auto averaged = [&](const QImage& image) { return image.scaled(small, Qt::IgnoreAspectRatio, Qt::SmoothTransformation); };
  const QImage x = averaged(a), y = averaged(b);
  double most = 0;
  for (int row = 0; row < small.height(); ++row)
    for (int column = 0; column < small.width(); ++column) {
      const QColor p = x.pixelColor(column, row), q = y.pixelColor(column, row);
      most = std::max(
          {most, double(std::abs(p.red() - q.red())), double(std::abs(p.green() - q.green())), double(std::abs(p.blue() - q.blue()))});
    }
  return most;
}

}  // namespace

class CoarseView : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void standsInForTheSharpOne_data() {
    QTest::addColumn<double>("zoom");
    QTest::addColumn<QPoint>("pan");
    QTest::newRow("fitting") << 1.05 << QPoint();
    QTest::newRow("near") << 2.3 << QPoint(-160, 90);
    QTest::newRow("beyond the picture's edge") << 1.4 << QPoint(900, 700);
    QTest::newRow("enlarged pixels") << 9.0 << QPoint(-333, 77);
  }
  void standsInForTheSharpOne() {
    QFETCH(double, zoom);
    QFETCH(QPoint, pan);
    ImageViewer viewer;
    viewer.resize(1920, 1080);
    viewer.show();
    static const auto picture = PicturePyramid::of(test::tissue(kWidth, kHeight));
    static const auto map = MapPyramid::of(disc());
    viewer.setPicture(picture);
    viewer.setPrediction(map, QStringLiteral("after"));
    viewer.fit();
    QTRY_VERIFY(viewer.isSharp());
    const auto drag = [&](QEvent::Type type, const QPointF& at) {
      QMouseEvent event(type, at, viewer.mapToGlobal(at), Qt::LeftButton, Qt::LeftButton, Qt::NoModifier);
      QCoreApplication::sendEvent(&viewer, &event);
    };
    drag(QEvent::MouseButtonPress, QPointF(960, 540));
    drag(QEvent::MouseMove, QPointF(960, 540) + pan);
    drag(QEvent::MouseButtonRelease, QPointF(960, 540) + pan);
    viewer.zoomTo(viewer.zoom() * zoom);
    const QImage coarse = viewer.grab().toImage();
    QVERIFY(!viewer.isSharp());
    QTRY_VERIFY(viewer.isSharp());
    const QImage sharp = viewer.grab().toImage();
    QCOMPARE(coarse.size(), sharp.size());
    QVERIFY(coarse != sharp);
    const double difference = blockDifference(coarse, sharp, qRound(40 * viewer.devicePixelRatioF()));
    QVERIFY2(difference < 16, qPrintable(QString::number(difference)));
  }
};

GPS_WIDGET_TEST_MAIN(CoarseView)
#include "tst_coarseview.moc"
