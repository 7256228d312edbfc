#include "widgets/plotpaint.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {

double luminance(const QColor& color) {
  const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

QPen dashes(const QColor& color) {
  QPen pen(color, 1.5);
  pen.setDashPattern({2, 1.6});
  return pen;
}

}  // namespace

double niceCeil(double value) {
  if (!(value > 0)) return 1;
  const double power = std::pow(10.0, std::floor(std::log10(value)));
  for (const double m : {1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0})
    if (value <= m * power * (1 + 1e-9)) return m * power;
  return 10 * power;
}

QList<double> niceTicks(double top) {
  const double power = std::pow(10.0, std::floor(std::log10(top) + 1e-9)), lead = top / power;
  const double by = power * (lead < 1.2 ? 0.2 : lead < 2.8 ? 0.5 : lead < 5.5 ? 1 : 2);
  QList<double> ticks;
  for (int i = 0; i * by <= top * 1.001; ++i) ticks << i * by;
  return ticks;
}

QString axisCount(double value) {
  const auto text = [](double v) { return QString::number(v, 'g', 3); };
  if (value >= 1e6) return text(value / 1e6) % u'M';
  if (value >= 1e3) return text(value / 1e3) % u'k';
  return text(value);
}

QString axisShare(double value) { return QString::number(value * 100, 'g', 3) % u" %"_s; }

QString shortBlock(const QString& block) {
  if (block == u"patch_embed"_s) return QCoreApplication::translate("gps::ui::BlockBars", "patch");
  if (block.startsWith(u"downsample."_s)) return u"↓"_s % block.mid(11);
  if (block == u"decoder"_s) return QCoreApplication::translate("gps::ui::BlockBars", "decoder");
  if (block == u"neck"_s) return QCoreApplication::translate("gps::ui::BlockBars", "neck");
  return block;
}

QColor readableOn(const QColor& under) {
  // The contrast with black is (L + 0.05) / 0.05, that with white 1.05 / (L + 0.05).
  const double light = luminance(under) + 0.05;
  return light * light > 0.05 * 1.05 ? Qt::black : Qt::white;
}

void paintMark(QPainter& painter, const QPointF& centre, const QColor& color, const QString& number) {
  QFont font = Theme::instance().font(TextRole::Caption);
  font.setWeight(QFont::DemiBold);
  const double side = Theme::instance().unit() * kMarkUnits;
  const double width = std::max(side, QFontMetricsF(font).horizontalAdvance(number) + 4);
  const QRectF box(centre.x() - width / 2, centre.y() - side / 2, width, side);
  drawRounded(painter, box, 3, color);
  painter.setFont(font);
  painter.setPen(readableOn(color));
  painter.drawText(box, Qt::AlignCenter, number);
}

void paintChanceTick(QPainter& painter, double left, double right, double y, ThemeName theme) {
  QColor halo = Theme::color(Token::Surface, theme);
  halo.setAlphaF(0.55f);
  painter.setPen(QPen(halo, 3));
  painter.drawLine(QPointF(left, y), QPointF(right, y));
  painter.setPen(dashes(Theme::color(Token::Text, theme)));
  painter.drawLine(QPointF(left, y), QPointF(right, y));
}

double paintLegend(QPainter& painter, const QPointF& at, double right, const QList<PlotLegend>& entries, ThemeName theme) {
  const double u = Theme::instance().unit(), chip = u;
  const QFont small = Theme::instance().font(TextRole::Small);
  const QFontMetricsF metrics(small);
  painter.setFont(small);
  double x = at.x();
  for (const PlotLegend& entry : entries) {
    const double mark = entry.isTick ? u * 2.25 : chip, w = mark + u * 0.5 + metrics.horizontalAdvance(entry.name) + u * 1.75;
    if (x + w - u * 1.75 > right) break;
    if (entry.isTick) {
      painter.setPen(dashes(Theme::color(Token::Text, theme)));
      painter.drawLine(QPointF(x, at.y() + metrics.height() / 2), QPointF(x + mark, at.y() + metrics.height() / 2));
    } else {
      drawRounded(painter, QRectF(x, at.y() + (metrics.height() - chip) / 2, chip, chip), 2, entry.color);
    }
    painter.setPen(Theme::color(Token::Text2, theme));
    painter.drawText(QPointF(x + mark + u * 0.5, at.y() + metrics.ascent()), entry.name);
    x += w;
  }
  return x;
}

void paintGrid(QPainter& painter, const QRectF& plot, const QList<double>& ticks, double top, bool isShare, ThemeName theme) {
  const double u = Theme::instance().unit();
  const QFont small = Theme::instance().font(TextRole::Small);
  const QFontMetricsF metrics(small);
  const QColor grid = Theme::gridColor(theme), text = Theme::color(Token::Text2, theme);
  painter.setFont(small);
  for (const double t : ticks) {
    const double y = std::round(plot.bottom() - plot.height() * t / top) + 0.5;
    painter.setPen(QPen(t == ticks.first() ? mixed(grid, text, 0.35) : grid, 1));
    painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    painter.setPen(text);
    painter.drawText(QRectF(0, y - metrics.height() / 2, plot.left() - u * 0.75, metrics.height()), Qt::AlignRight | Qt::AlignVCenter,
                     isShare ? axisShare(t) : axisCount(t));
  }
}

}  // namespace gps::ui
