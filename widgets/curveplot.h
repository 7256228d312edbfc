#pragma once
// Curves over steps or epochs: the raw line faint under the smoothed one, hover values, logarithmic axes on request, export.
// Points may come at any rate; drawing is queued. Where points are denser than pixels the line becomes the band between the lowest
// and the highest value of each pixel column, so that a million points pan and zoom within a frame. All functions on the GUI thread.
// Drag moves, Ctrl+wheel (the wheel alone once focused) zooms at the pointer, Shift+drag zooms into a box, double click shows all.
// Keys: Left/Right read values, Shift+Left/Right move, + and - zoom, F shows all, Enter activates.
#include <QColor>
#include <QList>
#include <QSharedPointer>
#include <QWidget>

#include "widgets/plotsource.h"
#include "widgets/theme.h"

class QCustomPlot;
class QCPItemLine;
class QCPItemText;
class QMouseEvent;

namespace gps::ui {

class IconButton;
class LegendRow;
class WholeTicker;

class CurvePlot : public QWidget, public PlotSource {
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
  // A y that is NaN or infinite leaves a gap in the line; a point without a finite x is left out. Best with rising x: others are
  // put in order before the next drawing.
  void appendPoint(int series, double x, double y);
  void setPoints(int series, const QList<double>& x, const QList<double>& y);
  // A wash between two lines at the points of setPoints, "mean ± sd"; setPoints takes it away.
  void setBand(int series, const QList<double>& low, const QList<double>& high);
  // The same points over another unit (steps, epochs, seconds): one x for each point as given, gaps counted. Others are ignored.
  void setXValues(int series, const QList<double>& x);
  void clearPoints();  // of every series
  void removeAllSeries();
  int seriesCount() const { return int(m_series.size()); }
  int pointCount(int series) const;                   // gaps not counted
  QPair<double, double> lastPoint(int series) const;  // NaN, NaN without points
  // Exponential smoothing of the drawn line, 0 (off) … 0.99; named in the legend and in exports.
  void setSmoothing(double weight);
  double smoothing() const { return m_smoothing; }
  void setLegendValues(bool on);  // the last value beside each name; on by default
  void setLogY(bool on);          // left axis; values <= 0 are left out then
  void setLogX(bool on);          // x <= 0 are left out then
  void setXLabel(const QString& text);
  void setYLabel(const QString& text);
  void setRightLabel(const QString& text);
  void setXRange(double low, double high);  // fixed, so the axis does not crawl; low == high: follow the data
  void setYRange(double low, double high);  // left axis; low == high: follow the data
  void setRightRange(double low, double high);
  // Room at both sides for labels as wide as these, whatever they are: in plots that stand under one another and have the same room one
  // x is at one place.
  void setLabelRoom(const QString& left, const QString& right);
  // Of the plot's frame within this widget.
  QRect area() const;
  // What is looked at, in x. Within the whole range; showAll follows the data again.
  void setView(double low, double high);
  QPair<double, double> view() const;
  void showAll();
  bool isZoomed() const;
  // A vertical dashed line with a word ("best epoch"); NaN removes it.
  void setMarker(double x, const QString& text = {});
  // A vertical line at what is looked at elsewhere, too, with a word over it; not exported. NaN removes it.
  void setCursor(double x, const QString& text = {});
  double cursor() const { return m_cursorX; }
  void setPlaceholder(const QString& text);  // shown while no series has a point
  // The values under x as lines "series<TAB>value", the first line names x.
  QStringList valuesAt(double x) const;
  // .png, .svg, .pdf, or the table by another ending; what is in view, on white. False: could not write.
  bool exportTo(const QString& path, const QString& title) const { return exportPlot(*this, path, title); }
  QSize exportSize(const QString& title) const override;
  bool drawExport(QPaintDevice& device, const QString& title) const override;
  // Of all series that are visible: series, x, values and smoothed values, headed by the labels of the axes.
  TextTable exportTable() const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void xHovered(double x);                    // NaN when the pointer leaves
  void xActivated(double x);                  // click
  void viewChanged(double low, double high);  // by the user

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  struct Series;
  class Canvas;
  void restyle(ThemeName name) const;
  void queueReplot();
  void rescale() const;
  void rescaleValues(bool right) const;
  void sample(int columns, ThemeName name) const;
  void drawSampled(Series& series, int columns, ThemeName name) const;
  void settle(Series& series) const;
  void rebuildSmoothed(Series& series) const;
  QPair<double, double> wholeRange() const;
  void setUserView(double low, double high);
  void zoom(double factor, double about);
  void pan(double share);
  void readKey(int by);
  void moveMouse(QMouseEvent& event);
  void placeMarker(ThemeName name) const;
  void updateLegend();
  void paintOver(QPainter& painter) const;
  void paintCursor(QPainter& painter) const;
  void hoverAt(double x, bool on);
  double nearestX(double x) const;
  QList<Series*> m_series;
  QCustomPlot* m_plot;
  LegendRow* m_legend;
  Canvas* m_canvas;
  IconButton* m_fit;
  QSharedPointer<WholeTicker> m_ticker;
  QCPItemLine* m_markerLine = nullptr;
  QCPItemText* m_markerLabel = nullptr;
  double m_smoothing = 0, m_markerX, m_cursorX, m_hoverX;
  double m_xLow = 0, m_xHigh = 0, m_yLow = 0, m_yHigh = 0, m_rightLow = 0, m_rightHigh = 0;
  double m_viewLow, m_viewHigh;  // NaN: all
  double m_boxLow, m_boxHigh;    // of the left axis, chosen by a box; NaN: follows what is in view
  QPointF m_pressed, m_dragged;  // in the plot's pixels
  enum class Drag { None, Pressed, Pan, Box } m_drag = Drag::None;
  double m_pressedLow = 0, m_pressedHigh = 0;
  QString m_leftRoom, m_rightRoom;
  QString m_xLabel, m_yLabel, m_rightLabel, m_markerText, m_cursorText, m_placeholder;
  bool m_logY = false, m_logX = false, m_refreshQueued = false, m_hasLegendValues = true;
};

}  // namespace gps::ui
