#include "widgets/hovercard.h"

#include <algorithm>

#include "widgets/theme.h"
#include "widgets/themestyle.h"

namespace gps::ui {

void paintHoverCard(QPainter& painter, const QRectF& area, const QRectF& about, const QString& heading, const QStringList& lines,
                    double rise) {
  const Theme& theme = Theme::instance();
  const double u = theme.unit();
  const QFont small = theme.font(TextRole::Small), strong = theme.font(TextRole::Strong);
  const QFontMetricsF metrics(small), strongMetrics(strong);
  const double row = metrics.height() + u * 0.25;
  double names = 0, values = 0;
  for (const QString& line : lines) {
    names = std::max(names, metrics.horizontalAdvance(line.section(u'\t', 0, 0)));
    values = std::max(values, metrics.horizontalAdvance(line.section(u'\t', 1)));
  }
  const double w = std::min(area.width(), std::max(strongMetrics.horizontalAdvance(heading), names + values + u * 3) + u * 3);
  const double inner = w - u * 3;
  const double h = strongMetrics.height() + u * 0.5 + row * double(lines.size()) + u * 2.25;
  double x = about.center().x() < area.center().x() ? about.right() + u : about.left() - u - w;
  x = std::clamp(x, area.left(), std::max(area.left(), area.right() - w));
  const double y = std::clamp(about.top() - h * rise, area.top(), std::max(area.top(), area.bottom() - h));
  QColor shadow = Theme::color(Token::Text, ThemeName::Light);
  shadow.setAlphaF(0.07f);
  drawRounded(painter, QRectF(x, y + 2, w, h), u * 0.75, shadow);
  drawRounded(painter, QRectF(x, y, w, h), u * 0.75, theme.color(Token::Surface), theme.color(Token::Line), theme.lineWidth());
  painter.setFont(strong);
  painter.setPen(theme.color(Token::Text));
  painter.drawText(QRectF(x + u * 1.5, y + u, inner, strongMetrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                   strongMetrics.elidedText(heading, Qt::ElideRight, inner));
  painter.setFont(small);
  double at = y + u + strongMetrics.height() + u * 0.5;
  for (const QString& line : lines) {
    const QRectF r(x + u * 1.5, at, inner, row);
    const QString value = line.section(u'\t', 1);
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(r, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(line.section(u'\t', 0, 0), Qt::ElideRight, inner - metrics.horizontalAdvance(value) - u));
    painter.setPen(theme.color(Token::Text));
    painter.drawText(r, Qt::AlignRight | Qt::AlignVCenter, value);
    at += row;
  }
}

}  // namespace gps::ui
