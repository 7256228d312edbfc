#pragma once
// Private to CurvePlot: what a series keeps and the layer over the plot. Included in .cpp files only.
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "widgets/curveplot.h"
#include "widgets/format.h"
#include "widgets/minmaxindex.h"
#include "widgets/qcustomplotwrapper.h"

namespace gps::ui {

struct CurvePlot::Series {
  QString name;
  int runIndex = 0;
  bool dashed = false, right = false, visible = true;
  bool smooths = true;      // takes part in setSmoothing
  QCPGraph* raw = nullptr;  // faint while a smoothed line lies over it; where points are dense the upper edge of the band …
  QCPGraph* low = nullptr;  // … and this is its lower edge
  QCPGraph* smoothed = nullptr;
  QCPGraph *bandLow = nullptr, *bandHigh = nullptr;  // once the series has had a band of its own
  QList<double> x, y;                                // a y that is NaN is a gap
  QList<double> smooth;
  MinMaxIndex values, smoothValues;
  qsizetype finite = 0;
  bool isOrdered = true, isBand = false;
  // Kept while points come, so that a point costs the same whether it is the tenth or the millionth.
  double xLow, xHigh, xLowPositive, yLow, yHigh, yLowPositive;
  double average = 0, weight = 0;  // running exponential mean and the sum of its weights

  Series() { resetBounds(); }
  void resetBounds() {
    xLow = xHigh = xLowPositive = yLow = yHigh = yLowPositive = std::numeric_limits<double>::quiet_NaN();
    finite = 0;
  }
  void widen(double px, double py) {
    if (std::isnan(py)) return;
    ++finite;
    xLow = std::fmin(xLow, px), xHigh = std::fmax(xHigh, px), yLow = std::fmin(yLow, py), yHigh = std::fmax(yHigh, py);
    if (py > 0) yLowPositive = std::fmin(yLowPositive, py);
    if (px > 0) xLowPositive = std::fmin(xLowPositive, px);
  }
  // The next value of the smoothed line; a gap stays one. Divided by the sum of weights, so that the first points are not pulled
  // towards zero.
  double smoothNext(double value, double by) {
    if (std::isnan(value)) return value;
    average = by * average + (1 - by) * value;
    weight = by * weight + (1 - by);
    return average / weight;
  }
};

// More points in view than this are drawn without discs.
constexpr int kMostDots = 30;

// Steps and epochs are counted: no ticks between whole numbers, none at 2.5; but where the user zooms in, everything has a number.
class WholeTicker : public QCPAxisTicker {
 public:
  bool hasFractions = false;

 protected:
  double getTickStep(const QCPRange& range) override {
    const double rough = range.size() / std::max(1, tickCount()), least = hasFractions ? 0.0 : 1.0;
    const double power = std::pow(10.0, std::floor(std::log10(std::max(rough, 1e-12))));
    for (const double m : {1.0, 2.0, 5.0, 10.0})
      if (rough <= m * power) return std::max(least, m * power);
    return std::max(least, 10 * power);
  }
  int getSubTickCount(double) override { return 0; }
};

// Small numbers as settings are written: 2e-4 beside 1e-4, not 0.0002 beside 5e-05.
inline QString plotNumber(double value, int digits) {
  const bool isSmall = std::isfinite(value) && value != 0 && std::abs(value) < 1e-3;
  return isSmall ? settingNumber(QString::number(value, 'g', digits).toDouble()) : significant(value, digits);
}

class ValueTicker : public QCPAxisTicker {
 protected:
  QString getTickLabel(double tick, const QLocale& locale, QChar format, int precision) override {
    return tick == 0 || std::abs(tick) >= 1e-3 ? QCPAxisTicker::getTickLabel(tick, locale, format, precision) : plotNumber(tick, precision);
  }
};

// Draws hover line, values and placeholder without a replot.
class CurvePlot::Canvas : public QWidget {
 public:
  explicit Canvas(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
  }
  std::function<void(QPainter&)> onPaint;

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    onPaint(painter);
  }
};

}  // namespace gps::ui
