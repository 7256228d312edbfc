#include <QFile>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <algorithm>
#include <vector>

#include "tests/widgets/samples.h"
#include "tests/widgets/widgettest.h"
#include "widgets/blockbars.h"

using namespace gps;
using namespace gps::ui;

class BlockBarsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cleanup() { Theme::instance().setTextScale(1), Theme::instance().setName(ThemeName::Light); }

  void linesAreExact() {
    BlockBars bars;
    bars.setCounts(test::vitCounts(3, true));
    bars.setGhost(test::vitCounts(1, true), QStringLiteral("before: K = 1"));
    QCOMPARE(bars.blockCount(), 13);
    // 2304·3 + 3072·3 + 768·3, without proj.
    QCOMPARE(bars.blockLines(QStringLiteral("2")),
             QStringList({QStringLiteral("selected\t18,432"), QStringLiteral("of available\t7.08 M"), QStringLiteral("share\t0.26 %"),
                          QStringLiteral("before: K = 1\t6,144"), QStringLiteral("attn.qkv\t6,912"), QStringLiteral("attn.proj\texcluded"),
                          QStringLiteral("mlp.fc1\t9,216"), QStringLiteral("mlp.fc2\t2,304")}));
    bars.clearGhost();
    QCOMPARE(bars.blockLines(QStringLiteral("2")).size(), 7);
    QVERIFY(bars.blockLines(QStringLiteral("99")).isEmpty());
  }

  void meansStandSideBySide() {
    SelectionCounts counts;
    counts.perBlock = {{"0", "fc1", 10, 100, 5.0}, {"0", "fc2", 20, 100, 2.0}, {"1", "fc1", 0, 100}};
    BlockBars bars;
    bars.setCounts(counts);
    bars.setGhost(counts, QStringLiteral("before"));
    bars.resize(600, 360);
    bars.setMeasure(BlockBars::Measure::MeanScore);
    QVERIFY(bars.blockLines(QStringLiteral("0")).contains(QStringLiteral("mlp.fc1\t0.500")));
    QVERIFY(bars.blockLines(QStringLiteral("0")).contains(QStringLiteral("mean |score|\t0.233")));
    const QImage image = bars.grab().toImage();
    const auto heightOf = [&](const char* kind) {
      const QRgb color = Theme::instance().kindColor(QString::fromLatin1(kind)).rgb();
      int most = 0;
      for (int x = 0; x < image.width(); ++x) {
        int n = 0;
        for (int y = 0; y < image.height(); ++y) n += image.pixel(x, y) == color;
        most = std::max(most, n);
      }
      return most;
    };
    QVERIFY2(std::abs(double(heightOf("fc1")) / heightOf("fc2") - 5) < 0.4,
             qPrintable(QStringLiteral("%1 %2").arg(heightOf("fc1")).arg(heightOf("fc2"))));
    bars.setLogScale(true);
    QVERIFY(!bars.grab().isNull());
  }

  void segmentsAreFoundByTheirKind() {
    SelectionCounts counts;
    counts.perBlock = {{"0", "fc1", 100, 1000}, {"0", "fc2", 100, 1000}};
    BlockBars bars;
    bars.setCounts(counts);
    bars.resize(500, 400);
    bars.show();
    QSignalSpy segments(&bars, &BlockBars::segmentActivated), blocks(&bars, &BlockBars::blockActivated);
    const QImage image = bars.grab().toImage();
    for (const char* kind : {"fc1", "fc2"}) {
      const QRgb color = Theme::instance().kindColor(QString::fromLatin1(kind)).rgb();
      QPoint at;
      for (int y = 0; y < image.height() * 3 / 4 && at.isNull(); ++y)
        if (image.pixel(image.width() / 2 + 20, y) == color) at = QPoint(image.width() / 2 + 20, y + 12) / image.devicePixelRatio();
      QVERIFY(!at.isNull());
      QTest::mouseClick(&bars, Qt::LeftButton, {}, at);
      QCOMPARE(segments.last()[1].toString(), QString::fromLatin1(kind));
    }
    QCOMPARE(blocks.count(), 2);
  }

  void keysWalkAndActivate() {
    BlockBars bars;
    bars.setCounts(test::vitCounts(1));
    bars.resize(700, 360);
    bars.show();
    QSignalSpy hovered(&bars, &BlockBars::blockHovered), activated(&bars, &BlockBars::blockActivated);
    QTest::keyClick(&bars, Qt::Key_Return);
    QCOMPARE(activated.count(), 0);
    QTest::keyClick(&bars, Qt::Key_Right);
    QTest::keyClick(&bars, Qt::Key_Right);
    QTest::keyClick(&bars, Qt::Key_Return);
    QCOMPARE(hovered.last()[0].toString(), QStringLiteral("0"));
    QCOMPARE(activated[0][0].toString(), QStringLiteral("0"));
    QVERIFY(bars.accessibleDescription().contains(QStringLiteral("selected\t6,912")));
    QTest::keyClick(&bars, Qt::Key_End);
    QCOMPARE(hovered.last()[0].toString(), QStringLiteral("11"));
    QTest::keyClick(&bars, Qt::Key_Escape);
    QCOMPARE(hovered.last()[0].toString(), QString());
  }

  void mouseFindsTheBar() {
    BlockBars bars;
    bars.setCounts(test::vitCounts(1));
    bars.resize(700, 360);
    bars.show();
    QSignalSpy activated(&bars, &BlockBars::blockActivated);
    QTest::mouseClick(&bars, Qt::LeftButton, {}, QPoint(690, 200));
    QTest::mouseClick(&bars, Qt::LeftButton, {}, QPoint(2, 200));
    QCOMPARE(activated.count(), 1);
    QCOMPARE(activated[0][0].toString(), QStringLiteral("11"));
  }

  void fewerBlocksDropTheHover() {
    BlockBars bars;
    bars.resize(400, 300);
    bars.setCounts(test::vitCounts(1));
    QTest::keyClick(&bars, Qt::Key_End);
    SelectionCounts one;
    one.perBlock = {{"neck", "neck", 5, 10}};
    bars.setCounts(one);
    QCOMPARE(bars.blockCount(), 1);
    QVERIFY(!bars.grab().isNull());
    bars.setCounts({});
    QVERIFY(!bars.grab().isNull());
  }

  // The bar of the block with twice the weights is twice as high; read from the picture, since that is what people read.
  void heightsAreInProportion_data() {
    QTest::addColumn<double>("scale");
    QTest::newRow("1") << 1.0;
    QTest::newRow("2") << 2.0;
  }

  void heightsAreInProportion() {
    QFETCH(double, scale);
    Theme::instance().setTextScale(scale);
    SelectionCounts counts;
    counts.perBlock = {{"0", "fc1", 400, 1000}, {"1", "fc1", 800, 1000}};
    BlockBars bars;
    bars.setCounts(counts);
    bars.resize(int(500 * scale), int(400 * scale));
    const QImage image = bars.grab().toImage();
    const QRgb fc1 = Theme::instance().kindColor(QStringLiteral("fc1")).rgb();
    std::vector<int> heights;
    int run = 0;
    for (int x = 0; x < image.width(); ++x) {
      int n = 0;
      for (int y = 0; y < image.height(); ++y) n += image.pixel(x, y) == fc1;
      run = n > image.height() / 8 ? std::max(run, n) : run;
      if (n <= image.height() / 8 && run > 0) heights.push_back(run), run = 0;
    }
    QCOMPARE(int(heights.size()), 2);
    QVERIFY2(std::abs(double(heights[1]) / heights[0] - 2) < 0.04, qPrintable(QString::number(double(heights[1]) / heights[0])));
  }

  void repaintIsWithinAFrame() {
    BlockBars bars;
    bars.resize(1000, 420);
    bars.setGhost(test::vitCounts(1), QStringLiteral("before"));
    QImage image(bars.size(), QImage::Format_ARGB32_Premultiplied);
    std::vector<double> ms;
    for (int k = 1; k <= 64; ++k) {
      const CpuTimer timer;
      bars.setCounts(test::vitCounts(k));
      bars.render(&image);
      ms.push_back(timer.ms());
    }
    std::sort(ms.begin(), ms.end());
    qInfo("set and repaint: median %.2f ms, longest %.2f ms", ms[32], ms.back());
    QVERIFY2(ms[32] <= 16, qPrintable(QString::number(ms[32])));
  }

  void exportsAreOnWhiteInEveryTheme() {
    QTemporaryDir dir;
    Theme::instance().setName(ThemeName::Dark);
    BlockBars bars;
    bars.setCounts(test::vitCounts(3));
    for (const char* ending : {"png", "svg", "pdf", "csv"}) {
      const QString path = dir.filePath(QStringLiteral("bars.") + QString::fromLatin1(ending));
      QVERIFY(bars.exportTo(path, QStringLiteral("Selected weights per block")));
      QVERIFY(QFile(path).size() > 900);
    }
    const QImage image(dir.filePath(QStringLiteral("bars.png")));
    QCOMPARE(image.pixelColor(2, 2), QColor(Qt::white));
    QCOMPARE(image.pixelColor(image.width() - 3, image.height() - 3), QColor(Qt::white));
    QFile svg(dir.filePath(QStringLiteral("bars.svg")));
    QVERIFY(svg.open(QIODevice::ReadOnly));
    QVERIFY(svg.readAll().contains("Selected weights per block"));
    QVERIFY(!bars.exportTo(dir.filePath(QStringLiteral("no/such/folder/bars.svg")), {}));
    QVERIFY(!bars.exportTo(dir.filePath(QStringLiteral("no/such/folder/bars.png")), {}));
  }
};

GPS_WIDGET_TEST_MAIN(BlockBarsTest)
#include "tst_blockbars.moc"
