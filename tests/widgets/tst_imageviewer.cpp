#include <QSignalSpy>
#include <QWheelEvent>
#include <cmath>
#include <functional>

#include "tests/widgets/samples.h"
#include "tests/widgets/widgettest.h"
#include "widgets/contours.h"
#include "widgets/imageviewer.h"

using namespace gps;
using namespace gps::ui;

namespace {

constexpr int kWidth = 200, kHeight = 160;

std::shared_ptr<const RgbImage> grey(int width = kWidth, int height = kHeight) {
  auto image = std::make_shared<RgbImage>();
  image->width = width, image->height = height;
  image->pixels.assign(size_t(width) * size_t(height) * 3, 100);
  return image;
}

double area(const QPolygonF& p) {
  double sum = 0;
  for (int i = 0; i + 1 < p.size(); ++i) sum += p[i].x() * p[i + 1].y() - p[i + 1].x() * p[i].y();
  return sum / 2;
}

bool near(QColor a, QColor b, int tolerance = 6) {
  return std::abs(a.red() - b.red()) <= tolerance && std::abs(a.green() - b.green()) <= tolerance &&
         std::abs(a.blue() - b.blue()) <= tolerance;
}

// 30 % of cyan over grey 100.
const QColor kWash(70, 139, 144);

void prepare(ImageViewer& viewer) {
  viewer.setImage(grey());
  viewer.setPrediction(test::ellipse(kWidth, kHeight, 0.5, 0.5, 0.3, 0.3, 0.4), QStringLiteral("after"));
  viewer.resize(400, 320);
  viewer.show();
}

}  // namespace

class ImageViewerTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void contoursAreClosedAndKeepAreas() {
    const auto disc = test::ellipse(kWidth, kHeight, 0.5, 0.5, 0.3, 0.3, 0.4);
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
    QCOMPARE(out.size(), QSize(kWidth, kHeight));
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
      QImage plain(kWidth, kHeight, QImage::Format_RGB32);
      plain.fill(QColor(100, 100, 100));
      return plain;
    }());
  }

  void truthIsDashedWhite() {
    ImageViewer viewer;
    viewer.setImage(grey());
    viewer.setTruth(test::maskOf(*test::ellipse(kWidth, kHeight, 0.5, 0.5, 0.3, 0.3)));
    const QImage out = viewer.composed();
    int white = 0, dark = 0;
    for (int y = 0; y < kHeight; ++y)
      for (int x = 0; x < kWidth; ++x) white += out.pixelColor(x, y).lightness() > 200, dark += out.pixelColor(x, y).lightness() < 80;
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
    viewer.setPrediction(test::ellipse(kWidth, kHeight, 0.6, 0.5, 0.2, 0.3));
    viewer.setTruth(test::maskOf(*test::ellipse(kWidth, kHeight, 0.4, 0.5, 0.2, 0.3)));
    viewer.setMode(ImageViewer::Mode::Errors);
    const QImage out = viewer.composed();
    const QColor missed = out.pixelColor(55, 80), hit = out.pixelColor(100, 80), extra = out.pixelColor(145, 80);
    QVERIFY(missed.red() > 150 && missed.green() > 150 && missed.blue() < 80);  // yellow
    QVERIFY(extra.red() > 150 && extra.blue() > 130 && extra.green() < 110);    // magenta
    QVERIFY(hit.blue() > hit.red() + 30 && hit.green() > hit.red() + 30);       // cyan
  }

  void changesAreBlueAndOrangeOverGrey() {
    ImageViewer viewer;
    viewer.setImage(test::tissue(kWidth, kHeight));
    viewer.setPrediction(test::ellipse(kWidth, kHeight, 0.65, 0.5, 0.15, 0.3), QStringLiteral("after"));
    viewer.setBefore(test::ellipse(kWidth, kHeight, 0.35, 0.5, 0.15, 0.3), QStringLiteral("before"));
    viewer.setMode(ImageViewer::Mode::Change);
    const QImage out = viewer.composed();
    const QColor lost = out.pixelColor(70, 80), won = out.pixelColor(130, 80), same = out.pixelColor(5, 5);
    QVERIFY(lost.blue() > lost.red() + 60);
    QVERIFY(won.red() > won.blue() + 60);
    QVERIFY(std::abs(same.red() - same.blue()) <= 2 && std::abs(same.red() - same.green()) <= 2);
    // A smaller change is fainter.
    auto half = std::make_shared<ProbabilityMap>(*test::ellipse(kWidth, kHeight, 0.65, 0.5, 0.15, 0.3));
    for (float& p : half->values) p *= 0.3F;
    viewer.setPrediction(half, QStringLiteral("after"));
    const QColor little = viewer.composed().pixelColor(130, 80);
    QVERIFY(little.red() - little.blue() > 5 && little.red() - little.blue() < won.red() - won.blue() - 40);
  }

  void hatchesAndTheBoundaryBand() {
    ImageViewer viewer;
    prepare(viewer);
    viewer.setPrediction(test::ellipse(kWidth, kHeight, 0.6, 0.5, 0.25, 0.3));
    viewer.setTruth(test::maskOf(*test::ellipse(kWidth, kHeight, 0.35, 0.5, 0.2, 0.3)));
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

  void wheelZoomsAtThePointer() {
    ImageViewer viewer;
    prepare(viewer);
    QVERIFY(viewer.isFitted());
    QCOMPARE(viewer.zoom(), 2.0);
    const QPointF at(300, 100), under = viewer.imageAt(at);
    QWheelEvent wheel(at, viewer.mapToGlobal(at), {}, QPoint(0, 480), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&viewer, &wheel);
    QVERIFY(viewer.zoom() > 3);
    QVERIFY(QLineF(viewer.imageAt(at), under).length() < 1e-6);
    QCOMPARE(viewer.widgetAt(viewer.imageAt(at)), at);
    QTest::keyClick(&viewer, Qt::Key_F);
    QCOMPARE(viewer.zoom(), 2.0);
    QTest::keyClick(&viewer, Qt::Key_1);
    QCOMPARE(viewer.zoom(), 1 / viewer.devicePixelRatioF());
    QTest::keyClick(&viewer, Qt::Key_F);
    viewer.resize(800, 640);
    QCOMPARE(viewer.zoom(), 4.0);
  }

  void panNeverLeavesAGap() {
    ImageViewer viewer;
    prepare(viewer);
    viewer.zoomTo(8);
    for (const QPoint to : {QPoint(390, 310), QPoint(5, 5), QPoint(390, 310)}) {
      QTest::mousePress(&viewer, Qt::LeftButton, {}, QPoint(200, 160));
      QTest::mouseMove(&viewer, to);
      QTest::mouseRelease(&viewer, Qt::LeftButton, {}, to);
    }
    for (int i = 0; i < 30; ++i) {
      QTest::mousePress(&viewer, Qt::LeftButton, {}, QPoint(10, 10));
      QTest::mouseMove(&viewer, QPoint(390, 310));
      QTest::mouseRelease(&viewer, Qt::LeftButton, {}, QPoint(390, 310));
    }
    QCOMPARE(viewer.widgetAt({0, 0}), QPointF(0, 0));
  }

  void zoomAndPanSurviveTheNextCaseOfTheSameSize() {
    ImageViewer viewer;
    prepare(viewer);
    viewer.zoomTo(5);
    const QPointF before = viewer.imageAt({0, 0});
    viewer.setImage(grey());
    QCOMPARE(viewer.zoom(), 5.0);
    QCOMPARE(viewer.imageAt({0, 0}), before);
    viewer.setImage(grey(100, 100));
    QVERIFY(viewer.isFitted());
  }

  void spaceHidesWhileHeld() {
    ImageViewer viewer;
    prepare(viewer);
    const QPoint ring = viewer.widgetAt({140.5, 80.5}).toPoint();
    const auto shown = [&viewer, ring] {
      const QImage image = viewer.grab().toImage();
      return image.pixelColor(ring * image.devicePixelRatio());
    };
    QVERIFY(near(shown(), kWash));
    QTest::keyPress(&viewer, Qt::Key_Space);
    QVERIFY(viewer.isOverlayHidden());
    QVERIFY(near(shown(), QColor(100, 100, 100)));
    QTest::keyRelease(&viewer, Qt::Key_Space);
    QVERIFY(near(shown(), kWash));
    QTest::keyPress(&viewer, Qt::Key_Space);
    QFocusEvent lost(QEvent::FocusOut);
    QApplication::sendEvent(&viewer, &lost);
    QVERIFY(!viewer.isOverlayHidden());
  }

  void wipeShowsBeforeAtTheLeft() {
    ImageViewer viewer;
    prepare(viewer);
    viewer.setPrediction(test::ellipse(kWidth, kHeight, 0.5, 0.5, 0.45, 0.45), QStringLiteral("after"));
    viewer.setBefore(test::ellipse(kWidth, kHeight, 0.5, 0.5, 0.01, 0.01), QStringLiteral("before"));
    viewer.setMode(ImageViewer::Mode::Wipe);
    const auto at = [&viewer](double x, double y) {
      const QImage image = viewer.grab().toImage();
      return image.pixelColor(viewer.widgetAt({x, y}).toPoint() * image.devicePixelRatio());
    };
    QVERIFY(near(at(50, 80), QColor(100, 100, 100)));
    QVERIFY(near(at(150, 100), kWash));
    // The handle is dragged to the left quarter.
    QTest::mousePress(&viewer, Qt::LeftButton, {}, QPoint(200, 100));
    QTest::mouseMove(&viewer, QPoint(60, 100));
    QTest::mouseRelease(&viewer, Qt::LeftButton, {}, QPoint(60, 100));
    QVERIFY(std::abs(viewer.divider() - 0.15) < 0.01);
    QVERIFY(near(at(60, 100), kWash));
    QTest::keyClick(&viewer, Qt::Key_Right, Qt::ControlModifier);
    QVERIFY(std::abs(viewer.divider() - 0.17) < 0.01);
  }

  void keysAskAndChange() {
    ImageViewer viewer;
    prepare(viewer);
    QSignalSpy next(&viewer, &ImageViewer::nextRequested), previous(&viewer, &ImageViewer::previousRequested);
    QSignalSpy mode(&viewer, &ImageViewer::modeChanged), style(&viewer, &ImageViewer::overlayStyleChanged);
    QTest::keyClick(&viewer, Qt::Key_D);
    QTest::keyClick(&viewer, Qt::Key_Right);
    QTest::keyClick(&viewer, Qt::Key_A);
    QCOMPARE(next.count(), 2);
    QCOMPARE(previous.count(), 1);
    QTest::keyClick(&viewer, Qt::Key_W);
    QCOMPARE(viewer.mode(), ImageViewer::Mode::Wipe);
    QTest::keyClick(&viewer, Qt::Key_E);
    QCOMPARE(viewer.mode(), ImageViewer::Mode::Errors);
    QTest::keyClick(&viewer, Qt::Key_E);
    QCOMPARE(viewer.mode(), ImageViewer::Mode::Wipe);
    QCOMPARE(mode.count(), 3);
    QTest::keyClick(&viewer, Qt::Key_BracketRight);
    QCOMPARE(viewer.overlayStyle().opacity, 0.35);
    QTest::keyClick(&viewer, Qt::Key_Comma);
    QCOMPARE(viewer.overlayStyle().threshold, 0.45);
    QTest::keyClick(&viewer, Qt::Key_Greater, Qt::ShiftModifier);
    QCOMPARE(viewer.overlayStyle().threshold, 0.46);
    QTest::keyClick(&viewer, Qt::Key_C);
    QVERIFY(!viewer.overlayStyle().fill);
    QCOMPARE(style.count(), 4);
    viewer.setMode(ImageViewer::Mode::Overlay);
    viewer.setOverlayStyle({});
    QCOMPARE(mode.count(), 3);
    QCOMPARE(style.count(), 4);
  }

  void hoverTellsTheProbability() {
    ImageViewer viewer;
    prepare(viewer);
    const auto map = test::ellipse(kWidth, kHeight, 0.5, 0.5, 0.3, 0.3);
    viewer.setPrediction(map);
    QSignalSpy spy(&viewer, &ImageViewer::probabilityHovered);
    QTest::mouseMove(&viewer, viewer.widgetAt({120.5, 70.5}).toPoint());
    QTRY_COMPARE(spy.count(), 1);
    QCOMPARE(spy[0][0].toPoint(), QPoint(120, 70));
    QCOMPARE(spy[0][1].toDouble(), double(map->values[70 * kWidth + 120]));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(&viewer, &leave);
    QCOMPARE(spy.last()[1].toDouble(), -1.0);
  }

  void rightDragBrightensAndDoubleRightClickResets() {
    ImageViewer viewer;
    prepare(viewer);
    QTest::mousePress(&viewer, Qt::RightButton, {}, QPoint(200, 160));
    QTest::mouseMove(&viewer, QPoint(200, 60));
    QTest::mouseRelease(&viewer, Qt::RightButton, {}, QPoint(200, 60));
    QVERIFY(viewer.composed().pixelColor(5, 5).red() > 120);
    QTest::mouseDClick(&viewer, Qt::RightButton, {}, QPoint(200, 160));
    QCOMPARE(viewer.composed().pixelColor(5, 5).red(), 100);
  }

  void largePictureThresholdIsQuick() {
    ImageViewer viewer;
    viewer.setImage(grey(1920, 1080));
    viewer.setPrediction(test::ellipse(1920, 1080, 0.5, 0.5, 0.3, 0.3, 0.4));
    viewer.setTruth(test::maskOf(*test::ellipse(1920, 1080, 0.5, 0.5, 0.3, 0.3)));
    viewer.resize(900, 700);
    viewer.show();
    viewer.grab();
    OverlayStyle style;
    const CpuTimer timer;
    for (int i = 0; i < 10; ++i) {
      style.threshold = 0.3 + 0.04 * i;
      viewer.setOverlayStyle(style);
      viewer.grab();
    }
    qInfo("threshold step on 1920 x 1080: %.1f ms", timer.ms() / 10);
    QVERIFY(timer.ms() < 1000);
  }

  void theOtherPredictionWhileHeldAndLevelsByTheRightButton() {
    ImageViewer viewer;
    prepare(viewer);
    viewer.setBefore(test::ellipse(kWidth, kHeight, 0.5, 0.5, 0.01, 0.01), QStringLiteral("before"));
    const QPoint ring = viewer.widgetAt({140.5, 80.5}).toPoint();
    const auto shown = [&viewer, ring] {
      const QImage image = viewer.grab().toImage();
      return image.pixelColor(ring * image.devicePixelRatio());
    };
    QVERIFY(near(shown(), kWash));
    QTest::keyPress(&viewer, Qt::Key_B);
    QVERIFY(near(shown(), QColor(100, 100, 100)));
    QTest::keyRelease(&viewer, Qt::Key_B);
    QVERIFY(near(shown(), kWash));
    // A plain left drag never changes the picture's brightness.
    const auto drag = [&viewer](Qt::MouseButton button) {
      QTest::mousePress(&viewer, button, {}, QPoint(200, 160));
      QTest::mouseMove(&viewer, QPoint(260, 100));
      QTest::mouseRelease(&viewer, button, {}, QPoint(260, 100));
    };
    QSignalSpy levels(&viewer, &ImageViewer::levelsChanged);
    drag(Qt::LeftButton);
    QCOMPARE(levels.count(), 0);
    drag(Qt::RightButton);
    QVERIFY(levels.count() > 0);
    QVERIFY(viewer.brightness() > 0 && viewer.contrast() > 1);
    QTest::mouseDClick(&viewer, Qt::RightButton, {}, QPoint(200, 160));
    QCOMPARE(viewer.brightness(), 0.0);
    QCOMPARE(viewer.contrast(), 1.0);
  }
};

GPS_WIDGET_TEST_MAIN(ImageViewerTest)
#include "tst_imageviewer.moc"
