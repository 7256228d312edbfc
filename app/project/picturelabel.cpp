#include "app/project/picturelabel.h"

#include <QFontMetrics>
#include <QPainter>
#include <algorithm>

#include "widgets/theme.h"

namespace gps::app {

void drawPictureLabel(QImage& picture, const QString& text, Qt::Alignment corner) {
  if (text.isEmpty()) return;
  QPainter painter(&picture);
  QFont font = painter.font();
  font.setPixelSize(std::max(11, picture.height() / 24));
  painter.setFont(font);
  const QFontMetrics metrics(font);
  const int pad = font.pixelSize() / 2;
  const QString shown = metrics.elidedText(text, Qt::ElideRight, std::max(0, picture.width() - 4 * pad));
  const QSize size(metrics.horizontalAdvance(shown) + 2 * pad, metrics.height() + pad);
  const QRect box(QPoint(corner.testFlag(Qt::AlignRight) ? picture.width() - pad - size.width() : pad,
                         corner.testFlag(Qt::AlignBottom) ? picture.height() - pad - size.height() : pad),
                  size);
  painter.fillRect(box, ui::Theme::overlayColor(ui::OverlayPart::Halo));
  painter.setPen(ui::Theme::overlayColor(ui::OverlayPart::Truth));
  painter.drawText(box, Qt::AlignCenter, shown);
}

}  // namespace gps::app
