#pragma once
// The frame of exported pictures that widgets draw themselves.
#include <QString>
#include <functional>

#include "widgets/plotsource.h"

class QPainter;

namespace gps::ui {

// On white, `heading` in the title's type above what draw paints; all of source.exportSize(title). False: the device cannot be drawn on.
bool drawTitled(QPaintDevice& device, const PlotSource& source, const QString& heading, const QString& title,
                const std::function<void(QPainter&)>& draw);

}  // namespace gps::ui
