#pragma once
// The sheet a painted plot is exported on: white, with margins and a title.
#include <QPaintDevice>
#include <QPainter>
#include <QSize>
#include <QString>

#include "widgets/theme.h"

namespace gps::ui {

inline QSize plotSheet(const QString& title) {
  const Theme& theme = Theme::instance();
  return {theme.px(92 + 4), theme.px(46 + 4 + (title.isEmpty() ? 0 : 3))};
}

// paint: into an area whose corner is the origin. False: the device cannot be painted on.
template <typename Paint>
bool drawPlotSheet(QPaintDevice& device, const QString& title, const Paint& paint) {
  const Theme& theme = Theme::instance();
  const QSize whole = plotSheet(title);
  QPainter painter;
  if (!painter.begin(&device)) return false;
  painter.fillRect(QRect(QPoint(0, 0), whole), Qt::white);
  painter.translate(theme.px(2), theme.px(2));
  if (!title.isEmpty()) {
    painter.setFont(theme.font(TextRole::Title));
    painter.setPen(Theme::color(Token::Text, ThemeName::Light));
    painter.drawText(QRectF(0, 0, theme.px(92), theme.px(3)), Qt::AlignLeft | Qt::AlignTop, title);
    painter.translate(0, theme.px(3));
  }
  paint(painter, QRectF(0, 0, theme.px(92), theme.px(46)));
  return painter.end();
}

}  // namespace gps::ui
