#include <QFile>
#include <QImage>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QVBoxLayout>
#include <cmath>
#include <limits>

#include "tests/widgets/widgettest.h"
#include "widgets/curveplot.h"

using namespace gps::ui;

class CurvePlotTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cleanup() { Theme::instance().setName(ThemeName::Light); }

  void pointsComeAndBadOnesAreLeftOut() {
    CurvePlot plot;
    const int loss = plot.addSeries(QStringLiteral("loss"), 0);
    plot.appendPoint(loss, 0, 1);
    plot.appendPoint(loss, 1, std::numeric_limits<double>::quiet_NaN());
    plot.appendPoint(loss, 2, std::numeric_limits<double>::infinity());
    plot.appendPoint(loss, 3, 0.5);
    plot.appendPoint(7, 3, 0.5);
    plot.appendPoint(-1, 3, 0.5);
    QCOMPARE(plot.pointCount(loss), 2);
    QCOMPARE(plot.lastPoint(loss), qMakePair(3.0, 0.5));
    plot.clearPoints();
    QCOMPARE(plot.pointCount(loss), 0);
    QVERIFY(std::isnan(plot.lastPoint(loss).first));
    plot.removeAllSeries();
    QCOMPARE(plot.seriesCount(), 0);
  }

  void valuesUnderTheCursor() {
    CurvePlot plot;
    plot.setXLabel(QStringLiteral("epoch"));
    const int train = plot.addSeries(QStringLiteral("train"), 0), val = plot.addSeries(QStringLiteral("val"), 1);
    plot.setPoints(train, {1, 2, 3, 4}, {0.9, 0.8, 0.7, 0.6});
    plot.setPoints(val, {2, 4}, {0.85, 0.65});
    QCOMPARE(plot.valuesAt(2.1), QStringList({QStringLiteral("epoch\t2"), QStringLiteral("train\t0.8000"), QStringLiteral("val\t0.8500")}));
    QCOMPARE(plot.valuesAt(3), QStringList({QStringLiteral("epoch\t3"), QStringLiteral("train\t0.7000")}));
    plot.setSeriesVisible(train, false);
    QCOMPARE(plot.valuesAt(3.4), QStringList({QStringLiteral("epoch\t4"), QStringLiteral("val\t0.6500")}));
    QVERIFY(CurvePlot().valuesAt(1).isEmpty());
  }

  void smallValuesReadAsSettings() {
    CurvePlot plot;
    plot.setXLabel(QStringLiteral("epoch"));
    plot.setPoints(plot.addSeries(QStringLiteral("rate"), 0), {0, 1}, {2e-4, 1.60001e-4});
    QCOMPARE(plot.valuesAt(0).last(), QStringLiteral("rate\t2e-4"));
    QCOMPARE(plot.valuesAt(1).last(), QStringLiteral("rate\t1.6e-4"));
  }

  void arrowKeysReadTheCurve() {
    CurvePlot plot;
    plot.addSeries(QStringLiteral("Dice"), 0);
    plot.setPoints(0, {1, 2, 5}, {0.1, 0.2, 0.3});
    plot.resize(500, 300);
    plot.show();
    QSignalSpy hovered(&plot, &CurvePlot::xHovered), activated(&plot, &CurvePlot::xActivated);
    QTest::keyClick(&plot, Qt::Key_Right);
    QTest::keyClick(&plot, Qt::Key_Right);
    QTest::keyClick(&plot, Qt::Key_Right);
    QTest::keyClick(&plot, Qt::Key_Right);
    QCOMPARE(hovered.last()[0].toDouble(), 5.0);
    QTest::keyClick(&plot, Qt::Key_Left);
    QCOMPARE(hovered.last()[0].toDouble(), 2.0);
    QTest::keyClick(&plot, Qt::Key_Return);
    QCOMPARE(activated[0][0].toDouble(), 2.0);
    QVERIFY(plot.accessibleDescription().contains(QStringLiteral("Dice\t0.2000")));
  }

  // A constant stays where it is under smoothing from the first point on: the mean is not pulled towards zero.
  void smoothingKeepsAConstant() {
    CurvePlot plot;
    plot.addSeries(QStringLiteral("loss"), 0);
    plot.setSmoothing(0.95);
    for (int i = 0; i < 50; ++i) plot.appendPoint(0, i, 0.4);
    plot.setYRange(0, 1);
    plot.setXRange(0, 49);
    plot.resize(600, 400);
    plot.show();
    QTest::qWait(50);
    const QImage image = plot.grab().toImage();
    const QRgb line = Theme::instance().runColor(0).rgb();
    // Plot area only: the legend repeats the colour below.
    int top = image.height(), bottom = 0, columns = 0;
    for (int x = 0; x < image.width(); ++x)
      for (int y = 0; y < image.height() * 3 / 4; ++y)
        if (image.pixel(x, y) == line) top = std::min(top, y), bottom = std::max(bottom, y), ++columns;
    QVERIFY(columns > 300);
    QVERIFY2(bottom - top <= 2, qPrintable(QString::number(bottom - top)));
  }

  void manyPointsStayFluid() {
    CurvePlot plot;
    plot.addSeries(QStringLiteral("loss"), 0);
    plot.setSmoothing(0.9);
    plot.resize(800, 400);
    plot.show();
    QList<double> x, y;
    for (int i = 0; i < 200000; ++i) x << i, y << std::sin(i * 0.001) + std::fmod(i * 0.618, 1.0);
    plot.setPoints(0, x, y);
    QTest::qWait(50);
    const CpuTimer timer;
    for (int i = 0; i < 20; ++i) plot.appendPoint(0, 200000 + i, 1);
    QTest::qWait(1);  // the queued replot
    qInfo("20 points into 200,000, drawn once: %.1f ms", timer.ms());
    QVERIFY(timer.ms() < 200);
  }

  void logScaleCopesWithZero() {
    CurvePlot plot;
    plot.addSeries(QStringLiteral("loss"), 0);
    plot.setPoints(0, {0, 1, 2}, {0, 0.1, 10});
    plot.setLogY(true);
    plot.resize(400, 300);
    plot.show();
    QTest::qWait(30);
    QVERIFY(!plot.grab().isNull());
    plot.clearPoints();
    QTest::qWait(30);
    QVERIFY(!plot.grab().isNull());
  }

  void markerComesAndGoes() {
    CurvePlot plot;
    plot.addSeries(QStringLiteral("loss"), 0);
    plot.setPoints(0, {0, 1, 2}, {0.3, 0.1, 0.2});
    plot.resize(400, 300);
    plot.show();
    const QRgb good = Theme::instance().color(Token::Good).rgb();
    const auto marked = [&plot, good] {
      QTest::qWait(30);
      const QImage image = plot.grab().toImage();
      for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
          if (image.pixel(x, y) == good) return true;
      return false;
    };
    QVERIFY(!marked());
    plot.setMarker(1, QStringLiteral("best"));
    QVERIFY(marked());
    plot.setMarker(std::nan(""));
    QVERIFY(!marked());
  }

  void gapsBreakTheLineAndAreNoValues() {
    CurvePlot plot;
    const int loss = plot.addSeries(QStringLiteral("loss"), 0);
    const double gap = std::nan("");
    plot.setPoints(loss, {1, 2, 3, 4, 5}, {1, gap, gap, 2, gap});
    QCOMPARE(plot.pointCount(loss), 2);
    QCOMPARE(plot.lastPoint(loss), qMakePair(4.0, 2.0));
    QCOMPARE(plot.valuesAt(2.2).at(0), QStringLiteral("x\t1"));  // the nearest value, not the gap
    QCOMPARE(plot.valuesAt(2.9).at(0), QStringLiteral("x\t4"));
    plot.setSmoothing(0.5);
    plot.resize(400, 300);
    plot.show();
    QTest::qWait(30);
    // Between 1 and 4 nothing is drawn.
    const QImage image = plot.grab().toImage();
    const QRgb line = Theme::instance().runColor(0).rgb();
    int drawn = 0;
    for (int x = 180; x < 220; ++x)
      for (int y = 0; y < 200; ++y) drawn += image.pixel(x, y) == line;
    QCOMPARE(drawn, 0);
  }

  // Under one another one epoch stands at one place, however wide the labels of either are.
  void plotsUnderOneAnotherAreAligned() {
    QWidget both;
    auto* layout = new QVBoxLayout(&both);
    auto *above = new CurvePlot, *below = new CurvePlot;
    layout->addWidget(above);
    layout->addWidget(below);
    for (CurvePlot* plot : {above, below}) plot->setLabelRoom(QStringLiteral("0.00125"), QStringLiteral("0.125"));
    above->addSeries(QStringLiteral("loss"), 0);
    above->addSeries(QStringLiteral("Dice"), 1, false, true);
    below->addSeries(QStringLiteral("rate"), 2);
    above->setPoints(0, {0, 1, 2}, {3, 2, 1});
    above->setPoints(1, {0, 1, 2}, {0, 0.5, 0.75});
    above->setRightLabel(QStringLiteral("mean Dice"));
    below->setPoints(0, {0, 1, 2}, {2e-4, 1.5e-4, 5e-5});
    both.resize(600, 600);
    both.show();
    const auto isAligned = [&] { return above->area().left() == below->area().left() && above->area().right() == below->area().right(); };
    QTRY_VERIFY(above->area().width() > 100 && isAligned());
    above->setPoints(0, {0, 1, 2}, {0.12, 0.11, 0.1});
    below->setPoints(0, {0, 1, 2}, {0.00175, 0.0015, 0.00125});
    below->setYLabel(QStringLiteral("rate"));
    QTest::qWait(50);
    QVERIFY(isAligned());
    // The topmost line has its label, half of which stands over it.
    QVERIFY(above->area().top() >= above->fontMetrics().height() / 2);
  }

  // A quarter of a colour is plain on white and nearly nothing on dark.
  void theRawLineIsSeenInEveryTheme() {
    for (const ThemeName name : {ThemeName::Light, ThemeName::Dark, ThemeName::HighContrastDark, ThemeName::HighContrastLight}) {
      Theme::instance().setName(name);
      CurvePlot plot;
      plot.setSmoothing(0.9);
      plot.addSeries(QStringLiteral("loss"), 0);
      for (int i = 0; i <= 20; ++i) plot.appendPoint(0, i, i > 8 && i < 12 ? 1 : 0);
      plot.setYRange(0, 1.1);
      plot.resize(400, 300);
      plot.show();
      QTest::qWait(50);
      const QImage image = plot.grab().toImage();
      // Between two lines of the grid, over the smoothed line.
      const QRect area = plot.area();
      const int y = area.top() + int(area.height() * (1.1 - 0.9) / 1.1);
      const auto luminance = [](const QColor& c) {
        const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
        return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF()) + 0.05;
      };
      const double surface = luminance(Theme::instance().color(Token::Surface));
      double most = 1;
      for (int x = area.left(); x < area.right(); ++x) {
        const double l = luminance(image.pixelColor(int(x * image.devicePixelRatio()), int(y * image.devicePixelRatio())));
        most = std::max(most, std::max(l, surface) / std::min(l, surface));
      }
      QVERIFY2(most > 1.35, qPrintable(QStringLiteral("%1: %2").arg(int(name)).arg(most)));
    }
  }

  void pointsOutOfOrderAreSorted() {
    CurvePlot plot;
    plot.addSeries(QStringLiteral("loss"), 0);
    for (const double x : {3.0, 1.0, 2.0}) plot.appendPoint(0, x, x * 10);
    QCOMPARE(plot.lastPoint(0), qMakePair(3.0, 30.0));
    QCOMPARE(plot.valuesAt(1.1).at(1), QStringLiteral("loss\t10.00"));
    // The same points over time.
    plot.setXValues(0, {60, 120, 400});
    QCOMPARE(plot.lastPoint(0), qMakePair(400.0, 30.0));
    plot.setXValues(0, {1, 2});  // not one for each
    QCOMPARE(plot.lastPoint(0).first, 400.0);
  }

  void zoomAndPanByMouseAndKeys() {
    CurvePlot plot;
    plot.addSeries(QStringLiteral("loss"), 0);
    QList<double> x, y;
    for (int i = 0; i <= 1000; ++i) x << i, y << std::sin(i / 50.0);
    plot.setPoints(0, x, y);
    plot.resize(600, 400);
    plot.show();
    QTest::qWait(30);
    QSignalSpy views(&plot, &CurvePlot::viewChanged), activated(&plot, &CurvePlot::xActivated);
    QVERIFY(!plot.isZoomed());
    const auto whole = plot.view();
    QTest::keyClick(&plot, Qt::Key_Plus);
    QTest::keyClick(&plot, Qt::Key_Plus);
    QVERIFY(plot.isZoomed());
    const auto near = plot.view();
    QVERIFY(near.second - near.first < (whole.second - whole.first) * 0.55);
    QTest::keyClick(&plot, Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(plot.view().first > near.first);
    QCOMPARE(plot.view().second - plot.view().first, near.second - near.first);
    for (int i = 0; i < 60; ++i) QTest::keyClick(&plot, Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(std::abs(plot.view().second - whole.second) < 1e-6);  // not beyond the data
    QWidget* inner = plot.findChild<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
    QTest::qWait(30);
    const auto before = plot.view();
    QTest::mousePress(inner, Qt::LeftButton, {}, {200, 100});
    QTest::mouseMove(inner, {260, 100});
    QTest::mouseMove(inner, {320, 100});
    QTest::mouseRelease(inner, Qt::LeftButton, {}, {320, 100});
    QVERIFY(plot.view().first < before.first);
    QCOMPARE(activated.count(), 0);  // a drag is no click
    const int known = int(views.count());
    plot.appendPoint(0, 1001, 0);
    QTest::qWait(10);
    QCOMPARE(views.count(), known);
    QVERIFY(plot.isZoomed());  // new points do not move the view
    QTest::mouseDClick(inner, Qt::LeftButton, {}, {200, 100});
    QVERIFY(!plot.isZoomed());
    QTest::keyClick(&plot, Qt::Key_Minus);
    QVERIFY(!plot.isZoomed());
    // A box chooses both axes.
    QTest::qWait(30);
    QTest::mousePress(inner, Qt::LeftButton, Qt::ShiftModifier, {200, 60});
    for (const QPoint at : {QPoint(240, 90), QPoint(300, 140)}) {
      QMouseEvent move(QEvent::MouseMove, at, inner->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, Qt::ShiftModifier);
      QCoreApplication::sendEvent(inner, &move);
    }
    QTest::mouseRelease(inner, Qt::LeftButton, Qt::ShiftModifier, {300, 140});
    QVERIFY(plot.isZoomed());
    QTest::keyClick(&plot, Qt::Key_F);
    QVERIFY(!plot.isZoomed());
  }

  // Where points are denser than pixels, the drawing still reaches every extreme.
  void aSpikeIsNeverLost() {
    CurvePlot plot;
    plot.addSeries(QStringLiteral("loss"), 0);
    QList<double> x, y;
    for (int i = 0; i < 300000; ++i) x << i, y << (i == 123456 ? 10.0 : 1.0);
    plot.setPoints(0, x, y);
    plot.resize(600, 400);
    plot.show();
    QTest::qWait(60);
    const QImage image = plot.grab().toImage();
    const QRgb line = Theme::instance().runColor(0).rgb();
    int top = image.height();
    for (int c = 0; c < image.width(); ++c)
      for (int r = 0; r < image.height() / 2; ++r)
        if (image.pixel(c, r) == line) top = std::min(top, r);
    QVERIFY2(top < 60, qPrintable(QString::number(top)));
  }

  void logarithmicX() {
    CurvePlot plot;
    plot.addSeries(QStringLiteral("loss"), 0);
    plot.setPoints(0, {0, 1, 10, 100, 1000}, {5, 4, 3, 2, 1});
    plot.setLogX(true);
    plot.resize(400, 300);
    plot.show();
    QTest::qWait(30);
    QVERIFY(plot.view().first > 0);
    QVERIFY(plot.view().second >= 1000);
    QTest::keyClick(&plot, Qt::Key_Plus);
    QVERIFY(plot.isZoomed() && plot.view().first > 1);
    QVERIFY(!plot.grab().isNull());
  }

  // Whoever opens a figure or a table a year later reads what was done to the numbers.
  void exportsNameAxesAndSmoothing() {
    QTemporaryDir dir;
    CurvePlot plot;
    plot.addSeries(QStringLiteral("training"), 0);
    plot.addSeries(QStringLiteral("Dice"), 1, false, true);
    plot.setSeriesSmoothed(1, false);
    plot.setXLabel(QStringLiteral("time, s"));
    plot.setYLabel(QStringLiteral("loss"));
    plot.setRightLabel(QStringLiteral("mean Dice"));
    plot.setPoints(0, {1, 2}, {0.5, 1.5});
    plot.setPoints(1, {2}, {0.75});
    plot.resize(500, 300);
    plot.show();
    const auto written = [&](const char* ending) {
      const QString path = dir.filePath(QStringLiteral("plot.") + QString::fromLatin1(ending));
      QFile file(path);
      return plot.exportTo(path, QStringLiteral("Loss")) && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray plain = "series,\"time, s\",loss,mean Dice\ntraining,1,0.5,\ntraining,2,1.5,\nDice,2,,0.75\n";
    QCOMPARE(written("csv"), plain);
    QTest::qWait(30);
    QVERIFY(!written("svg").contains("smoothed"));
    plot.setSmoothing(0.5);
    QTest::qWait(30);
    const QByteArray svg = written("svg");
    QVERIFY2(svg.contains("smoothed, weight 0.5"), svg.right(2000).constData());
    const QByteArray csv = written("csv");
    QVERIFY2(csv.startsWith("series,\"time, s\",loss,mean Dice,\"loss, smoothed with weight 0.50\"\n"), csv.constData());
    // (1 · 1.5 + 0.5 · 0.5) / 1.5
    QVERIFY2(csv.contains("training,2,1.5,,1.16666"), csv.constData());
    QVERIFY2(csv.endsWith("Dice,2,,0.75,\n"), csv.constData());
    plot.setSeriesVisible(0, false);
    QCOMPARE(written("csv"), QByteArray("series,\"time, s\",mean Dice\nDice,2,0.75\n"));
  }

  void exports() {
    QTemporaryDir dir;
    Theme::instance().setName(ThemeName::Dark);
    CurvePlot plot;
    plot.addSeries(QStringLiteral("train \"a\""), 0);
    plot.setPoints(0, {1, 2}, {0.5, 0.25});
    plot.resize(400, 300);
    plot.show();
    for (const char* ending : {"png", "svg", "pdf", "csv"}) {
      const QString path = dir.filePath(QStringLiteral("plot.") + QString::fromLatin1(ending));
      QVERIFY2(plot.exportTo(path, QStringLiteral("Loss")), ending);
      QVERIFY(QFile(path).size() > 20);
    }
    QFile csv(dir.filePath(QStringLiteral("plot.csv")));
    QVERIFY(csv.open(QIODevice::ReadOnly));
    QCOMPARE(csv.readAll(), QByteArray("series,x,y\n\"train \"\"a\"\"\",1,0.5\n\"train \"\"a\"\"\",2,0.25\n"));
    const QImage image(dir.filePath(QStringLiteral("plot.png")));
    QCOMPARE(image.pixelColor(1, 1), QColor(Qt::white));
    // The screen keeps its own theme.
    QTest::qWait(30);
    QCOMPARE(plot.grab().toImage().pixelColor(200, 2), QColor(0x1A1F26));
    QVERIFY(!plot.exportTo(dir.filePath(QStringLiteral("no/folder/plot.csv")), {}));
    QVERIFY(!plot.exportTo(dir.filePath(QStringLiteral("no/folder/plot.pdf")), {}));
  }
};

GPS_WIDGET_TEST_MAIN(CurvePlotTest)
#include "tst_curveplot.moc"
