#include "widgets/drawnexport.h"

#include <QFile>
#include <QImage>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace gps::ui {

bool exportDrawing(const QString& path, const QSize& size, const QString& title, const std::function<void(QPainter&)>& draw) {
  const auto onto = [&](QPaintDevice& device) {
    QPainter painter;
    if (!painter.begin(&device)) return false;
    painter.fillRect(QRect(QPoint(0, 0), size), Qt::white);
    draw(painter);
    return painter.end();
  };
  const bool isSvg = path.endsWith(QLatin1StringView(".svg"), Qt::CaseInsensitive);
  if (!isSvg && !path.endsWith(QLatin1StringView(".pdf"), Qt::CaseInsensitive)) {
    QImage image(size * 2, QImage::Format_RGB32);
    image.setDevicePixelRatio(2);
    return onto(image) && image.save(path);
  }
  QFile file(path);
  if (!file.open(QIODevice::WriteOnly)) return false;
  if (isSvg) {
    QSvgGenerator svg;
    svg.setOutputDevice(&file);
    svg.setSize(size);
    svg.setViewBox(QRect(QPoint(0, 0), size));
    svg.setTitle(title);
    return onto(svg) && file.flush();
  }
  QPdfWriter pdf(&file);
  pdf.setResolution(96);
  pdf.setPageSize(QPageSize(QSizeF(size) * 72.0 / 96.0, QPageSize::Point));
  pdf.setPageMargins({});
  pdf.setTitle(title);
  return onto(pdf) && file.flush();
}

bool exportText(const QString& path, const QString& text) {
  QSaveFile file(path);
  const QByteArray bytes = text.toUtf8();
  return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
}

}  // namespace gps::ui
