#pragma once
// Curves over steps or epochs: the raw line faint under the smoothed one, hover values, logarithmic axes on request, export.
// Points may come at any rate; drawing is queued. All functions on the GUI thread.
#include <QColor>
#include <QList>
#include <QWidget>

#include "widgets/theme.h"

class QCustomPlot;
class QCPItemLine;
class QCPItemText;

namespace gps::ui {

class LegendRow;

class CurvePlot : public QWidget {
  Q_OBJECT
 public:
  explicit CurvePlot(QWidget* parent = nullptr);
  ~CurvePlot() override;
  // Returns the series' number. runIndex picks the colour; dashed for comparisons; rightAxis gives it its own scale (Dice beside loss).
  int addSeries(const QString& name, int runIndex, bool dashed = false, bool rightAxis = false);
  void setSeriesName(int series, const QString& name);
  void setSeriesVisible(int series, bool visible);
  // False: drawn as measured whatever setSmoothing says, for series of few points. On by default.
  void setSeriesSmoothed(int series, bool on);
  void appendPoint(int series, double x, double y);  // x rising; NaN and infinite values are left out
  void setPoints(int series, const QList<double>& x, const QList<double>& y);
  // A wash between two lines at the points of setPoints, "mean ± sd"; setPoints takes it away.
  void setBand(int series, const QList<double>& low, const QList<double>& high);
  void clearPoints();  // of every series
  void removeAllSeries();
  int seriesCount() const { return int(m_series.size()); }
  int pointCount(int series) const;
  QPair<double, double> lastPoint(int series) const;  // NaN, NaN without points
  // Exponential smoothing of the drawn line, 0 (off) … 0.99; named in the legend and in exports.
  void setSmoothing(double weight);
  void setLogY(bool on);  // left axis; values <= 0 are left out then
  void setXLabel(const QString& text);
  void setYLabel(const QString& text);
  void setRightLabel(const QString& text);
  void setXRange(double low, double high);  // fixed, so the axis does not crawl; low == high: follow the data
  void setYRange(double low, double high);  // left axis; low == high: follow the data
  void setRightRange(double low, double high);
  // A vertical dashed line with a word ("best epoch"); NaN removes it.
  void setMarker(double x, const QString& text = {});
  void setPlaceholder(const QString& text);  // shown while no series has a point
  // The values under x as lines "series<TAB>value", the first line names x.
  QStringList valuesAt(double x) const;
  bool exportTo(const QString& path, const QString& title) const;  // .png, .svg, .pdf, .csv; on white. False: could not write.
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void xHovered(double x);    // NaN when the pointer leaves
  void xActivated(double x);  // click

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  struct Series;
  class Canvas;
  void restyle(ThemeName name) const;
  void queueReplot();
  void rescale();
  void rebuildSmoothed(Series& series);
  void placeMarker(ThemeName name) const;
  void updateLegend();
  void paintOver(QPainter& painter) const;
  void hoverAt(double x, bool on);
  double nearestX(double x) const;
  QList<Series*> m_series;
  QCustomPlot* m_plot;
  LegendRow* m_legend;
  Canvas* m_canvas;
  QCPItemLine* m_markerLine = nullptr;
  QCPItemText* m_markerLabel = nullptr;
  double m_smoothing = 0, m_markerX, m_hoverX;
  double m_xLow = 0, m_xHigh = 0, m_yLow = 0, m_yHigh = 0, m_rightLow = 0, m_rightHigh = 0;
  QString m_xLabel, m_yLabel, m_rightLabel, m_markerText, m_placeholder;
  bool m_logY = false, m_legendQueued = false;
};

}  // namespace gps::ui
