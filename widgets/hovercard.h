#pragma once
#include <QPainter>
#include <QStringList>

namespace gps::ui {

// A card of exact numbers: heading, and lines "name<TAB>value". Beside `about`, on the side with more room, inside `area`; by `rise` of its
// height above the top of `about`.
void paintHoverCard(QPainter& painter, const QRectF& area, const QRectF& about, const QString& heading, const QStringList& lines,
                    double rise = 1.0 / 3);

}  // namespace gps::ui
