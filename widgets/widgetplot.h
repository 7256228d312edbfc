#pragma once
// Makes a plot that draws itself with the theme's colours saveable: what is on screen, in the light theme, under its title.
#include <QObject>
#include <functional>

#include "widgets/plotsource.h"

class QWidget;

namespace gps::ui {

// Lives with the widget. The table is asked for on the GUI thread.
class WidgetPlot : public QObject, public PlotSource {
  Q_OBJECT
 public:
  WidgetPlot(QWidget* widget, std::function<TextTable()> table);
  QSize exportSize(const QString& title) const override;
  bool drawExport(QPaintDevice& device, const QString& title) const override;
  TextTable exportTable() const override { return m_table(); }

 private:
  QWidget* m_widget;
  std::function<TextTable()> m_table;
};

}  // namespace gps::ui
