#pragma once
// From values to places on an axis and back, linear or logarithmic, with ticks where people expect them.
#include <QList>

namespace gps::ui {

struct PlotScale {
  double low = 0, high = 1;  // low < high; both > 0 when logarithmic
  bool isLog = false;

  double at(double value) const;  // low: 0, high: 1; not clamped
  double valueAt(double place) const;
  // About so many round numbers inside, ascending; on a logarithmic scale 1, 2, 5 times powers of ten.
  QList<double> ticks(int about) const;

  // Over these values, with a little air; NaN is left out. wishesLog is granted when all are positive.
  static PlotScale over(const QList<double>& values, bool wishesLog, double air = 0.04);
};

}  // namespace gps::ui
