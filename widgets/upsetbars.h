#pragma once
// Combination bars: how many positions were chosen by exactly these selections, largest first, over a dot for each selection that is
// in it. itemActivated is a combination; those that do not fit are told by their number.
#include <QColor>
#include <QList>

#include "widgets/itemplot.h"

namespace gps::ui {

struct SetCombination {
  quint64 members = 0;  // bit i: selection i
  qint64 count = 0;
  bool operator==(const SetCombination&) const = default;
};

class UpsetBars : public ItemPlot {
  Q_OBJECT
 public:
  explicit UpsetBars(QWidget* parent = nullptr);
  // Up to 64 selections; counts: of each selection. Combinations in any order.
  void setCombinations(const QStringList& names, const QList<QColor>& colors, const QList<qint64>& counts,
                       const QList<SetCombination>& combinations);
  void setLogScale(bool on);
  bool isLogScale() const { return m_log; }
  void setChosen(quint64 members);  // does not emit; 0: none
  quint64 chosen() const { return m_chosen; }
  const SetCombination& combination(int item) const { return m_combinations[item]; }
  int shownCount() const;  // combinations that fit

  int itemCount() const override { return int(m_combinations.size()); }
  QString itemName(int item) const override;
  QStringList itemLines(int item) const override;
  PlotTable table() const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void combinationActivated(quint64 members);  // by the user; the chosen one again: 0

 protected:
  void paint(QPainter& painter, const QSizeF& size, ThemeName theme, bool exported) const override;
  int itemAt(const QPointF& pos, const QSizeF& size) const override;
  QRectF itemRect(int item, const QSizeF& size) const override;
  int neighbour(int item, int key) const override;
  QSizeF drawingSize() const override;

 private:
  struct Layout;
  Layout layoutFor(const QSizeF& size) const;
  QString membersText(quint64 members) const;
  QStringList m_names;
  QList<QColor> m_colors;
  QList<qint64> m_counts;
  QList<SetCombination> m_combinations;
  quint64 m_chosen = 0;
  bool m_log = false;
};

}  // namespace gps::ui
