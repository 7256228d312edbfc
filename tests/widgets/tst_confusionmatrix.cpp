#include <QAccessible>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolTip>
#include <QWheelEvent>

#include "tests/widgets/samples.h"
#include "tests/widgets/widgettest.h"
#include "widgets/confusionmatrix.h"

using namespace gps;
using namespace gps::ui;

namespace {

// Different colours in a picture, at least so often each.
int colours(const QImage& image, int least) {
  QHash<QRgb, int> seen;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x) ++seen[image.pixel(x, y)];
  return int(std::count_if(seen.begin(), seen.end(), [least](int n) { return n >= least; }));
}

}  // namespace

class ConfusionMatrixTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void fitsEverySize_data() {
    QTest::addColumn<int>("classes");
    QTest::addColumn<QSize>("size");
    for (const int classes : {1, 2, 10, 37, 1000})
      for (const QSize size : {QSize(260, 230), QSize(600, 400), QSize(1200, 800)})
        QTest::addRow("%d in %dx%d", classes, size.width(), size.height()) << classes << size;
  }
  void fitsEverySize() {
    QFETCH(int, classes);
    QFETCH(QSize, size);
    ConfusionMatrix matrix;
    matrix.setMatrix(test::classNames(classes), test::confusionCounts(classes));
    matrix.resize(size);
    matrix.show();
    const QRectF first = matrix.cellRect({0, 0}), last = matrix.cellRect({classes - 1, classes - 1});
    const QRectF room = matrix.viewport()->rect();
    QVERIFY2(room.contains(first.topLeft()) && room.contains(last.bottomRight()),
             qPrintable(QStringLiteral("%1 %2").arg(last.right()).arg(last.bottom())));
    QVERIFY(first.left() > 10 && first.top() > 10);  // labels have their place
    QVERIFY(!matrix.horizontalScrollBar()->isVisible() && !matrix.verticalScrollBar()->isVisible());
    const QImage shown = matrix.grab().toImage();
    const QRectF cells = first.united(last);
    const double ratio = shown.devicePixelRatio();
    QVERIFY(colours(shown.copy(QRectF(cells.topLeft() * ratio, cells.size() * ratio).toRect()), 2) >= (classes > 2 ? 3 : 1));
  }

  // Of a thousand classes each cell has less than a pixel, and a single mistake is still to be seen.
  void noMistakeIsLostAmongMany() {
    constexpr int kClasses = 1000;
    QList<int> counts(kClasses * kClasses, 0);
    for (int c = 0; c < kClasses; ++c) counts[c * kClasses + c] = 50;
    ConfusionMatrix matrix;
    matrix.resize(500, 400);
    matrix.setMatrix(test::classNames(kClasses), counts);
    matrix.show();
    const QImage before = matrix.viewport()->grab().toImage();
    counts[700 * kClasses + 100] = 1;
    matrix.setMatrix(test::classNames(kClasses), counts);
    QVERIFY(matrix.cellSize() < 1);
    const QImage after = matrix.viewport()->grab().toImage();
    const double ratio = after.devicePixelRatio();
    const QPointF at = matrix.cellRect({700, 100}).center() * ratio;
    bool differs = false;
    for (int dy = -2; dy <= 2; ++dy)
      for (int dx = -2; dx <= 2; ++dx)
        differs = differs || before.pixel(at.toPoint() + QPoint(dx, dy)) != after.pixel(at.toPoint() + QPoint(dx, dy));
    QVERIFY(differs);
  }

  void paintsAThousandClassesInTime() {
    ConfusionMatrix matrix;
    matrix.resize(700, 600);
    matrix.setMatrix(test::classNames(1000), test::confusionCounts(1000));
    matrix.show();
    matrix.grab();
    CpuTimer timer;
    for (int i = 0; i < 10; ++i) matrix.grab();
    QVERIFY2(timer.ms() < 500, qPrintable(QString::number(timer.ms())));
  }

  void clickChoosesAndAgainLetsGo() {
    ConfusionMatrix matrix;
    matrix.resize(600, 500);
    matrix.setMatrix(test::classNames(10), test::confusionCounts(10));
    matrix.show();
    QSignalSpy spy(&matrix, &ConfusionMatrix::cellActivated);
    const QPoint at = matrix.cellRect({2, 7}).center().toPoint();
    QTest::mouseClick(matrix.viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(spy.takeFirst(), (QVariantList{2, 7}));
    QCOMPARE(matrix.selectedCell(), (ConfusionCell{2, 7}));
    QTest::mouseClick(matrix.viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(spy.takeFirst(), (QVariantList{-1, -1}));
    QTest::mouseClick(matrix.viewport(), Qt::LeftButton, {}, QPoint(1, 1));  // beside the cells
    QVERIFY(spy.isEmpty());
  }

  void keysMoveChooseAndZoom() {
    ConfusionMatrix matrix;
    matrix.resize(600, 500);
    matrix.setMatrix(test::classNames(10), test::confusionCounts(10));
    matrix.show();
    QSignalSpy spy(&matrix, &ConfusionMatrix::cellActivated);
    QCOMPARE(matrix.currentCell(), (ConfusionCell{0, 0}));
    for (const auto key : {Qt::Key_Up, Qt::Key_Left, Qt::Key_Right, Qt::Key_Right, Qt::Key_Down}) QTest::keyClick(&matrix, key);
    QCOMPARE(matrix.currentCell(), (ConfusionCell{1, 2}));
    QVERIFY(matrix.accessibleDescription().contains(QStringLiteral("Bengal")));
    QVERIFY(matrix.accessibleDescription().contains(QStringLiteral("Birman")));
    QTest::keyClick(&matrix, Qt::Key_End);
    QCOMPARE(matrix.currentCell(), (ConfusionCell{1, 9}));
    QTest::keyClick(&matrix, Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(matrix.currentCell(), (ConfusionCell{9, 9}));
    QTest::keyClick(&matrix, Qt::Key_PageUp);
    QCOMPARE(matrix.currentCell(), (ConfusionCell{0, 9}));
    QTest::keyClick(&matrix, Qt::Key_Return);
    QCOMPARE(spy.takeFirst(), (QVariantList{0, 9}));
    QTest::keyClick(&matrix, Qt::Key_Escape);
    QCOMPARE(spy.takeFirst(), (QVariantList{-1, -1}));
  }

  void zoomKeepsThePlaceAndScrolls() {
    ConfusionMatrix matrix;
    matrix.resize(600, 500);
    matrix.setMatrix(test::classNames(1000), test::confusionCounts(1000));
    matrix.show();
    QSignalSpy spy(&matrix, &ConfusionMatrix::zoomChanged);
    const QPointF at = matrix.cellRect({500, 400}).center();
    const ConfusionCell under = matrix.cellAt(at);
    QWheelEvent wheel(at, matrix.viewport()->mapToGlobal(at), {}, {0, 1200}, Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(matrix.viewport(), &wheel);
    QVERIFY(matrix.zoom() > 5);
    QVERIFY(spy.count() == 1);
    const ConfusionCell now = matrix.cellAt(at);
    QVERIFY(std::abs(now.truth - under.truth) <= 4 && std::abs(now.predicted - under.predicted) <= 4);
    matrix.setZoom(1e9);
    QCOMPARE(matrix.zoom(), matrix.largestZoom());
    QVERIFY(matrix.cellSize() > 30);
    QTest::keyClick(&matrix, Qt::Key_End, Qt::ControlModifier);
    QVERIFY(QRectF(matrix.viewport()->rect()).contains(matrix.cellRect({999, 999}).center()));
    QTest::keyClick(&matrix, Qt::Key_F);
    QCOMPARE(matrix.zoom(), 1.0);
    QCOMPARE(matrix.horizontalScrollBar()->maximum(), 0);
  }

  void tellsExactNumbers() {
    ConfusionMatrix matrix;
    matrix.setMatrix({QStringLiteral("cat"), QStringLiteral("dog"), QStringLiteral("none")}, {1997, 3, 0, 5, 5, 0, 0, 0, 0});
    QCOMPARE(matrix.count({0, 1}), 3);
    QVERIFY(matrix.cellText({0, 1}).contains(QStringLiteral("cat taken for dog")));
    QVERIFY(matrix.cellText({0, 1}).contains(QStringLiteral("3 of 2,000")));
    QVERIFY(matrix.cellText({0, 1}).contains(QStringLiteral("0.15 %")));
    QVERIFY(matrix.cellText({1, 1}).contains(QStringLiteral("recognised")));
    QVERIFY(matrix.cellText({2, 1}).contains(QStringLiteral("no pictures")));
    QVERIFY(!matrix.accessibleName().isEmpty());
  }

  void newNumbersKeepTheChoiceOtherClassesDoNot() {
    ConfusionMatrix matrix;
    matrix.setMatrix(test::classNames(5), test::confusionCounts(5));
    matrix.setSelectedCell({3, 4});
    matrix.setMatrix(test::classNames(5), QList<int>(25, 1));
    QCOMPARE(matrix.selectedCell(), (ConfusionCell{3, 4}));
    matrix.setMatrix(test::classNames(3), QList<int>(9, 1));
    QVERIFY(!matrix.selectedCell().isValid());
    matrix.setMatrix({}, {});
    QTest::keyClick(&matrix, Qt::Key_Down);
    QTest::keyClick(&matrix, Qt::Key_Return);
    QVERIFY(!matrix.currentCell().isValid());
  }

  void everyThemeDraws() {
    ConfusionMatrix matrix;
    matrix.resize(600, 500);
    matrix.setMatrix(test::classNames(10), test::confusionCounts(10));
    matrix.show();
    for (const auto theme : {ThemeName::Dark, ThemeName::HighContrastDark, ThemeName::HighContrastLight, ThemeName::Light}) {
      Theme::instance().setName(theme);
      const QImage shown = matrix.grab().toImage();
      const double ratio = shown.devicePixelRatio();
      const auto colourAt = [&](ConfusionCell cell) {
        return shown.pixelColor((matrix.cellRect(cell).topLeft() * ratio + QPointF(5, 5) * ratio).toPoint());
      };
      const QColor right = colourAt({0, 0}), empty = colourAt({0, 5});
      QVERIFY(std::abs(right.lightness() - empty.lightness()) > 40);
    }
  }
};

GPS_WIDGET_TEST_MAIN(ConfusionMatrixTest)
#include "tst_confusionmatrix.moc"
