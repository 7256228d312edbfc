#pragma once
// Which class is taken for which: a row for each true class, a column for each predicted one, every row shaded by its share.
// Fits 2 to 1000 classes: counts stand in the cells while there is room, labels are thinned out, Ctrl and the wheel or + and − zoom.
// Arrows move over the cells, Enter or a click chooses one, Esc lets it go.
#include <QAbstractScrollArea>
#include <QImage>
#include <QStringList>

#include "widgets/tabletext.h"

namespace gps::ui {

struct ConfusionCell {
  int truth = -1, predicted = -1;
  bool isValid() const { return truth >= 0 && predicted >= 0; }
  bool operator==(const ConfusionCell&) const = default;
};

class ConfusionMatrix : public QAbstractScrollArea {
  Q_OBJECT
 public:
  explicit ConfusionMatrix(QWidget* parent = nullptr);
  // counts: [C, C], row: true class, column: predicted class. Keeps the chosen cell while the classes stay the same.
  void setMatrix(const QStringList& classes, const QList<int>& counts);
  int classCount() const { return int(m_classes.size()); }
  int count(ConfusionCell cell) const;
  void setSelectedCell(ConfusionCell cell);  // does not emit; {}: none
  ConfusionCell selectedCell() const { return m_selected; }
  ConfusionCell currentCell() const { return m_current; }  // of the keyboard
  void setZoom(double zoom);                               // 1: all classes in sight
  double zoom() const { return m_zoom; }
  double largestZoom() const;
  QString cellText(ConfusionCell cell) const;  // what the tooltip says
  double cellSize() const;                     // logical pixels
  QRectF cellRect(ConfusionCell cell) const;   // in the viewport; may lie outside of what is shown
  ConfusionCell cellAt(const QPointF& pos) const;
  TextTable table() const;  // a row for each true class, a column for each predicted one
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void cellActivated(int truth, int predicted);  // by the user; -1, -1: none any more
  void zoomChanged(double zoom);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  bool viewportEvent(QEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void layoutCells();
  void retranslate();
  void moveTo(ConfusionCell cell);
  void choose(ConfusionCell cell);
  void zoomAbout(double zoom, const QPointF& pos);
  double share(ConfusionCell cell) const;
  QColor shade(double share, bool right) const;
  const QImage& smallCells() const;
  void paintCells(QPainter& painter) const;
  void paintSmallCells(QPainter& painter) const;
  void paintLabels(QPainter& painter) const;
  void paintRing(QPainter& painter, ConfusionCell cell, bool dashed) const;
  void paintLegend(QPainter& painter) const;
  int labelStep() const;
  bool areColumnsUpright() const;

  QStringList m_classes;
  QList<int> m_counts, m_rowSums;
  int m_largest = 0;
  ConfusionCell m_current, m_selected, m_hovered;
  double m_zoom = 1, m_fit = 0;  // m_fit: size of a cell at zoom 1
  QRectF m_grid;                 // where cells are seen, in the viewport
  double m_names = 0;            // room for the names of rows
  bool m_showsFocus = false;
  mutable QImage m_small;  // cells of less than two pixels, drawn once
};

}  // namespace gps::ui
