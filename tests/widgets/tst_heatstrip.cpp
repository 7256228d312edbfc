#include <QFile>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/widgets/widgettest.h"
#include "widgets/heatstrip.h"

using namespace gps;
using namespace gps::ui;

namespace {

// |score| of an entry; entry (r, c) is picked when c == r % columns.
double scoreOf(std::int64_t row, std::int64_t column) { return 1e-6 * std::pow(1.07, double((row * 31 + column * 17) % 97)); }

LayerTile tileOf(std::int64_t rows, std::int64_t columns, TileWindow w) {
  if (w.rows == 0) w.rows = rows - w.firstRow;
  if (w.columns == 0) w.columns = columns - w.firstColumn;
  if (w.height == 0 || w.height > w.rows) w.height = int(w.rows);
  if (w.width == 0 || w.width > w.columns) w.width = int(w.columns);
  LayerTile tile;
  tile.window = w;
  for (int y = 0; y < w.height; ++y)
    for (int x = 0; x < w.width; ++x) {
      double most = 0;
      std::uint32_t picks = 0;
      for (auto r = w.firstRow + tile.rowEdge(y); r < w.firstRow + tile.rowEdge(y + 1); ++r)
        for (auto c = w.firstColumn + tile.columnEdge(x); c < w.firstColumn + tile.columnEdge(x + 1); ++c) {
          most = std::max(most, scoreOf(r, c));
          picks += c == r % columns;
        }
      tile.score.push_back(float(most));
      tile.picks.push_back(picks);
    }
  return tile;
}

}  // namespace

class HeatStripTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cleanup() { Theme::instance().setTextScale(1), Theme::instance().setName(ThemeName::Light); }

  void asksForWhatIsInView() {
    HeatStrip strip;
    strip.resize(400, 260);
    QSignalSpy asked(&strip, &HeatStrip::windowChanged);
    show(strip, 300, 200);
    const TileWindow whole = strip.window();
    QVERIFY(asked.count() >= 1);
    QCOMPARE(asked.last()[0].value<TileWindow>(), whole);
    QCOMPARE(whole.firstRow, 0);
    QCOMPARE(whole.rows, 300);
    QCOMPARE(whole.columns, 200);
    QVERIFY(whole.width <= 200 && whole.height <= 300 && whole.width > 60);
    strip.zoom(4, QPointF(200, 120));
    const TileWindow part = strip.window();
    QCOMPARE(asked.last()[0].value<TileWindow>(), part);
    QVERIFY(part.columns < 60 && part.columns >= 50);
    QVERIFY(part.firstColumn > 50 && part.firstColumn < 100);
    QCOMPARE(part.width, int(part.columns));  // one cell a connection
    for (int i = 0; i < 12; ++i) strip.zoom(4, QPointF(200, 120));
    QVERIFY(strip.window().columns >= 10);  // connections stay small enough to have neighbours
    strip.showAll();
    QCOMPARE(strip.window(), whole);
  }

  void numbersAreThoseOfTheConnection() {
    HeatStrip strip;
    strip.resize(420, 300);
    show(strip, 300, 200);
    for (int i = 0; i < 6; ++i) strip.zoom(3, strip.pointOf(140, 90));
    strip.setTile(tileOf(300, 200, strip.window()));
    const TileWindow w = strip.window();
    QVERIFY(w.firstRow <= 140 && w.firstRow + w.rows > 140);
    const QStringList lines = strip.linesAt(strip.pointOf(140, 90));
    QCOMPARE(lines.first(), QStringLiteral("Neuron 140, input 90"));
    QCOMPARE(lines[1].section(QLatin1Char('\t'), 1).toDouble(), QString::number(scoreOf(140, 90), 'g', 4).toDouble());
    QCOMPARE(lines[2], QStringLiteral("selected\tno"));
    for (int i = 1; i < 5; ++i)  // the first ones stand partly outside
      for (int j = 1; j < 5; ++j) {
        const QStringList of = strip.linesAt(strip.pointOf(w.firstRow + i, w.firstColumn + j));
        QCOMPARE(of.size(), 4);
        QCOMPARE(of[2], w.firstColumn + j == (w.firstRow + i) % 200 ? QStringLiteral("selected\tyes") : QStringLiteral("selected\tno"));
      }
    QVERIFY(strip.linesAt(QPointF(5, 2)).isEmpty());  // over the histogram
  }

  void pooledCellsSaySo() {
    HeatStrip strip;
    strip.resize(300, 220);
    show(strip, 3000, 2000);
    const QStringList lines = strip.linesAt(QPointF(150, 120));
    QVERIFY2(lines.first().contains(QStringLiteral("–")), qPrintable(lines.first()));
    QVERIFY(lines[2].contains(QStringLiteral(" of ")));
  }

  void keysWalkZoomAndPan() {
    HeatStrip strip;
    strip.resize(420, 300);
    show(strip, 300, 200);
    strip.show();
    QTest::keyClick(&strip, Qt::Key_Right);
    QVERIFY(!strip.accessibleDescription().isEmpty());
    const QString first = strip.accessibleDescription();
    QTest::keyClick(&strip, Qt::Key_Right);
    QVERIFY(strip.accessibleDescription() != first);
    const TileWindow whole = strip.window();
    QTest::keyClick(&strip, Qt::Key_Plus);
    QTest::keyClick(&strip, Qt::Key_Plus);
    QVERIFY(strip.window().columns < whole.columns / 3);
    const auto before = strip.window().firstColumn;
    QTest::keyClick(&strip, Qt::Key_Left, Qt::ShiftModifier);
    QVERIFY(strip.window().firstColumn < before);
    QTest::keyClick(&strip, Qt::Key_F);
    QCOMPARE(strip.window(), whole);
    QTest::keyClick(&strip, Qt::Key_Escape);
  }

  void wheelNeedsTheFocus() {
    HeatStrip strip;
    strip.resize(420, 300);
    show(strip, 300, 200);
    const TileWindow whole = strip.window();
    QWheelEvent away(QPointF(200, 150), QPointF(200, 150), {}, QPoint(0, 240), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&strip, &away);
    QVERIFY(!away.isAccepted());
    QCOMPARE(strip.window(), whole);
  }

  void dragPans() {
    HeatStrip strip;
    strip.resize(420, 300);
    show(strip, 300, 200);
    strip.zoom(4, QPointF(210, 150));
    const auto before = strip.window().firstColumn;
    QTest::mousePress(&strip, Qt::LeftButton, {}, QPoint(200, 150));
    QMouseEvent move(QEvent::MouseMove, QPointF(300, 150), QPointF(300, 150), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&strip, &move);
    QTest::mouseRelease(&strip, Qt::LeftButton, {}, QPoint(300, 150));
    QVERIFY(strip.window().firstColumn < before);
  }

  // The brightest entry is drawn in the brightest colour, the smallest in the darkest.
  void coloursFollowTheScores() {
    HeatStrip strip;
    strip.resize(400, 300);
    LayerTile tile = tileOf(2, 2, {});
    tile.score = {1e-6f, 1e-4f, 1e-2f, 0};
    strip.setMatrix(QStringLiteral("small"), 2, 2);
    strip.setRange({1e-6, 1e-2, 1});
    strip.setOverview(tile);
    strip.setTile(tile);
    const QImage image = strip.grab().toImage();
    const auto colorAt = [&](int row, int column) {
      const QPointF at = strip.pointOf(row, column) * image.devicePixelRatio() + QPointF(-image.width() * 0.12, 0);
      return image.pixelColor(at.toPoint());
    };
    QCOMPARE(colorAt(1, 0), Theme::viridis(1));
    QCOMPARE(colorAt(0, 0), Theme::viridis(0));
    QCOMPARE(colorAt(1, 1), Theme::viridis(0));
    QVERIFY(std::abs(colorAt(0, 1).green() - Theme::viridis(0.5).green()) < 6);
  }

  void exportsAndEmptyStates() {
    QTemporaryDir dir;
    HeatStrip strip;
    strip.resize(300, 200);
    strip.setPlaceholder(QStringLiteral("nothing yet"));
    QVERIFY(!strip.grab().isNull());
    show(strip, 64, 48);
    for (const char* ending : {"png", "svg", "pdf", "csv"}) {
      const QString path = dir.filePath(QStringLiteral("layer.") + QString::fromLatin1(ending));
      QVERIFY(strip.exportTo(path, QStringLiteral("Which inputs matter?")));
      QVERIFY(QFile(path).size() > 500);
    }
    QCOMPARE(QImage(dir.filePath(QStringLiteral("layer.png"))).pixelColor(1, 1), QColor(Qt::white));
    QFile csv(dir.filePath(QStringLiteral("layer.csv")));
    QVERIFY(csv.open(QIODevice::ReadOnly));
    QVERIFY(csv.readLine().startsWith("first_neuron,"));
    QVERIFY(!strip.exportTo(dir.filePath(QStringLiteral("no/folder/a.csv")), {}));
  }

  void repaintIsWithinAFrame() {
    HeatStrip strip;
    strip.resize(600, 400);
    show(strip, 3072, 768);
    QImage image(strip.size(), QImage::Format_ARGB32_Premultiplied);
    std::vector<double> ms;
    for (int i = 0; i < 40; ++i) {
      const CpuTimer timer;
      strip.zoom(i % 8 < 4 ? 1.5 : 1 / 1.5, QPointF(300, 200));
      strip.render(&image);
      ms.push_back(timer.ms());
    }
    std::sort(ms.begin(), ms.end());
    qInfo("zoom and repaint: median %.2f ms, longest %.2f ms", ms[20], ms.back());
    QVERIFY2(ms[20] <= 16, qPrintable(QString::number(ms[20])));
  }

 private:
  static void show(HeatStrip& strip, int rows, int columns) {
    strip.setMatrix(QStringLiteral("blocks.2.mlp.fc1"), rows, columns);
    strip.setScoreName(QStringLiteral("|gradient|"));
    strip.setRange({1e-6, scoreOf(0, 0) * 700, 0});
    strip.setOverview(tileOf(rows, columns, {0, 0, 0, 0, 100, 100}));
    strip.setTile(tileOf(rows, columns, strip.window()));
    std::vector<std::int64_t> picks(std::size_t(columns), 0);
    for (int r = 0; r < rows; ++r) ++picks[std::size_t(r % columns)];
    strip.setPicks(picks);
  }
};

GPS_WIDGET_TEST_MAIN(HeatStripTest)
#include "tst_heatstrip.moc"
