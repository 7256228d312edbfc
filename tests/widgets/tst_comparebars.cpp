#include <QImage>
#include <QTest>

#include "widgets/comparebars.h"
#include "widgets/theme.h"

using namespace gps::ui;
using namespace Qt::StringLiterals;

class TestCompareBars : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { Theme::instance().apply(*qApp, ThemeName::Light); }

  void lengthsAreProportional() {
    CompareBars bars;
    bars.setRows({{u"a"_s, u"1"_s, 1, Tone::Accent, {}}, {u"b"_s, u"4"_s, 4, Tone::Accent, {}}});
    bars.resize(401, bars.sizeHint().height());
    const QImage image = bars.grab().toImage();
    QList<int> lengths;  // of runs of the accent colour, by row of pixels
    for (int y = 0; y < image.height(); ++y) {
      int count = 0;
      for (int x = 0; x < image.width(); ++x) count += image.pixelColor(x, y) == Theme::instance().toneColor(Tone::Accent);
      if (count > 40) lengths << count;
    }
    QVERIFY(!lengths.isEmpty());
    const auto [low, high] = std::minmax_element(lengths.begin(), lengths.end());
    QVERIFY2(std::abs(double(*high) / *low - 4) < 0.2, qPrintable(u"%1 to %2"_s.arg(*low).arg(*high)));
  }

  void theRowsAreTextToo() {
    CompareBars bars;
    bars.setRows({{u"this run"_s, u"3 MB"_s, 3, Tone::Accent, {}}, {u"all weights"_s, u"90 MB"_s, 90, Tone::Neutral, {}}});
    QCOMPARE(bars.accessibleDescription(), u"this run: 3 MB\nall weights: 90 MB"_s);
    const int without = bars.sizeHint().height();
    bars.setLimit(50, u"free"_s);
    QVERIFY(bars.sizeHint().height() > without);
    bars.resize(300, bars.sizeHint().height());
    QVERIFY(!bars.grab().isNull());
  }
};

QTEST_MAIN(TestCompareBars)
#include "tst_comparebars.moc"
