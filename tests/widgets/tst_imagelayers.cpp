// What the viewer draws: contours, fills, errors and changes, hatches, tiles that are kept, copies of large maps.
#include <cmath>
#include <functional>

#include "tests/widgets/viewersamples.h"
#include "tests/widgets/widgettest.h"
#include "widgets/contours.h"

using namespace gps;
using namespace gps::ui;
using test::greyPicture;
using test::kViewedHeight;
using test::kViewedWidth;
using test::kWash;
using test::near;
using test::prepare;

namespace {

double area(const QPolygonF& p) {
  double sum = 0;
  for (int i = 0; i + 1 < p.size(); ++i) sum += p[i].x() * p[i + 1].y() - p[i + 1].x() * p[i].y();
  return sum / 2;
}

}  // namespace

class ImageLayersTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void contoursAreClosedAndKeepAreas() {
    const auto disc = test::ellipse(kViewedWidth, kViewedHeight, 0.5, 0.5, 0.3, 0.3, 0.4);
    const auto lines = contoursOf(*disc, 0.5);
    QCOMPARE(lines.size(), 2);
    for (const QPolygonF& line : lines) QCOMPARE(line.first(), line.last());
    // Outer and hole run in opposite directions; their sum is the area of the mask.
    double sum = 0;
    for (const QPolygonF& line : lines) sum += area(line);
    QVERIFY(area(lines[0]) * area(lines[1]) < 0);
    double pixels = 0;
    for (const float p : disc->values) pixels += p > 0.5f;
    QVERIFY2(std::abs(std::abs(sum) / pixels - 1) < 0.01, qPrintable(QString::number(std::abs(sum) / pixels)));
  }

  void contoursAtBorderSaddleAndSinglePixel() {
    MaskImage all{4, 3, std::vector<std::uint8_t>(12, 255)};
    auto lines = contoursOf(all);
    QCOMPARE(lines.size(), 1);
    QCOMPARE(lines[0].boundingRect(), QRectF(0, 0, 4, 3));
    MaskImage dot{3, 3, {0, 0, 0, 0, 255, 0, 0, 0, 0}};
    lines = contoursOf(dot);
    QCOMPARE(lines.size(), 1);
    QCOMPARE(lines[0].boundingRect(), QRectF(1, 1, 1, 1));
    MaskImage corners{2, 2, {255, 0, 0, 255}};
    for (const QPolygonF& line : contoursOf(corners)) QCOMPARE(line.first(), line.last());
    QVERIFY(contoursOf(MaskImage{3, 3, std::vector<std::uint8_t>(9, 0)}).isEmpty());
    QVERIFY(contoursOf(MaskImage{}).isEmpty());
    QVERIFY(contoursOf(ProbabilityMap{}, 0.5).isEmpty());
  }

  void fillLeavesTheHoleFree() {
    ImageViewer viewer;
    prepare(viewer);
    const QImage out = viewer.composed();
    QCOMPARE(out.size(), QSize(kViewedWidth, kViewedHeight));
    QCOMPARE(out.pixelColor(100, 80), QColor(100, 100, 100));  // in the hole
    QVERIFY(near(out.pixelColor(100 + 40, 80), kWash));        // in the ring
    QCOMPARE(out.pixelColor(5, 5), QColor(100, 100, 100));
    // On the outline the line lies inside its halo.
    QVERIFY(near(out.pixelColor(160, 80), QColor(0x00E5F5), 40) || near(out.pixelColor(159, 80), QColor(0x00E5F5), 40));
  }

  void contourOnlyAndThreshold() {
    ImageViewer viewer;
    prepare(viewer);
    OverlayStyle style;
    style.fill = false;
    viewer.setOverlayStyle(style);
    QCOMPARE(viewer.composed().pixelColor(140, 80), QColor(100, 100, 100));
    style.fill = true, style.contour = false, style.threshold = 0.999;
    viewer.setOverlayStyle(style);
    QCOMPARE(viewer.composed(), [] {
      QImage plain(kViewedWidth, kViewedHeight, QImage::Format_RGB32);
      plain.fill(QColor(100, 100, 100));
      return plain;
    }());
  }

  void truthIsDashedWhite() {
    ImageViewer viewer;
    viewer.setImage(greyPicture());
    viewer.setTruth(test::maskOf(*test::ellipse(kViewedWidth, kViewedHeight, 0.5, 0.5, 0.3, 0.3)));
    const QImage out = viewer.composed();
    int white = 0, dark = 0;
    for (int y = 0; y < kViewedHeight; ++y)
      for (int x = 0; x < kViewedWidth; ++x) white += out.pixelColor(x, y).lightness() > 200, dark += out.pixelColor(x, y).lightness() < 80;
    QVERIFY(white > 60);
    QVERIFY(dark > 60);  // the gaps between the dashes show the dark line under them
    OverlayStyle style;
    style.truth = false;
    viewer.setOverlayStyle(style);
    QCOMPARE(viewer.composed().pixelColor(100, 32), QColor(100, 100, 100));
  }

  void errorsHaveThreeColours() {
    ImageViewer viewer;
    prepare(viewer);
    viewer.setPrediction(test::ellipse(kViewedWidth, kViewedHeight, 0.6, 0.5, 0.2, 0.3));
    viewer.setTruth(test::maskOf(*test::ellipse(kViewedWidth, kViewedHeight, 0.4, 0.5, 0.2, 0.3)));
    viewer.setMode(ImageViewer::Mode::Errors);
    const QImage out = viewer.composed();
    const QColor missed = out.pixelColor(55, 80), hit = out.pixelColor(100, 80), extra = out.pixelColor(145, 80);
    QVERIFY(missed.red() > 150 && missed.green() > 150 && missed.blue() < 80);  // yellow
    QVERIFY(extra.red() > 150 && extra.blue() > 130 && extra.green() < 110);    // magenta
    QVERIFY(hit.blue() > hit.red() + 30 && hit.green() > hit.red() + 30);       // cyan
  }

  void changesAreBlueAndOrangeOverGrey() {
    ImageViewer viewer;
    viewer.setImage(test::tissue(kViewedWidth, kViewedHeight));
    viewer.setPrediction(test::ellipse(kViewedWidth, kViewedHeight, 0.65, 0.5, 0.15, 0.3), QStringLiteral("after"));
    viewer.setBefore(test::ellipse(kViewedWidth, kViewedHeight, 0.35, 0.5, 0.15, 0.3), QStringLiteral("before"));
    viewer.setMode(ImageViewer::Mode::Change);
    const QImage out = viewer.composed();
    const QColor lost = out.pixelColor(70, 80), won = out.pixelColor(130, 80), same = out.pixelColor(5, 5);
    QVERIFY(lost.blue() > lost.red() + 60);
    QVERIFY(won.red() > won.blue() + 60);
    QVERIFY(std::abs(same.red() - same.blue()) <= 2 && std::abs(same.red() - same.green()) <= 2);
    // A smaller change is fainter.
    auto half = std::make_shared<ProbabilityMap>(*test::ellipse(kViewedWidth, kViewedHeight, 0.65, 0.5, 0.15, 0.3));
    for (float& p : half->values) p *= 0.3F;
    viewer.setPrediction(half, QStringLiteral("after"));
    const QColor little = viewer.composed().pixelColor(130, 80);
    QVERIFY(little.red() - little.blue() > 5 && little.red() - little.blue() < won.red() - won.blue() - 40);
  }

  void hatchesAndTheBoundaryBand() {
    ImageViewer viewer;
    prepare(viewer);
    viewer.setPrediction(test::ellipse(kViewedWidth, kViewedHeight, 0.6, 0.5, 0.25, 0.3));
    viewer.setTruth(test::maskOf(*test::ellipse(kViewedWidth, kViewedHeight, 0.35, 0.5, 0.2, 0.3)));
    viewer.setMode(ImageViewer::Mode::Errors);
    OverlayStyle style;
    style.hatch = true;
    viewer.setOverlayStyle(style);
    const QImage hatched = viewer.composed();
    const auto differentAlong = [&hatched](const QPoint& from, const QPoint& by) {
      QSet<QRgb> colours;
      for (int i = 0; i < 8; ++i) colours.insert(hatched.pixel(from + by * i));
      return colours.size();
    };
    // Each its own way: along a stripe nothing changes, across it does.
    QCOMPARE(differentAlong({150, 80}, {1, -1}), 1);  // too much
    QCOMPARE(differentAlong({150, 80}, {1, 0}), 2);
    QCOMPARE(differentAlong({42, 76}, {1, 1}), 1);  // missed
    QCOMPARE(differentAlong({42, 76}, {1, 0}), 2);
    style.hatch = false, style.bandWidth = 8;
    viewer.setOverlayStyle(style);
    const QImage banded = viewer.composed();
    style.bandWidth = 0;
    viewer.setOverlayStyle(style);
    const QImage plain = viewer.composed();
    // The truth ends at x = 110: an error three pixels beside it is fainter, one thirty pixels away is not.
    const auto tint = [](QColor c) { return c.red() - c.green(); };
    QCOMPARE(banded.pixelColor(150, 80), plain.pixelColor(150, 80));
    QVERIFY(tint(banded.pixelColor(114, 80)) < tint(plain.pixelColor(114, 80)) - 20);
    QVERIFY(banded.pixelColor(117, 80) != plain.pixelColor(117, 80));  // the edge of the band
  }

  // What is kept from step to step looks like what is made anew.
  void keptTilesEqualFreshOnes() {
    const auto image = test::tissue(1500, 1100);
    const auto after = test::ellipse(1500, 1100, 0.5, 0.5, 0.3, 0.3, 0.4), before = test::ellipse(1500, 1100, 0.45, 0.5, 0.2, 0.3);
    const auto truth = test::maskOf(*test::ellipse(1500, 1100, 0.52, 0.48, 0.28, 0.3));
    const auto prepareLarge = [&](ImageViewer& viewer) {
      viewer.resize(700, 500);
      viewer.setImage(image);
      viewer.setPrediction(after, QStringLiteral("after"));
      viewer.setBefore(before, QStringLiteral("before"));
      viewer.setTruth(truth);
      viewer.show();
    };
    ImageViewer viewer;
    prepareLarge(viewer);
    const QList<std::function<void()>> steps{[&] { viewer.perform(ViewerCommand::HigherThreshold); },
                                             [&] { viewer.zoomTo(1.3); },
                                             [&] { viewer.perform(ViewerCommand::LowerThresholdFinely); },
                                             [&] { viewer.perform(ViewerCommand::LowerThreshold); },
                                             [&] {
                                               viewer.setView({QPointF(500.5, 600.5), viewer.zoom(), false});
                                             },
                                             [&] { viewer.perform(ViewerCommand::MoreOpacity); },
                                             [&] { viewer.perform(ViewerCommand::HigherThreshold); },
                                             [&] { viewer.setMode(ImageViewer::Mode::Errors); },
                                             [&] { viewer.perform(ViewerCommand::HigherThreshold); },
                                             [&] { viewer.setMode(ImageViewer::Mode::Change); },
                                             [&] { viewer.perform(ViewerCommand::LowerThreshold); },
                                             [&] { viewer.setMode(ImageViewer::Mode::Wipe); },
                                             [&] { viewer.perform(ViewerCommand::ContourOnly); },
                                             [&] { viewer.setLevels(0.1, 1.3); },
                                             [&] { viewer.fit(); },
                                             [&] { viewer.perform(ViewerCommand::LowerThreshold); }};
    for (qsizetype i = 0; i < steps.size(); ++i) {
      steps[i]();
      viewer.grab();
      QTest::qWait(1);
      ImageViewer fresh;
      prepareLarge(fresh);
      fresh.setOverlayStyle(viewer.overlayStyle());
      fresh.setLevels(viewer.brightness(), viewer.contrast());
      fresh.setMode(viewer.mode());
      fresh.setView(viewer.view());
      QVERIFY2(viewer.grab().toImage() == fresh.grab().toImage(), qPrintable(QString::number(i)));
    }
  }

  void aLargeZoomIsCoarseFirstAndSharpSoon() {
    ImageViewer viewer;
    viewer.resize(1920, 1080);
    viewer.setImage(test::tissue(3840, 2160));
    viewer.setPrediction(test::ellipse(3840, 2160, 0.5, 0.5, 0.3, 0.3, 0.4));
    viewer.show();
    QTRY_VERIFY(viewer.isSharp());
    viewer.zoomTo(viewer.zoom() * 1.7);
    const QImage coarse = viewer.grab().toImage();
    QVERIFY(!viewer.isSharp());
    QTRY_VERIFY(viewer.isSharp());
    const QImage sharp = viewer.grab().toImage();
    // The same picture, but for the sharpness.
    qint64 apart = 0, looked = 0;
    for (int y = 20; y < sharp.height() - 20; y += 7)
      for (int x = 20; x < sharp.width() - 20; x += 7, ++looked) {
        const QColor a = coarse.pixelColor(x, y), b = sharp.pixelColor(x, y);
        apart += std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue()) > 90;
      }
    QVERIFY2(apart * 50 < looked, qPrintable(QString::number(double(apart) / double(looked))));
    QVERIFY(coarse != sharp);
  }

  void outlinesOfSmallerCopiesCoverTheSameArea() {
    const auto map = test::ellipse(1500, 1100, 0.5, 0.5, 0.3, 0.3, 0.4);
    const auto pyramid = MapPyramid::of(map);
    QVERIFY(pyramid->levelCount() >= 3);
    const auto areaOf = [](const QList<QPolygonF>& lines) {
      double sum = 0;
      for (const QPolygonF& line : lines) sum += area(line);
      return std::abs(sum);
    };
    const double whole = areaOf(contoursOf(*map, 0.5));
    for (int level = 0; level < 3; ++level) {
      const auto lines = contoursOf(pyramid->level(level), level, 0.5);
      QCOMPARE(lines.size(), 2);
      QVERIFY(std::abs(areaOf(lines) / whole - 1) < 0.01);
    }
    for (int y = 0; y < 4; ++y)
      for (int x = 0; x < 4; ++x) {
        const auto range = pyramid->level(1).rangeOf(x * 100, y * 80, x * 100 + 30, y * 80 + 30);
        for (int v = y * 80; v <= y * 80 + 30; ++v)
          for (int u = x * 100; u <= x * 100 + 30; ++u) {
            const float p = pyramid->level(1).row(v)[u];
            QVERIFY(p >= range.least && p <= range.most);
          }
      }
  }

  void mapsOfAnotherSizeAndBrokenPicturesAreNotDrawn() {
    ImageViewer viewer;
    prepare(viewer);
    viewer.setPrediction(test::ellipse(50, 50, 0.5, 0.5, 0.3, 0.3));
    QCOMPARE(viewer.composed().pixelColor(100, 80), QColor(100, 100, 100));
    QVERIFY(!viewer.grab().isNull());
    auto broken = std::make_shared<RgbImage>();
    broken->width = 100, broken->height = 100, broken->pixels.resize(7);
    viewer.setImage(broken);
    QVERIFY(viewer.composed().isNull());
    QVERIFY(!viewer.grab().isNull());
    viewer.setImage(nullptr);
    QVERIFY(!viewer.grab().isNull());
  }
};

GPS_WIDGET_TEST_MAIN(ImageLayersTest)
#include "tst_imagelayers.moc"
