#pragma once
// What painted plots have in common. Colours are those of a theme by name, so that exports are always on white.
#include <QColor>
#include <QFont>
#include <QPainter>
#include <QString>

#include "widgets/theme.h"

namespace gps::ui {

// The next 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 × 10^n; 1 for nothing.
double niceCeil(double value);
// 0 … top in four to six steps.
QList<double> niceTicks(double top);
QString axisCount(double value);  // "25k", "1.5M"
QString axisShare(double value);  // "40 %"
QString shortBlock(const QString& block);

// Black or white, whichever reads better on `under`: a contrast of 4.5 or more on any colour.
QColor readableOn(const QColor& under);

// The mark of a selection, the same wherever it appears: its colour with its number inside. side: units.
inline constexpr double kMarkUnits = 1.75;
void paintMark(QPainter& painter, const QPointF& centre, const QColor& color, const QString& number);

// A dashed line with a halo, which can be read on every bar: the level that chance would reach.
void paintChanceTick(QPainter& painter, double left, double right, double y, ThemeName theme);

struct PlotLegend {
  QString name;
  QColor color;
  bool isTick = false;  // drawn as a chance tick
};
// One row, as far as it fits; returns where it ends.
double paintLegend(QPainter& painter, const QPointF& at, double right, const QList<PlotLegend>& entries, ThemeName theme);

// Horizontal hairlines with their figures at the left of `plot`.
void paintGrid(QPainter& painter, const QRectF& plot, const QList<double>& ticks, double top, bool isShare, ThemeName theme);

}  // namespace gps::ui
