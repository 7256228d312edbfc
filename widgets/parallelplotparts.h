#pragma once
// Private to ParallelPlot: where things stand.
#include <cmath>

#include "widgets/parallelplot.h"

namespace gps::ui {

struct ParallelPlot::Frame {
  QRectF area;  // of the axes
  double x(const ParallelPlot& plot, int axis) const {
    const int gaps = plot.axisCount() - 1;
    return gaps > 0 ? area.left() + area.width() * axis / gaps : area.center().x();
  }
  double y(const Axis& axis, double value) const {
    if (std::isnan(value) && axis.hasMissing) return area.bottom();
    return area.bottom() - axis.scale.at(value) * area.height();
  }
  // y is NaN where the line is broken: a category that is none.
  QPointF point(const ParallelPlot& plot, const ParallelLine& line, int axis) const {
    return {x(plot, axis), y(plot.m_axes[axis], line.values.value(axis, std::numeric_limits<double>::quiet_NaN()))};
  }
};

}  // namespace gps::ui
