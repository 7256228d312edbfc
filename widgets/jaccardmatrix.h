#pragma once
// How alike selections are, pair by pair: Jaccard in every cell and what chance would give under it; the diagonal stays quiet.
// Arrows move over the cells; itemActivated(row * count + column).
#include <QColor>
#include <QList>

#include "widgets/itemplot.h"

namespace gps::ui {

class JaccardMatrix : public ItemPlot {
  Q_OBJECT
 public:
  explicit JaccardMatrix(QWidget* parent = nullptr);
  // names, colors: one a selection. values, chances: [n, n], symmetric, 0…1; the diagonal is not looked at; NaN: nothing was chosen.
  void setPairs(const QStringList& names, const QList<QColor>& colors, const QList<double>& values, const QList<double>& chances);
  int selectionCount() const { return int(m_names.size()); }
  double value(int a, int b) const { return m_values.value(qsizetype(a) * selectionCount() + b); }
  double chance(int a, int b) const { return m_chances.value(qsizetype(a) * selectionCount() + b); }
  bool showsNumbers() const;  // cells have room for them

  int itemCount() const override { return selectionCount() * selectionCount(); }
  QString itemName(int item) const override;
  QStringList itemLines(int item) const override;
  PlotTable table() const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paint(QPainter& painter, const QSizeF& size, ThemeName theme, bool exported) const override;
  int itemAt(const QPointF& pos, const QSizeF& size) const override;
  QRectF itemRect(int item, const QSizeF& size) const override;
  int neighbour(int item, int key) const override;
  QSizeF drawingSize() const override;

 private:
  struct Layout;
  Layout layoutFor(const QSizeF& size) const;
  double numberedCell(bool withChance) const;
  QStringList m_names;
  QList<QColor> m_colors;
  QList<double> m_values, m_chances;
  double m_top = 1;  // of the colour scale
};

}  // namespace gps::ui
