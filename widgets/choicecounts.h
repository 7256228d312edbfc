#pragma once
// How many selections chose a position: a bar for 1, 2, … selections and a dashed tick for what chance would give.
#include <QList>

#include "widgets/itemplot.h"

namespace gps::ui {

class ChoiceCounts : public ItemPlot {
  Q_OBJECT
 public:
  explicit ChoiceCounts(QWidget* parent = nullptr);
  // counts, chances: [n], positions chosen by exactly 1, 2, … n selections.
  void setCounts(const QList<qint64>& counts, const QList<double>& chances);

  int itemCount() const override { return int(m_counts.size()); }
  QString itemName(int item) const override;
  QStringList itemLines(int item) const override;
  PlotTable table() const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paint(QPainter& painter, const QSizeF& size, ThemeName theme, bool exported) const override;
  int itemAt(const QPointF& pos, const QSizeF& size) const override;
  QRectF itemRect(int item, const QSizeF& size) const override;
  QSizeF drawingSize() const override;

 private:
  struct Layout;
  Layout layoutFor(const QSizeF& size) const;
  double total() const;
  QList<qint64> m_counts;
  QList<double> m_chances;
};

}  // namespace gps::ui
