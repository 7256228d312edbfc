#pragma once
// What can be saved as a picture or a table: every plot implements this, and one menu (exportmenu.h) serves them all.
#include <QPaintDevice>
#include <QSize>
#include <QString>

#include "widgets/tabletext.h"

class QImage;

namespace gps::ui {

class PlotSource {
 public:
  virtual ~PlotSource() = default;
  // Of the whole picture with its margins, in logical pixels.
  virtual QSize exportSize(const QString& title) const = 0;
  // Draws into (0, 0, exportSize) on white, with title, axes and legend; begins and ends a painter of its own. GUI thread.
  virtual bool drawExport(QPaintDevice& device, const QString& title) const = 0;
  // The numbers behind the picture, all digits. A value of its own: it may be written on another thread.
  virtual TextTable exportTable() const = 0;
};

// By ending: .png (scale pixels to a logical one, 1 … 4), .svg, .pdf, else the table as .csv, .md or .tex. Atomically; false: could
// not write.
bool exportPlot(const PlotSource& source, const QString& path, const QString& title, double scale = 2);
QImage plotPicture(const PlotSource& source, const QString& title, double scale = 2);

}  // namespace gps::ui
