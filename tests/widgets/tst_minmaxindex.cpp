#include <cmath>
#include <limits>
#include <random>

#include "tests/widgets/widgettest.h"
#include "widgets/minmaxindex.h"

using namespace gps::ui;

class MinMaxIndexTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // Every stretch against a plain loop, grown value by value and built at once.
  void agreesWithALoop_data() {
    QTest::addColumn<int>("size");
    for (const int size : {1, 2, 15, 16, 17, 255, 256, 257, 5000}) QTest::newRow(qPrintable(QString::number(size))) << size;
  }
  void agreesWithALoop() {
    QFETCH(int, size);
    std::mt19937 random(7);
    QList<double> values;
    MinMaxIndex grown, built;
    for (int i = 0; i < size; ++i) {
      const double v = double(random() % 100000);
      values.append(random() % 7 == 0 ? std::numeric_limits<double>::quiet_NaN() : v);
      grown.extend(values);
    }
    built.rebuild(values);
    for (int trial = 0; trial < 400; ++trial) {
      qsizetype from = qsizetype(random() % unsigned(size + 1)), to = qsizetype(random() % unsigned(size + 1));
      if (from > to) std::swap(from, to);
      double low = std::numeric_limits<double>::quiet_NaN(), high = low;
      for (qsizetype i = from; i < to; ++i) low = std::fmin(low, values[i]), high = std::fmax(high, values[i]);
      for (const MinMaxIndex* index : {&grown, &built}) {
        const auto range = index->over(values, from, to);
        QVERIFY((std::isnan(low) && std::isnan(range.low)) || range.low == low);
        QVERIFY((std::isnan(high) && std::isnan(range.high)) || range.high == high);
      }
    }
  }
};

GPS_WIDGET_TEST_MAIN(MinMaxIndexTest)
#include "tst_minmaxindex.moc"
