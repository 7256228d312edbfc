#pragma once
// Private to CurvePlot: what a series keeps and the layer over the plot. Included in .cpp files only.
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "widgets/curveplot.h"
#include "widgets/qcustomplotwrapper.h"

namespace gps::ui {

struct CurvePlot::Series {
  QString name;
  int runIndex = 0;
  bool dashed = false, right = false;
  bool smooths = true;      // takes part in setSmoothing
  QCPGraph* raw = nullptr;  // faint while a smoothed line lies over it
  QCPGraph* smoothed = nullptr;
  QCPGraph *bandLow = nullptr, *bandHigh = nullptr;  // once the series has had a band
  QList<double> x, y;
  // Kept while points come, so that a point costs the same whether it is the tenth or the millionth.
  double xLow, xHigh, yLow, yHigh, yLowPositive;

  Series() { resetBounds(); }
  void resetBounds() { xLow = xHigh = yLow = yHigh = yLowPositive = std::numeric_limits<double>::quiet_NaN(); }
  void widen(double px, double py) {
    xLow = std::fmin(xLow, px), xHigh = std::fmax(xHigh, px), yLow = std::fmin(yLow, py), yHigh = std::fmax(yHigh, py);
    if (py > 0) yLowPositive = std::fmin(yLowPositive, py);
  }
  double average = 0, weight = 0;  // running exponential mean and the sum of its weights
};

// More points than this are drawn without discs.
constexpr int kMostDots = 30;
constexpr int kDensePoints = 2000;

// Steps and epochs are counted: no ticks between whole numbers, none at 2.5.
class WholeTicker : public QCPAxisTicker {
 protected:
  double getTickStep(const QCPRange& range) override {
    const double rough = range.size() / std::max(1, tickCount());
    const double power = std::pow(10.0, std::floor(std::log10(std::max(rough, 1e-12))));
    for (const double m : {1.0, 2.0, 5.0, 10.0})
      if (rough <= m * power) return std::max(1.0, m * power);
    return std::max(1.0, 10 * power);
  }
  int getSubTickCount(double) override { return 0; }
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
