#pragma once
// Closed outlines of a field by marching squares. Picture coordinates: the centre of pixel (x, y) is (x + 0.5, y + 0.5).
#include <QList>
#include <QPolygonF>

#include "core/values/image.h"
#include "widgets/pyramids.h"

namespace gps::ui {

// Where the probability crosses the threshold, between pixels by linear interpolation; holes run the other way round.
// Regions that touch the border are closed along it. Linear in the number of pixels.
QList<QPolygonF> contoursOf(const ProbabilityMap& map, double threshold);
QList<QPolygonF> contoursOf(const MaskImage& mask);

// The same of a level of a pyramid, still in coordinates of the whole picture; 127.5 for masks. Looks only where the field crosses the
// threshold: linear in the length of the outline.
template <typename T>
QList<QPolygonF> contoursOf(const FieldLevel<T>& field, int level, double threshold);

}  // namespace gps::ui
