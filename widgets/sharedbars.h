#pragma once
// What selections share in each block: a stack of what all chose, what several chose and what only one chose, and a dashed tick at the
// height that the shared part would reach by chance.
#include <QList>

#include "widgets/itemplot.h"

namespace gps::ui {

struct SharedBlock {
  QString block;
  // Of the picks, mean over the selections, 0…1; NaN: nothing was chosen.
  double inAll = 0, inAnother = 0;  // inAnother: in one other or more, those in all among them
  double inAnotherChance = 0;
  // Positions.
  qint64 all = 0, several = 0, specific = 0;  // several: by two or more, not by all
  double sharedChance = 0;                    // expected by two or more
  double jaccard = 0, jaccardChance = 0;      // mean over the pairs
};

class SharedBars : public ItemPlot {
  Q_OBJECT
 public:
  enum class Measure { Share, Count };

  explicit SharedBars(QWidget* parent = nullptr);
  void setBlocks(const QList<SharedBlock>& blocks, int selections);  // with two selections several is left out
  const QList<SharedBlock>& blocks() const { return m_blocks; }
  void setMeasure(Measure measure);
  void setAxisCaption(const QString& text);        // under the axis, right
  void setHighlightedBlock(const QString& block);  // empty: none
  const QString& highlightedBlock() const { return m_highlighted; }

  int itemCount() const override { return int(m_blocks.size()); }
  QString itemName(int item) const override;
  QStringList itemLines(int item) const override;
  PlotTable table() const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paint(QPainter& painter, const QSizeF& size, ThemeName theme, bool exported) const override;
  int itemAt(const QPointF& pos, const QSizeF& size) const override;
  QRectF itemRect(int item, const QSizeF& size) const override;

 private:
  struct Stack {
    double all = 0, several = 0, specific = 0, chance = 0;
  };
  struct Layout;
  Layout layoutFor(const QSizeF& size) const;
  Stack stackOf(const SharedBlock& block) const;
  double top() const;
  QList<SharedBlock> m_blocks;
  QString m_caption, m_highlighted;
  Measure m_measure = Measure::Share;
  int m_selections = 0;
};

}  // namespace gps::ui
