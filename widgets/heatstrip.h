#pragma once
// One weight matrix as a picture: rows are neurons, columns their inputs, colour is |score| on a logarithmic scale; above it how many
// neurons picked each input. Wheel (with the focus) and +/− zoom, a drag or Shift with the arrows pans, a double click zooms in, F shows
// all. Hover, or the arrows, show exact numbers; near enough every connection has its own cell and picked ones a mark.
// The picture itself is asked for by windowChanged and given as tiles.
#include <QImage>
#include <QWidget>
#include <optional>
#include <vector>

#include "core/values/layertile.h"
#include "widgets/plotsource.h"
#include "widgets/theme.h"

namespace gps::ui {

class HeatStrip : public QWidget, public PlotSource {
  Q_OBJECT
 public:
  explicit HeatStrip(QWidget* parent = nullptr);
  // Another matrix is seen whole; the same one keeps its place. 0 × 0: none.
  void setMatrix(const QString& name, qint64 rows, qint64 columns);
  void setRange(const ScoreRange& range);
  void setScoreName(const QString& name);                 // "|gradient|"
  void setOverview(const LayerTile& tile);                // of the whole; shown until a finer one is there
  void setTile(const LayerTile& tile);                    // of the window
  void setPicks(const std::vector<std::int64_t>& picks);  // [columns]: neurons that picked each
  void setPlaceholder(const QString& text);               // while there is no matrix
  // What is in view, and into how many cells it should be put.
  TileWindow window() const;
  void showAll();
  void zoom(double factor, const QPointF& about);  // > 1: closer; about in widget pixels
  // The numbers of the cell at a point of the widget as "heading", "name<TAB>value"…; empty outside.
  QStringList linesAt(const QPointF& pos) const;
  QPointF pointOf(qint64 row, qint64 column) const;  // the middle of a connection, in widget pixels
  // Writes what is shown, on white, with title, axes and range. By ending: .png (2×), .svg, .pdf; .csv: the cells. False: could not write.
  bool exportTo(const QString& path, const QString& title) const { return exportPlot(*this, path, title); }
  QSize exportSize(const QString& title) const override;
  bool drawExport(QPaintDevice& device, const QString& title) const override;
  TextTable exportTable() const override;  // first_neuron, last_neuron, first_input, last_input, largest_score, selected
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void windowChanged(const gps::TileWindow& window);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  struct Shown {
    LayerTile tile;
    QImage image;
  };
  struct Cell {
    qint64 row0 = 0, row1 = 0, column0 = 0, column1 = 0;  // entries, the ends excluded
    double score = 0;
    qint64 picks = 0;
    bool isOne() const { return row1 - row0 == 1 && column1 - column0 == 1; }
  };
  struct View {
    double row = 0, column = 0, rows = 0, columns = 0;  // in entries
  };
  struct Frame;
  Frame frameFor(const QSizeF& size) const;
  QRectF rectOf(const Frame& frame, double row0, double row1, double column0, double column1) const;
  void paint(QPainter& painter, const QSizeF& size, bool exported) const;
  void paintPicks(QPainter& painter, const Frame& frame, ThemeName name) const;
  void paintCells(QPainter& painter, const Frame& frame) const;
  void paintRange(QPainter& painter, const Frame& frame, const QSizeF& size, ThemeName name) const;
  QImage imageOf(const LayerTile& tile) const;
  const Shown* shownFor(double row, double column) const;
  std::optional<Cell> cellAt(double row, double column) const;
  QStringList linesOf(const Cell& cell) const;
  void moveTo(View view);
  void moveCursor(int rows, int columns);
  void tell();
  QString m_name, m_scoreName, m_placeholder;
  qint64 m_rows = 0, m_columns = 0;
  View m_view;
  ScoreRange m_range;
  Shown m_overview, m_tile;
  std::vector<std::int64_t> m_picks;
  std::int64_t m_mostPicks = 0;
  std::optional<QPointF> m_at;  // (column, row) in entries under the pointer or the keyboard's cursor
  bool m_isCursor = false;      // by keys: drawn
  std::optional<QPointF> m_grabbed;
  View m_grabbedView;
  TileWindow m_told;
};

}  // namespace gps::ui
