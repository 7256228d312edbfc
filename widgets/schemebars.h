#pragma once
// Small multiples: up to a handful of selection schemes, a row of bars each, one bar a block, each row on its own range, which is printed.
// A click or Enter chooses a row, Delete or its cross takes it away; Up and Down walk. A click on a bar, Left and Right choose a block.
#include <QWidget>
#include <optional>

#include "core/values/selectioncounts.h"
#include "widgets/plotsource.h"

namespace gps::ui {

struct SchemeRow {
  QString id, title;
  std::optional<SelectionCounts> counts;  // none: not there yet
  bool isCurrent = false;
  bool isStale = false;  // counts of a former state, dimmed
  QString note;          // instead of bars: why there are none
};

class SchemeBars : public QWidget, public PlotSource {
  Q_OBJECT
 public:
  explicit SchemeBars(QWidget* parent = nullptr);
  void setRows(const QList<SchemeRow>& rows);
  const QList<SchemeRow>& rows() const { return m_rows; }
  void setCanRemove(bool on);
  void setHighlightedBlock(const QString& block);  // in every row; empty: none
  const QString& highlightedBlock() const { return m_highlighted; }
  // "block<TAB>weights" of a row.
  QStringList linesOf(const QString& id) const;
  QRect rowRect(const QString& id) const;
  // On white, with title. By ending: .png (2×), .svg, .pdf; .csv: scheme, block, weights. False: could not write.
  bool exportTo(const QString& path, const QString& title) const { return exportPlot(*this, path, title); }
  QSize exportSize(const QString& title) const override;
  bool drawExport(QPaintDevice& device, const QString& title) const override;
  TextTable exportTable() const override;  // scheme, block, selected
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void chosen(const QString& id);
  void blockActivated(const QString& block);  // by the user; before chosen
  void removeRequested(const QString& id);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  bool event(QEvent* event) override;

 private:
  struct Bar {
    QString block;
    qint64 selected = 0;
  };
  static QList<Bar> barsOf(const SelectionCounts& counts);
  QRectF rectOfRow(int row, const QSizeF& size) const;
  QRectF plotOf(const QRectF& row) const;
  QRectF crossOf(const QRectF& row) const;
  int rowAt(const QPointF& pos) const;
  QString blockAt(int row, const QPointF& pos) const;  // empty: none
  void walkBlocks(int by);
  void setHovered(int row);
  void describe();
  void paint(QPainter& painter, const QSizeF& size, bool exported) const;
  QList<SchemeRow> m_rows;
  int m_hovered = -1, m_focused = -1;
  QPointF m_pointer;
  QString m_highlighted;
  bool m_canRemove = true;
};

}  // namespace gps::ui
