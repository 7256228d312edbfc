#pragma once
// Stacked bars, one per block, one segment per matrix kind (means stand side by side), with the previous choice as a dashed ghost line.
// Hover or Left/Right show a card with exact numbers; Enter activates a block. A repaint stays under 16 ms.
#include <QWidget>

#include "core/values/selectioncounts.h"
#include "widgets/plotsource.h"
#include "widgets/theme.h"

namespace gps::ui {

class BlockBars : public QWidget, public PlotSource {
  Q_OBJECT
 public:
  // Selected weights; selected / available of the block; the mean |score| of the selected ones of each kind.
  enum class Measure { Count, Share, MeanScore };

  explicit BlockBars(QWidget* parent = nullptr);
  // Order of blocks and kinds as given. The vertical range grows at once and shrinks only when a third is empty,
  // so bars do not jump while K moves.
  void setCounts(const SelectionCounts& counts);
  // The former choice, drawn as a dashed line over each bar and named in the legend ("before: K = 1").
  void setGhost(const SelectionCounts& counts, const QString& label);
  void clearGhost();
  void setMeasure(Measure measure);
  Measure measure() const { return m_measure; }
  void setLogScale(bool on);
  void setAxisCaption(const QString& text);        // under the axis, right: "encoder block"
  void setHighlightedBlock(const QString& block);  // the shared selection; empty: none
  QString highlightedBlock() const { return m_highlighted; }
  int blockCount() const { return int(m_bars.size()); }
  QStringList blocks() const;
  // The hover card of a block as lines "name<TAB>value"; empty for an unknown block.
  QStringList blockLines(const QString& block) const;
  // Writes what is shown, on white, with title, axes and legend. By ending: .png (2×), .svg, .pdf, or the table. False: could not write.
  bool exportTo(const QString& path, const QString& title) const { return exportPlot(*this, path, title); }
  QSize exportSize(const QString& title) const override;
  bool drawExport(QPaintDevice& device, const QString& title) const override;
  TextTable exportTable() const override;  // block, matrix, selected, available, share, mean_score
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void blockHovered(const QString& block);                           // empty when the pointer leaves
  void blockActivated(const QString& block);                         // click or Enter
  void segmentActivated(const QString& block, const QString& kind);  // click on one kind of it; after blockActivated

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  struct Segment {
    QString kind;
    double selected = 0, available = 0, scoreSum = 0;
    double ghostSelected = -1, ghostScoreSum = 0;
    double mean() const { return selected > 0 ? scoreSum / selected : 0; }
    double ghostMean() const { return ghostSelected > 0 ? ghostScoreSum / ghostSelected : 0; }
  };
  struct Bar {
    QString block;
    QList<Segment> segments;
    double selected = 0, available = 0;
    double ghost = -1, ghostAvailable = 0;
  };
  struct Layout;
  void rebuild();
  void updateRange();
  double valueOf(const Bar& bar) const;
  double ghostOf(const Bar& bar) const;
  Layout layoutFor(const QSizeF& size) const;
  void paint(QPainter& painter, const QSizeF& size, bool exported, const QString& title) const;
  void paintHover(QPainter& painter, const Layout& layout, const QSizeF& size) const;
  void paintBar(QPainter& painter, const Layout& layout, int index) const;
  void paintMeans(QPainter& painter, const Layout& layout, int index) const;
  void paintGhost(QPainter& painter, double left, double right, double y, ThemeName name) const;
  QString axisText(double value) const;
  int barAt(const QPointF& pos) const;
  QString kindAt(int bar, const QPointF& pos) const;
  void hover(int index);
  SelectionCounts m_counts, m_ghost;
  QString m_ghostLabel, m_caption, m_highlighted;
  QList<Bar> m_bars;
  QStringList m_kinds;
  Measure m_measure = Measure::Count;
  bool m_log = false, m_hasGhost = false;
  double m_top = 1;
  int m_hovered = -1;
};

}  // namespace gps::ui
