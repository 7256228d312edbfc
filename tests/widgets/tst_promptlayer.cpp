// Boxes and points set on a picture by mouse and by key.
#include <QSignalSpy>

#include "widgets/imageviewer.h"
#include "widgets/promptlayer.h"
#include "widgettest.h"

using namespace gps;
using namespace gps::ui;

class TestPromptLayer : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init() {
    m_viewer = std::make_unique<ImageViewer>();
    m_viewer->resize(400, 320);
    m_viewer->setImage(std::make_shared<const RgbImage>(RgbImage{200, 160, std::vector<std::uint8_t>(200 * 160 * 3, 90)}));
    m_layer = new PromptLayer(*m_viewer);
    m_layer->setPictureSize({200, 160});
    m_viewer->show();
    m_layer->setActive(true);
  }

  void aDragDrawsABoxThatStaysInside() {
    QSignalSpy boxes(m_layer, &PromptLayer::boxDrawn), points(m_layer, &PromptLayer::pointSet);
    drag(view({40, 30}), view({120, 90}));
    QCOMPARE(boxes.count(), 1);
    near(boxes[0][0].toRectF(), QRectF(40, 30, 80, 60));
    drag(view({150, 100}), view({260, 240}));
    near(boxes[1][0].toRectF(), QRectF(150, 100, 50, 60));
    QCOMPARE(points.count(), 0);
    drag(view({100, 20}), view({60, 10}));  // the other way round
    near(boxes[2][0].toRectF(), QRectF(60, 10, 40, 10));
  }

  void clicksSetPoints() {
    QSignalSpy points(m_layer, &PromptLayer::pointSet), boxes(m_layer, &PromptLayer::boxDrawn);
    QTest::mouseClick(m_layer, Qt::LeftButton, {}, view({50, 40}));
    QTest::mouseClick(m_layer, Qt::RightButton, {}, view({60, 40}));
    QTest::mouseClick(m_layer, Qt::LeftButton, Qt::AltModifier, view({70, 40}));
    QCOMPARE(points.count(), 3);
    QCOMPARE(points[0][1].toBool(), true);
    QCOMPARE(points[1][1].toBool(), false);
    QCOMPARE(points[2][1].toBool(), false);
    QVERIFY(std::abs(points[2][0].toPointF().x() - 70) < 1);
    QCOMPARE(boxes.count(), 0);
    m_viewer->zoomTo(0.5);  // the picture leaves a border
    QTest::mouseClick(m_layer, Qt::LeftButton, {}, {2, 2});
    QCOMPARE(points.count(), 3);
  }

  void refusesPointsThatTheModelDoesNotTake() {
    QSignalSpy points(m_layer, &PromptLayer::pointSet), refused(m_layer, &PromptLayer::pointRefused);
    m_layer->setPointsAllowed(false);
    QTest::mouseClick(m_layer, Qt::LeftButton, {}, view({50, 40}));
    QCOMPARE(points.count(), 0);
    QCOMPARE(refused.count(), 1);
  }

  void keysAlone() {
    QSignalSpy points(m_layer, &PromptLayer::pointSet), boxes(m_layer, &PromptLayer::boxDrawn);
    QSignalSpy undone(m_layer, &PromptLayer::undoRequested), left(m_layer, &PromptLayer::leaveRequested);
    QVERIFY(m_layer->hasFocus() || m_layer->focusPolicy() == Qt::StrongFocus);
    QTest::keyClick(m_layer, Qt::Key_Return);  // the crosshair begins in the middle
    QCOMPARE(points.count(), 1);
    QVERIFY(QLineF(points[0][0].toPointF(), QPointF(100, 80)).length() < 2);
    QTest::keyClick(m_layer, Qt::Key_Left, Qt::ShiftModifier);
    QTest::keyClick(m_layer, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(points[1][1].toBool(), false);
    QVERIFY(points[1][0].toPointF().x() < 95);
    QTest::keyClick(m_layer, Qt::Key_B);
    for (int i = 0; i < 3; ++i) QTest::keyClick(m_layer, Qt::Key_Right, Qt::ShiftModifier);
    for (int i = 0; i < 3; ++i) QTest::keyClick(m_layer, Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(m_layer, Qt::Key_Return);
    QCOMPARE(boxes.count(), 1);
    QVERIFY(boxes[0][0].toRectF().width() > 10);
    QTest::keyClick(m_layer, Qt::Key_Backspace);
    QTest::keyClick(m_layer, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(undone.count(), 2);
    QTest::keyClick(m_layer, Qt::Key_B);
    QTest::keyClick(m_layer, Qt::Key_Escape);  // gives the box up, then leaves
    QCOMPARE(left.count(), 0);
    QTest::keyClick(m_layer, Qt::Key_Escape);
    QCOMPARE(left.count(), 1);
    QCOMPARE(boxes.count(), 1);
  }

  void otherKeysAndTheWheelGoToTheViewer() {
    QSignalSpy style(m_viewer.get(), &ImageViewer::overlayStyleChanged), zoom(m_viewer.get(), &ImageViewer::zoomChanged);
    QTest::keyClick(m_layer, Qt::Key_BracketRight);
    QCOMPARE(style.count(), 1);
    QTest::keyClick(m_layer, Qt::Key_Plus);
    QVERIFY(zoom.count() > 0);
  }

  // On bright red mucosa the marks differ from what lies under them by more than a shade.
  void isSeenOnRedMucosa() {
    RgbImage red{200, 160, {}};
    for (int i = 0; i < 200 * 160; ++i) red.pixels.insert(red.pixels.end(), {200, 70, 60});
    m_viewer->setImage(std::make_shared<const RgbImage>(red));
    const QImage bare = m_viewer->grab().toImage();
    m_layer->setPrompts({{{40, 40, 160, 120}}, {{100, 80, true}, {20, 20, false}}});
    const QImage drawn = m_viewer->grab().toImage();
    const double ratio = drawn.devicePixelRatio();
    const auto differs = [&](const QPointF& place) {
      int most = 0;
      const QPoint at = (m_viewer->widgetAt(place) * ratio).toPoint();
      for (int dy = -4; dy <= 4; ++dy)
        for (int dx = -4; dx <= 4; ++dx) {
          const QColor a = bare.pixelColor(at + QPoint(dx, dy)), b = drawn.pixelColor(at + QPoint(dx, dy));
          most = std::max(most, std::abs(qGray(a.rgb()) - qGray(b.rgb())));
        }
      return most;
    };
    QVERIFY(differs({100, 80}) > 100);
    QVERIFY(differs({20, 20}) > 80);
    QVERIFY(differs({40, 80}) > 80);  // the box's edge
    QCOMPARE(differs({70, 60}), 0);   // its inside stays open
    m_layer->setActive(false);
    QCOMPARE(m_viewer->grab().toImage(), bare);
  }

  void tellsWhatIsSet() {
    QVERIFY(!m_layer->accessibleName().isEmpty());
    m_layer->setPrompts({{}, {{1, 1, true}, {2, 2, false}, {3, 3, false}}});
    QVERIFY(m_layer->accessibleDescription().contains(u'2'));
  }

 private:
  QPoint view(const QPointF& picture) const { return m_viewer->widgetAt(picture).toPoint(); }
  void drag(const QPoint& from, const QPoint& to) {
    QTest::mousePress(m_layer, Qt::LeftButton, {}, from);
    QTest::mouseMove(m_layer, (from + to) / 2);
    QTest::mouseMove(m_layer, to);
    QTest::mouseRelease(m_layer, Qt::LeftButton, {}, to);
  }
  static void near(const QRectF& a, const QRectF& b) {
    for (const auto& [x, y] : {std::pair{a.left(), b.left()}, {a.top(), b.top()}, {a.right(), b.right()}, {a.bottom(), b.bottom()}})
      QVERIFY2(std::abs(x - y) < 1.5, qPrintable(QStringLiteral("%1 %2").arg(x).arg(y)));
  }
  std::unique_ptr<ImageViewer> m_viewer;
  PromptLayer* m_layer = nullptr;
};

GPS_WIDGET_TEST_MAIN(TestPromptLayer)
#include "tst_promptlayer.moc"
