// What the viewer answers to: wheel, drags, keys, the pointer, other pictures.
#include <QSignalSpy>
#include <QWheelEvent>
#include <cmath>

#include "tests/widgets/viewersamples.h"
#include "tests/widgets/widgettest.h"

using namespace gps;
using namespace gps::ui;
using test::greyPicture;
using test::kViewedHeight;
using test::kViewedWidth;
using test::kWash;
using test::near;
using test::prepare;

class ImageViewerTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
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
    viewer.setImage(greyPicture());
    QCOMPARE(viewer.zoom(), 5.0);
    QCOMPARE(viewer.imageAt({0, 0}), before);
    viewer.setImage(greyPicture(100, 100));
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
    viewer.setPrediction(test::ellipse(kViewedWidth, kViewedHeight, 0.5, 0.5, 0.45, 0.45), QStringLiteral("after"));
    viewer.setBefore(test::ellipse(kViewedWidth, kViewedHeight, 0.5, 0.5, 0.01, 0.01), QStringLiteral("before"));
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
    const auto map = test::ellipse(kViewedWidth, kViewedHeight, 0.5, 0.5, 0.3, 0.3);
    viewer.setPrediction(map);
    QSignalSpy spy(&viewer, &ImageViewer::probabilityHovered);
    QTest::mouseMove(&viewer, viewer.widgetAt({120.5, 70.5}).toPoint());
    QTRY_COMPARE(spy.count(), 1);
    QCOMPARE(spy[0][0].toPoint(), QPoint(120, 70));
    QCOMPARE(spy[0][1].toDouble(), double(map->values[70 * kViewedWidth + 120]));
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
    viewer.setImage(greyPicture(1920, 1080));
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
    viewer.setBefore(test::ellipse(kViewedWidth, kViewedHeight, 0.5, 0.5, 0.01, 0.01), QStringLiteral("before"));
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

  void brightnessAndContrastByKeys() {
    ImageViewer viewer;
    QSignalSpy told(&viewer, &ImageViewer::levelsChanged);
    const auto press = [&viewer](Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::ShiftModifier) {
      QTest::keyClick(&viewer, key, modifiers);
    };
    press(Qt::Key_Up);
    press(Qt::Key_Up);
    press(Qt::Key_Right);
    QCOMPARE(viewer.brightness(), 0.1);
    QCOMPARE(viewer.contrast(), 1.25);
    QCOMPARE(told.last(), (QVariantList{0.1, 1.25}));
    press(Qt::Key_Down);
    press(Qt::Key_Left);
    press(Qt::Key_Left);
    QCOMPARE(viewer.brightness(), 0.05);
    QCOMPARE(viewer.contrast(), 0.8);
    for (int i = 0; i < 30; ++i) {
      press(Qt::Key_Down);
      press(Qt::Key_Left);
    }
    QCOMPARE(viewer.brightness(), -1.0);
    QCOMPARE(viewer.contrast(), 0.25);
    press(Qt::Key_L, Qt::NoModifier);
    QCOMPARE(viewer.brightness(), 0.0);
    QCOMPARE(viewer.contrast(), 1.0);
    QCOMPARE(told.last(), (QVariantList{0.0, 1.0}));
  }
};

GPS_WIDGET_TEST_MAIN(ImageViewerTest)
#include "tst_imageviewer.moc"
