// The plots of a comparison: numbers in cards and tables, keys, clicks, export on white, from two selections to a hundred and more.
#include <QAccessible>
#include <QFile>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "tests/widgets/comparisonsamples.h"
#include "tests/widgets/widgettest.h"
#include "widgets/choicecounts.h"
#include "widgets/overlapbars.h"
#include "widgets/plotpaint.h"

using namespace gps;
using namespace gps::ui;

namespace {

bool holdsColor(const QImage& image, const QColor& color, int least = 4) {
  int seen = 0;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x) seen += image.pixel(x, y) == color.rgb();
  return seen >= least;
}

void hover(QWidget& widget, const QPointF& pos) {
  QMouseEvent move(QEvent::MouseMove, pos, widget.mapToGlobal(pos), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&widget, &move);
}

std::unique_ptr<ItemPlot> makePlot(const QString& kind, int n) {
  if (kind == QLatin1String("matrix")) {
    auto plot = std::make_unique<JaccardMatrix>();
    test::fill(*plot, n);
    return plot;
  }
  if (kind == QLatin1String("upset")) {
    auto plot = std::make_unique<UpsetBars>();
    plot->setCombinations(test::taskNames(n), test::taskColors(n), test::selectedCounts(n), test::combinations(n));
    return plot;
  }
  if (kind == QLatin1String("shared")) {
    auto plot = std::make_unique<SharedBars>();
    plot->setBlocks(test::sharedBlocks(n), n);
    return plot;
  }
  if (kind == QLatin1String("choices")) {
    auto plot = std::make_unique<ChoiceCounts>();
    QList<qint64> counts;
    QList<double> chances;
    for (int i = 0; i < n; ++i) {
      counts << 90000 / (i + 1);
      chances << 200000 * std::pow(0.01, i);
    }
    plot->setCounts(counts, chances);
    return plot;
  }
  auto plot = std::make_unique<OverlapBars>();
  QList<OverlapRow> rows;
  for (int i = 0; i < n; ++i) rows << OverlapRow{test::taskNames(n)[i], 0.7 - 0.01 * i, 0.003};
  plot->setRows(rows);
  return plot;
}

}  // namespace

class ComparisonPlotsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cleanup() { Theme::instance().setName(ThemeName::Light); }

  void everyPlotAtEverySize_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("n");
    for (const QString& kind : {QStringLiteral("matrix"), QStringLiteral("upset"), QStringLiteral("shared"), QStringLiteral("choices"),
                                QStringLiteral("overlap")})
      for (const int n : {2, 3, 6, 20, 64, 130}) QTest::newRow(qPrintable(QStringLiteral("%1 of %2").arg(kind).arg(n))) << kind << n;
  }
  void everyPlotAtEverySize() {
    QFETCH(QString, kind);
    QFETCH(int, n);
    QTemporaryDir dir;
    const auto plot = makePlot(kind, n);
    QVERIFY(!plot->accessibleName().isEmpty());
    QVERIFY(plot->itemCount() > 0);
    for (const QSize size : {plot->minimumSizeHint(), plot->sizeHint(), QSize(1200, 800)}) {
      plot->resize(size);
      QVERIFY(!plot->grab().isNull());
    }
    // Keys reach items, and each tells its numbers to a screen reader too.
    plot->show();
    plot->setFocus();
    QTest::keyClick(plot.get(), Qt::Key_Right);
    QVERIFY(plot->currentItem() >= 0);
    QVERIFY(plot->accessibleDescription().startsWith(plot->itemName(plot->currentItem())));
    QTest::keyClick(plot.get(), Qt::Key_End);
    QTest::keyClick(plot.get(), Qt::Key_Right);
    QVERIFY(plot->currentItem() < plot->itemCount());
    QTest::keyClick(plot.get(), Qt::Key_Escape);
    QCOMPARE(plot->currentItem(), -1);
    // A table of as many columns in every line.
    const PlotTable table = plot->table();
    QVERIFY(!table.rows.isEmpty());
    for (const QStringList& row : table.rows) QCOMPARE(row.size(), table.header.size());
    // On white, whatever the theme.
    Theme::instance().setName(ThemeName::Dark);
    for (const char* ending : {"png", "svg", "pdf", "csv"}) {
      const QString path = dir.filePath(QStringLiteral("plot.") + QString::fromLatin1(ending));
      QVERIFY(exportPlot(*plot, path, QStringLiteral("A title")));
      QVERIFY(QFile(path).size() > 40);
    }
    const QImage image(dir.filePath(QStringLiteral("plot.png")));
    QCOMPARE(image.pixelColor(2, 2), QColor(Qt::white));
    QCOMPARE(image.pixelColor(image.width() - 3, image.height() - 3), QColor(Qt::white));
    QFile svg(dir.filePath(QStringLiteral("plot.svg")));
    QVERIFY(svg.open(QIODevice::ReadOnly));
    QVERIFY(svg.readAll().contains("A title"));
    QVERIFY(!exportPlot(*plot, dir.filePath(QStringLiteral("no/such/plot.png")), {}));
    QVERIFY(!exportPlot(*plot, dir.filePath(QStringLiteral("no/such/plot.csv")), {}));
  }

  void emptyPlotsStayQuiet() {
    JaccardMatrix matrix;
    UpsetBars upset;
    SharedBars shared;
    ChoiceCounts choices;
    OverlapBars overlap;
    for (ItemPlot* plot : std::initializer_list<ItemPlot*>{&matrix, &upset, &shared, &choices, &overlap}) {
      plot->resize(400, 300);
      QVERIFY(!plot->grab().isNull());
      QTest::keyClick(plot, Qt::Key_Right);
      hover(*plot, {200, 150});
      QCOMPARE(plot->currentItem(), -1);
    }
  }

  void matrixShowsValueOverChance() {
    JaccardMatrix matrix;
    matrix.setPairs({QStringLiteral("a"), QStringLiteral("b")}, test::taskColors(2), {NAN, 0.5, 0.5, NAN}, {NAN, 0.01, 0.01, NAN});
    matrix.resize(260, 220);
    QVERIFY(matrix.showsNumbers());
    QCOMPARE(matrix.itemName(1), QStringLiteral("a and b"));
    const QStringList lines = matrix.itemLines(1);
    QCOMPARE(lines[0].section(QLatin1Char('\t'), 1), QStringLiteral("0.5000"));
    QCOMPARE(lines[1].section(QLatin1Char('\t'), 1), QStringLiteral("0.01"));
    QCOMPARE(lines[2].section(QLatin1Char('\t'), 1), QStringLiteral("50"));
    QVERIFY(matrix.itemLines(0).isEmpty());  // the diagonal
    QCOMPARE(matrix.table().rows,
             (QList<QStringList>{{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("0.5"), QStringLiteral("0.01")}}));
    test::fill(matrix, 64);
    QVERIFY(!matrix.showsNumbers());
    // The keys walk the grid in both directions.
    test::fill(matrix, 3);
    QTest::keyClick(&matrix, Qt::Key_Right);
    QCOMPARE(matrix.currentItem(), 1);
    QTest::keyClick(&matrix, Qt::Key_Down);
    QCOMPARE(matrix.currentItem(), 4);
    QTest::keyClick(&matrix, Qt::Key_Left);
    QCOMPARE(matrix.currentItem(), 3);
  }

  void upsetSortsAndChooses() {
    UpsetBars upset;
    QList<SetCombination> mixedUp = test::combinations(3);
    std::reverse(mixedUp.begin(), mixedUp.end());
    upset.setCombinations(test::taskNames(3), test::taskColors(3), test::selectedCounts(3), mixedUp);
    upset.resize(700, 320);
    for (int i = 1; i < upset.itemCount(); ++i) QVERIFY(upset.combination(i - 1).count >= upset.combination(i).count);
    QCOMPARE(upset.itemName(0), QStringLiteral("chosen by all"));
    QCOMPARE(upset.itemName(1), QStringLiteral("only textures"));
    QSignalSpy chosen(&upset, &UpsetBars::combinationActivated);
    QTest::keyClick(&upset, Qt::Key_Right);
    QTest::keyClick(&upset, Qt::Key_Right);
    QTest::keyClick(&upset, Qt::Key_Return);
    QVERIFY(chosen.takeFirst().at(0).value<Members>() == upset.combination(1).members);
    QVERIFY(upset.chosen() == upset.combination(1).members);
    QTest::keyClick(&upset, Qt::Key_Return);  // again: none
    QVERIFY(chosen.takeFirst().at(0).value<Members>().isEmpty());
    // By the pointer: the first bar stands at the left end.
    hover(upset, {1, 1});
    QCOMPARE(upset.currentItem(), -1);
    int found = -1;
    for (int x = 0; x < upset.width() && found < 0; x += 4) {
      hover(upset, {double(x), 100});
      found = upset.currentItem();
    }
    QCOMPARE(found, 0);
    // Other selections: what was chosen means nothing any more.
    upset.setChosen(1);
    upset.setCombinations(test::taskNames(2), test::taskColors(2), test::selectedCounts(2), test::combinations(2));
    QVERIFY(upset.chosen().isEmpty());
    // What does not fit is left out, not squeezed.
    upset.setCombinations(test::taskNames(20), test::taskColors(20), test::selectedCounts(20), test::combinations(20));
    QVERIFY(upset.shownCount() < upset.itemCount());
    QVERIFY(upset.shownCount() > 5);
  }

  // Very many: all are counted and told; those without a row of their own share the last one.
  void upsetOfVeryMany() {
    UpsetBars upset;
    const int n = 130;
    QList<SetCombination> groups{{Members::firstOnes(n), 900}};
    Members last, pair;
    last.add(129);
    pair.add(0), pair.add(100);
    groups << SetCombination{last, 500} << SetCombination{pair, 300};
    upset.setCombinations(test::taskNames(n), test::taskColors(n), QList<qint64>(n, 1000), groups);
    QVERIFY(upset.minimumSizeHint().height() < 800);
    upset.resize(700, upset.minimumSizeHint().height());
    QVERIFY(upset.shownRows() >= 60 && upset.shownRows() < n);
    QCOMPARE(upset.itemName(0), QStringLiteral("chosen by all"));
    QCOMPARE(upset.itemName(1), QStringLiteral("only task 130"));
    QVERIFY(upset.itemName(2).startsWith(QStringLiteral("only by textures, task 101")));
    QVERIFY(upset.itemLines(0).size() < 20);
    QVERIFY(upset.itemLines(0).last().contains(QStringLiteral("118 more")));
    const PlotTable table = upset.table();
    QCOMPARE(table.header.size(), n + 2);
    QCOMPARE(table.rows[1].last(), QStringLiteral("1"));
    QCOMPARE(table.rows[1].count(QStringLiteral("1")), 2);  // it alone, by one
    QCOMPARE(table.rows[2][102], QStringLiteral("1"));
    QSignalSpy chosen(&upset, &UpsetBars::combinationActivated);
    QTest::keyClick(&upset, Qt::Key_Right);
    QTest::keyClick(&upset, Qt::Key_Right);
    QTest::keyClick(&upset, Qt::Key_Return);
    QVERIFY(chosen.takeFirst().at(0).value<Members>().has(129));
  }

  // Every pair has its cell within the plot.
  void matrixOfVeryMany() {
    JaccardMatrix matrix;
    test::fill(matrix, 130);
    QVERIFY(matrix.minimumSizeHint().height() < 900);
    matrix.resize(260, matrix.minimumSizeHint().height());
    QSet<int> found;
    for (int y = 0; y < matrix.height(); ++y) {
      hover(matrix, {double(matrix.width() - 12), double(y)});
      if (matrix.currentItem() >= 0) found.insert(matrix.currentItem() / 130);
    }
    QCOMPARE(found.size(), 130);
  }

  void sharedBarsStackWhatIsShared() {
    SharedBars bars;
    bars.setBlocks(test::sharedBlocks(6), 6);
    bars.resize(700, 300);
    const QImage six = bars.grab().toImage();
    QVERIFY(holdsColor(six, Theme::instance().runColor(2), 200));
    QVERIFY(holdsColor(six, Theme::instance().runColor(4), 200));
    QVERIFY(holdsColor(six, Theme::instance().color(Token::Ghost), 200));
    bars.setBlocks(test::sharedBlocks(2), 2);  // what several share is what both share
    QVERIFY(!holdsColor(bars.grab().toImage(), Theme::instance().runColor(4), 4));
    const auto lines = bars.itemLines(1).join(QLatin1Char(' '));
    QVERIFY2(lines.contains(QStringLiteral("55.0 %")), qPrintable(lines));
    bars.setMeasure(SharedBars::Measure::Count);
    QVERIFY(holdsColor(bars.grab().toImage(), Theme::instance().runColor(2), 200));
    // A block in which nothing was chosen has no bar and no numbers.
    bars.setBlocks({{QStringLiteral("0"), NAN, NAN, NAN, 0, 0, 0, 0, NAN, NAN}}, 2);
    QVERIFY(bars.itemLines(0)[0].endsWith(QStringLiteral("–")));
    const int legend = int(100 * bars.devicePixelRatioF() * bars.devicePixelRatioF());
    QVERIFY(!holdsColor(bars.grab().toImage(), Theme::instance().runColor(2), legend));
  }

  void choiceCountsTellTheirShare() {
    ChoiceCounts counts;
    counts.setCounts({600, 300, 100}, {900, 9, 0.03});
    QCOMPARE(counts.itemName(2), QStringLiteral("chosen by all 3"));
    QCOMPARE(counts.itemLines(1)[1].section(QLatin1Char('\t'), 1), QStringLiteral("30.0 %"));
    QCOMPARE(counts.table().rows[2], (QStringList{QStringLiteral("3"), QStringLiteral("100"), QStringLiteral("0.03")}));
  }

  void textOnEveryFieldColourCanBeRead() {
    const auto luminance = [](const QColor& c) {
      const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
      return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
    };
    for (double t = 0; t <= 1; t += 0.02) {
      const double a = luminance(Theme::viridis(t)), b = luminance(readableOn(Theme::viridis(t)));
      QVERIFY2((std::max(a, b) + 0.05) / (std::min(a, b) + 0.05) >= 4.5, qPrintable(QString::number(t)));
    }
  }

  void repaintIsWithinAFrame() {
    for (const char* kind : {"matrix", "upset", "shared", "choices"}) {
      const auto plot = makePlot(QString::fromLatin1(kind), 6);
      plot->resize(900, 500);
      QImage image(plot->size(), QImage::Format_ARGB32_Premultiplied);
      plot->render(&image);
      std::vector<double> ms;
      for (int i = 0; i < 20; ++i) {
        const CpuTimer timer;
        plot->render(&image);
        ms.push_back(timer.ms());
      }
      std::sort(ms.begin(), ms.end());
      qInfo("%s: median %.2f ms", kind, ms[10]);
      QVERIFY2(ms[10] <= 16, kind);
    }
  }
};

GPS_WIDGET_TEST_MAIN(ComparisonPlotsTest)
#include "tst_comparisonplots.moc"
