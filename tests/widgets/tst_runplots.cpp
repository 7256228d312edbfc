// Parallel coordinates, the K frontier and the differences of settings.
#include <QAbstractItemModelTester>
#include <QImage>
#include <QPainter>
#include <QSignalSpy>
#include <cmath>

#include "tests/widgets/samples.h"
#include "tests/widgets/widgettest.h"
#include "widgets/curveplot.h"
#include "widgets/difftable.h"
#include "widgets/frontierplot.h"
#include "widgets/parallelplot.h"
#include "widgets/plotscale.h"

using namespace gps;
using namespace gps::ui;
using namespace Qt::StringLiterals;

class RunPlotsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void scalesPutTicksWherePeopleExpectThem() {
    const auto scale = PlotScale::over({1, 3, 10, 30}, true, 0);
    QVERIFY(scale.isLog);
    QCOMPARE(scale.at(1), 0.0);
    QCOMPARE(scale.at(30), 1.0);
    QVERIFY(std::abs(scale.valueAt(scale.at(7)) - 7) < 1e-9);
    QCOMPARE(scale.ticks(8), (QList<double>{1, 2, 5, 10, 20}));
    QVERIFY(!PlotScale::over({0, 1}, true).isLog);
    QVERIFY(!PlotScale::over({std::nan("")}, true).isLog);
    const auto flat = PlotScale::over({0.7, 0.7}, false);
    QVERIFY(flat.low < 0.7 && flat.high > 0.7);
    const auto ticks = PlotScale{0.6, 0.9, false}.ticks(5);
    QVERIFY(ticks.size() >= 3 && ticks.size() <= 7);
    for (const double t : ticks) QVERIFY(t >= 0.6 - 1e-9 && t <= 0.9 + 1e-9);
  }

  void brushesKeepTheLinesThatPassThemAll() {
    ParallelPlot plot;
    plot.setData(test::parallelAxes(), test::parallelLines());
    const auto all = plot.keptIds().size();
    QVERIFY(!plot.hasBrush());
    plot.setBrush(1, 2, 5);  // K
    for (const auto& line : test::parallelLines()) QCOMPARE(plot.keptIds().contains(line.id), line.values[1] >= 2 && line.values[1] <= 5);
    plot.setBrush(3, 0.5, 1);
    QVERIFY(plot.keptIds().size() < all);
    // A brush stays when runs come, and a line without a value on its axis is not kept.
    auto more = test::parallelLines();
    more << ParallelLine{u"new"_s, u"new"_s, {0, std::nan(""), 1e-3, 0.9}, -1};
    plot.setData(test::parallelAxes(), more);
    QVERIFY(plot.brush(1));
    QVERIFY(!plot.keptIds().contains(u"new"_s));
    plot.clearBrushes();
    QCOMPARE(plot.keptIds().size(), all + 1);
  }

  void mouseDrawsMovesAndTakesABrushAway() {
    ParallelPlot plot;
    plot.resize(800, 300);
    plot.setData(test::parallelAxes(), test::parallelLines());
    plot.show();
    QSignalSpy spy(&plot, &ParallelPlot::brushChanged);
    const QRectF axis = plot.axisRect(3);
    const auto at = [&](double share) { return QPointF(axis.left(), axis.bottom() - share * axis.height()).toPoint(); };
    const auto drag = [&](double from, double to) {
      QTest::mousePress(&plot, Qt::LeftButton, {}, at(from));
      QTest::mouseMove(&plot, at((from + to) / 2));
      QTest::mouseMove(&plot, at(to));
      QTest::mouseRelease(&plot, Qt::LeftButton, {}, at(to));
    };
    drag(0.2, 0.6);
    QVERIFY(plot.brush(3));
    const auto first = *plot.brush(3);
    QVERIFY(spy.count() > 0);
    drag(0.4, 0.6);  // inside: moves it
    QVERIFY(plot.brush(3)->first > first.first);
    QVERIFY(std::abs((plot.brush(3)->second - plot.brush(3)->first) - (first.second - first.first)) < 1e-6);
    QTest::mouseClick(&plot, Qt::LeftButton, {}, at(0.05));
    QVERIFY(!plot.brush(3));
  }

  void keysBrushToo() {
    ParallelPlot plot;
    plot.resize(800, 300);
    plot.setData(test::parallelAxes(), test::parallelLines());
    plot.show();
    for (int i = 0; i < 3; ++i) QTest::keyClick(&plot, Qt::Key_Right);
    QTest::keyClick(&plot, Qt::Key_Up);  // the upper half of the last axis
    QVERIFY(plot.brush(3));
    const auto half = *plot.brush(3);
    QTest::keyClick(&plot, Qt::Key_Up, Qt::ControlModifier);
    QVERIFY(plot.brush(3)->first > half.first);
    QCOMPARE(plot.brush(3)->second, half.second);
    QTest::keyClick(&plot, Qt::Key_Down, Qt::ShiftModifier);
    QVERIFY(plot.brush(3)->second < half.second);
    QVERIFY(plot.accessibleDescription().contains(u"current axis"_s));
    QTest::keyClick(&plot, Qt::Key_Delete);
    QVERIFY(!plot.brush(3));
    // A category at a time.
    for (int i = 0; i < 3; ++i) QTest::keyClick(&plot, Qt::Key_Left);
    QTest::keyClick(&plot, Qt::Key_Down);
    QVERIFY(plot.brush(0));
    const auto kept = plot.keptIds();
    for (const auto& line : test::parallelLines())
      QCOMPARE(kept.contains(line.id), plot.brush(0)->first <= line.values[0] && line.values[0] <= plot.brush(0)->second);
    QTest::keyClick(&plot, Qt::Key_Escape);
    QVERIFY(!plot.hasBrush());
  }

  void frontierTellsItsPointsByKey() {
    FrontierPlot plot;
    plot.resize(600, 300);
    plot.setLabels(u"K"_s, u"mean Dice"_s, false);
    plot.setSeries(test::frontierSeries());
    plot.show();
    QVERIFY(plot.currentText().isEmpty());
    QTest::keyClick(&plot, Qt::Key_Right);
    QVERIFY(plot.currentText().contains(u"K = 1"_s));
    QVERIFY(plot.currentText().contains(u"±"_s));
    QTest::keyClick(&plot, Qt::Key_Right);
    QVERIFY(plot.currentText().contains(u"half a point"_s));
    QCOMPARE(plot.accessibleDescription(), plot.currentText());
    plot.setSeries({});
    QVERIFY(plot.currentText().isEmpty());
  }

  void everyThemePaintsOnAnyDevice() {
    ParallelPlot parallel;
    parallel.setData(test::parallelAxes(), test::parallelLines());
    FrontierPlot frontier;
    frontier.setSeries(test::frontierSeries());
    for (const auto name : {ThemeName::Light, ThemeName::Dark, ThemeName::HighContrastDark}) {
      for (int which = 0; which < 2; ++which) {
        QImage image(900, 400, QImage::Format_RGB32);
        image.fill(Theme::color(Token::Surface, name));
        const QImage before = image;
        QPainter painter(&image);
        if (which == 0)
          parallel.paintTo(painter, QRectF(image.rect()), name);
        else
          frontier.paintTo(painter, QRectF(image.rect()), name);
        painter.end();
        QVERIFY(image != before);
      }
    }
  }

  void onlyDifferencesAreShown() {
    DiffModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRuns({u"a"_s, u"b"_s}, {u"k"_s, u"lr"_s, u"seed"_s}, {{u"1"_s, u"3"_s}, {u"0.1"_s, u"0.1"_s}, {u"1"_s, u"2"_s}});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, 0).data().toString(), u"k"_s);
    QCOMPARE(model.index(1, 2).data().toString(), u"2"_s);
    QVERIFY(model.index(0, 2).data(Qt::FontRole).isValid());
    model.setRuns({u"a"_s}, {u"k"_s}, {{u"1"_s}});
    QCOMPARE(model.rowCount(), 0);
  }

  void aBandGoesWithItsCurve() {
    CurvePlot plot;
    plot.resize(500, 300);
    plot.show();
    const int s = plot.addSeries(u"mean"_s, 0);
    plot.setPoints(s, {1, 2, 3}, {1, 2, 3});
    const QImage without = plot.grab().toImage();
    plot.setBand(s, {0.5, 1.5, 2.5}, {1.5, 2.5, 3.5});
    QTest::qWait(50);
    QVERIFY(plot.grab().toImage() != without);
    plot.setPoints(s, {1, 2}, {1, 2});
    plot.removeAllSeries();
    QCOMPARE(plot.seriesCount(), 0);
  }
};

GPS_WIDGET_TEST_MAIN(RunPlotsTest)
#include "tst_runplots.moc"
