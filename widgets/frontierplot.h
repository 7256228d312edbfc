#pragma once
// A value against K or against size: means with their standard deviation over seeds, a line for each kind of run, and the smallest K that
// is enough ringed. Runs without K are levels across the picture. Left/Right step through the points; a table of the same numbers stands
// behind it.
#include <QList>
#include <QString>
#include <QWidget>
#include <limits>

#include "widgets/plotscale.h"
#include "widgets/plotsource.h"
#include "widgets/theme.h"

namespace gps::ui {

struct FrontierMark {
  QString k;     // as written
  double x = 0;  // above 0
  double mean = 0;
  double deviation = std::numeric_limits<double>::quiet_NaN();  // NaN: of one run
  int runs = 1;
  bool isEnough = false;  // the smallest K within half a point of the best mean
  bool operator==(const FrontierMark&) const = default;
};

struct FrontierSeries {
  QString name;
  int colour = 0;             // slot of the palette of runs
  QList<FrontierMark> marks;  // by x
  bool isLevel = false;       // one mark without K
  bool operator==(const FrontierSeries&) const = default;
};

class FrontierPlot : public QWidget, public PlotSource {
  Q_OBJECT
 public:
  explicit FrontierPlot(QWidget* parent = nullptr);
  void setSeries(const QList<FrontierSeries>& series);
  void setLabels(const QString& x, const QString& y, bool isPercent);
  void setPlaceholder(const QString& text);
  QString currentText() const;  // what the pointer or the keys are at; empty: nothing
  void paintTo(QPainter& painter, const QRectF& area, ThemeName name) const;
  QSize exportSize(const QString& title) const override;
  bool drawExport(QPaintDevice& device, const QString& title) const override;
  TextTable exportTable() const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  struct Frame;
  Frame frameOf(const QRectF& area) const;
  QString valueText(double value, int decimals) const;
  void setCurrent(int series, int mark);
  void describe();
  QRectF labelRect(const Frame& frame, const FrontierSeries& level) const;
  void paintAxes(QPainter& painter, const Frame& frame, ThemeName name) const;
  void paintSeries(QPainter& painter, const Frame& frame, const FrontierSeries& series, ThemeName name) const;
  QList<FrontierSeries> m_series;
  QString m_xLabel, m_yLabel, m_placeholder;
  bool m_isPercent = false;
  PlotScale m_x, m_y;
  int m_currentSeries = -1, m_currentMark = -1;
};

}  // namespace gps::ui
