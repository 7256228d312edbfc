#include "widgets/drawnexport.h"

#include <QPainter>

#include "widgets/theme.h"

namespace gps::ui {

bool drawTitled(QPaintDevice& device, const PlotSource& source, const QString& heading, const QString& title,
                const std::function<void(QPainter&)>& draw) {
  const Theme& theme = Theme::instance();
  const double margin = theme.unit() * 2, head = theme.unit() * 3;
  const QSize whole = source.exportSize(title);
  QPainter painter;
  if (!painter.begin(&device)) return false;
  painter.fillRect(QRect(QPoint(0, 0), whole), Qt::white);
  painter.translate(margin, margin);
  painter.setFont(theme.font(TextRole::Title));
  painter.setPen(Theme::color(Token::Text, ThemeName::Light));
  painter.drawText(QRectF(0, 0, whole.width() - 2 * margin, head - theme.unit() / 2), Qt::AlignLeft | Qt::AlignVCenter, heading);
  painter.translate(0, head);
  draw(painter);
  return painter.end();
}

}  // namespace gps::ui
