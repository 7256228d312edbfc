#pragma once
// Private to HeatStrip: where things stand for a given size.
#include <QRectF>

#include "widgets/heatstrip.h"

namespace gps::ui {

struct HeatStrip::Frame {
  QRectF picks;  // the inputs' histogram
  QRectF map;    // the cells
  QRectF foot;   // the range
};

}  // namespace gps::ui
