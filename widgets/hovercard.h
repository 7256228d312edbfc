#pragma once
#include <QPainter>
#include <QStringList>

namespace gps::ui {

// A card of exact numbers: heading, and lines "name<TAB>value". Beside `about`, on the side with more room, inside `area`.
void paintHoverCard(QPainter& painter, const QRectF& area, const QRectF& about, const QString& heading, const QStringList& lines);

}  // namespace gps::ui
