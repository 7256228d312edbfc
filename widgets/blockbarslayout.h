#pragma once
// Private to BlockBars: where things stand for a given size.
#include <QFont>
#include <QList>
#include <QRectF>

#include "widgets/blockbars.h"

namespace gps::ui {

struct BlockBars::Layout {
  QRectF plot;      // inside the axes
  double step = 0;  // from bar to bar
  double barWidth = 0;
  double low = 0, high = 1;  // of the value axis
  QList<double> ticks;
  bool log = false;

  double y(double value) const;  // of the axis, clamped to the plot
  QRectF bar(int index) const {  // full height
    return {plot.left() + step * index + (step - barWidth) / 2, plot.top(), barWidth, plot.height()};
  }
};

}  // namespace gps::ui
