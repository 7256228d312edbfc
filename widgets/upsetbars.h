#pragma once
// Combination bars: how many positions were chosen by exactly these selections, largest first, over a dot for each selection that is
// in it. itemActivated is a combination; those that do not fit are told by their number.
#include <QColor>
#include <QList>

#include "core/values/members.h"
#include "widgets/itemplot.h"

namespace gps::ui {

struct SetCombination {
  Members members;
  qint64 count = 0;
  bool operator==(const SetCombination&) const = default;
};

class UpsetBars : public ItemPlot {
  Q_OBJECT
 public:
  explicit UpsetBars(QWidget* parent = nullptr);
  // counts: of each selection. Combinations in any order. Selections whose rows do not fit share the last one.
  void setCombinations(const QStringList& names, const QList<QColor>& colors, const QList<qint64>& counts,
                       const QList<SetCombination>& combinations);
  void setLogScale(bool on);
  bool isLogScale() const { return m_log; }
  void setChosen(const gps::Members& members);  // does not emit; empty: none
  const Members& chosen() const { return m_chosen; }
  const SetCombination& combination(int item) const { return m_combinations[item]; }
  int shownCount() const;  // combinations that fit
  int shownRows() const;   // selections with a row of their own

  int itemCount() const override { return int(m_combinations.size()); }
  QString itemName(int item) const override;
  QStringList itemLines(int item) const override;
  PlotTable table() const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void combinationActivated(const gps::Members& members);  // by the user; the chosen one again: empty

 protected:
  void paint(QPainter& painter, const QSizeF& size, ThemeName theme, bool exported) const override;
  int itemAt(const QPointF& pos, const QSizeF& size) const override;
  QRectF itemRect(int item, const QSizeF& size) const override;
  int neighbour(int item, int key) const override;
  QSizeF drawingSize() const override;

 private:
  struct Layout;
  Layout layoutFor(const QSizeF& size) const;
  QString membersText(const Members& members) const;
  QStringList m_names;
  QList<QColor> m_colors;
  QList<qint64> m_counts;
  QList<SetCombination> m_combinations;
  Members m_chosen;
  bool m_log = false;
};

}  // namespace gps::ui
