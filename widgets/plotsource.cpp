#include "widgets/plotsource.h"

#include <QImage>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>
#include <algorithm>

namespace gps::ui {

using namespace Qt::StringLiterals;

QImage plotPicture(const PlotSource& source, const QString& title, double scale) {
  const double factor = std::clamp(scale, 1.0, 4.0);
  QImage image((QSizeF(source.exportSize(title)) * factor).toSize(), QImage::Format_RGB32);
  image.setDevicePixelRatio(factor);
  image.fill(Qt::white);
  return source.drawExport(image, title) ? image : QImage();
}

bool exportPlot(const PlotSource& source, const QString& path, const QString& title, double scale) {
  const auto ends = [&path](QLatin1StringView ending) { return path.endsWith(ending, Qt::CaseInsensitive); };
  if (!ends(".png"_L1) && !ends(".svg"_L1) && !ends(".pdf"_L1)) return saveTable(source.exportTable(), path);
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly)) return false;
  if (ends(".png"_L1)) {
    const QImage image = plotPicture(source, title, scale);
    return !image.isNull() && image.save(&file, "PNG") && file.commit();
  }
  const QSize whole = source.exportSize(title);
  bool drawn = false;
  if (ends(".svg"_L1)) {
    QSvgGenerator svg;
    svg.setOutputDevice(&file);
    svg.setSize(whole);
    svg.setViewBox(QRect(QPoint(0, 0), whole));
    svg.setTitle(title);
    drawn = source.drawExport(svg, title);
  } else {
    QPdfWriter pdf(&file);
    pdf.setResolution(96);
    pdf.setPageSize(QPageSize(QSizeF(whole) * 72.0 / 96.0, QPageSize::Point));
    pdf.setPageMargins({});
    pdf.setTitle(title);
    drawn = source.drawExport(pdf, title);
  }
  return drawn && file.commit();
}

}  // namespace gps::ui
