#pragma once
// A short list of others and how much each has in common with this one: name, Jaccard, a bar and a tick at what chance would give.
#include <QList>

#include "widgets/itemplot.h"

namespace gps::ui {

struct OverlapRow {
  QString name;
  double value = 0, chance = 0;  // 0…1; NaN: nothing was chosen
  bool operator==(const OverlapRow&) const = default;
};

class OverlapBars : public ItemPlot {
  Q_OBJECT
 public:
  explicit OverlapBars(QWidget* parent = nullptr);
  void setRows(const QList<OverlapRow>& rows);
  const QList<OverlapRow>& rows() const { return m_rows; }
  void setStale(bool on);  // of a former state: drawn dimmed

  int itemCount() const override { return int(m_rows.size()); }
  QString itemName(int item) const override { return m_rows[item].name; }
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
  QList<OverlapRow> m_rows;
  bool m_stale = false;
};

}  // namespace gps::ui
