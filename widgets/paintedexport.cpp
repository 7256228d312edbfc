#include "widgets/paintedexport.h"

#include <QFile>
#include <QImage>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

#include "widgets/theme.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

bool exportPainted(const QString& path, const QSize& size, const QString& title,
                   const std::function<void(QPainter&, const QRectF& area)>& paint) {
  const Theme& theme = Theme::instance();
  const int margin = theme.px(2), heading = title.isEmpty() ? 0 : theme.px(3);
  const QSize whole(size.width() + 2 * margin, size.height() + heading + 2 * margin);
  const auto draw = [&](QPainter& painter) {
    painter.fillRect(QRect({0, 0}, whole), Qt::white);
    painter.translate(margin, margin);
    if (heading > 0) {
      painter.setFont(theme.font(TextRole::Title));
      painter.setPen(Theme::color(Token::Text, ThemeName::Light));
      painter.drawText(QRectF(0, 0, size.width(), heading), Qt::AlignLeft | Qt::AlignTop, title);
      painter.translate(0, heading);
    }
    paint(painter, QRectF(QPointF(0, 0), QSizeF(size)));
  };
  if (path.endsWith(".svg"_L1, Qt::CaseInsensitive) || path.endsWith(".pdf"_L1, Qt::CaseInsensitive)) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return false;
    QPainter painter;
    if (path.endsWith(".svg"_L1, Qt::CaseInsensitive)) {
      QSvgGenerator svg;
      svg.setOutputDevice(&file);
      svg.setSize(whole);
      svg.setViewBox(QRect({0, 0}, whole));
      svg.setTitle(title);
      if (!painter.begin(&svg)) return false;
      draw(painter);
      return painter.end() && file.flush();
    }
    QPdfWriter pdf(&file);
    pdf.setResolution(96);
    pdf.setPageSize(QPageSize(QSizeF(whole) * 72.0 / 96.0, QPageSize::Point));
    pdf.setPageMargins({});
    pdf.setTitle(title);
    if (!painter.begin(&pdf)) return false;
    draw(painter);
    return painter.end() && file.flush();
  }
  QImage image(whole * 2, QImage::Format_RGB32);
  image.setDevicePixelRatio(2);
  QPainter painter(&image);
  draw(painter);
  painter.end();
  return image.save(path);
}

}  // namespace gps::ui
