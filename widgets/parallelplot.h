#pragma once
// Parallel coordinates: an upright axis for each setting or value, a line for each run. A range brushed on an axis keeps the runs that pass
// it; several must all hold. Mouse: drag along an axis brushes, drag the range moves it, a click on the axis beside it takes it away.
// Keys: Left/Right choose the axis, Up/Down brush its upper or lower half and then move the range, Shift moves its upper end, Ctrl its
// lower end, Delete takes it away, Escape all of them. The table of runs stands behind it.
#include <QList>
#include <QSet>
#include <QString>
#include <QWidget>
#include <optional>
#include <utility>

#include "widgets/plotscale.h"
#include "widgets/plotsource.h"
#include "widgets/theme.h"

namespace gps::ui {

struct ParallelAxis {
  QString title;
  QStringList categories;  // not empty: values are indexes into it
  bool isLog = false;
  bool isPercent = false;  // 0…1 shown in percent
  bool operator==(const ParallelAxis&) const = default;
};

struct ParallelLine {
  QString id, name;
  QList<double> values;  // one for each axis; NaN: none, drawn at the foot of the axis, and no brush there keeps it
  int colour = -1;       // slot of the palette of runs for those that stand out
  bool operator==(const ParallelLine&) const = default;
};

class ParallelPlot : public QWidget, public PlotSource {
  Q_OBJECT
 public:
  using Range = std::pair<double, double>;
  explicit ParallelPlot(QWidget* parent = nullptr);
  void setData(const QList<ParallelAxis>& axes, const QList<ParallelLine>& lines);  // brushes stay on axes of the same title
  int axisCount() const { return int(m_axes.size()); }
  std::optional<Range> brush(int axis) const;
  void setBrush(int axis, double low, double high);  // values; does not emit
  void clearBrushes();                               // does not emit
  bool hasBrush() const;
  QSet<QString> keptIds() const;    // all without a brush
  QRectF axisRect(int axis) const;  // where its line stands
  // On any device, in any theme: without focus and hover marks.
  void paintTo(QPainter& painter, const QRectF& area, ThemeName name) const;
  QSize exportSize(const QString& title) const override;
  bool drawExport(QPaintDevice& device, const QString& title) const override;
  TextTable exportTable() const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:  // by the user
  void brushChanged();
  void lineActivated(const QString& id);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;
  bool event(QEvent* event) override;

 private:
  struct Axis {
    ParallelAxis given;
    PlotScale scale;
    QList<double> ticks;
    std::optional<Range> brush;
    bool hasMissing = false;  // lines without a value
  };
  struct Frame;  // places on a device
  Frame frameOf(const QRectF& area) const;
  QString tickText(const Axis& axis, double value) const;
  QString valueText(const Axis& axis, double value) const;
  bool keeps(const ParallelLine& line) const;
  int axisAt(const QPointF& at) const;
  int lineAt(const QPointF& at) const;
  void describe();
  void moveBrush(Axis& axis, double lower, double upper);
  void paintLines(QPainter& painter, const Frame& frame, ThemeName name) const;
  void paintAxes(QPainter& painter, const Frame& frame, ThemeName name) const;
  void paintHover(QPainter& painter, const Frame& frame) const;
  QList<Axis> m_axes;
  QList<ParallelLine> m_lines;
  int m_current = 0, m_hovered = -1;
  enum class Drag { None, Draw, Move };
  Drag m_drag = Drag::None;
  int m_dragAxis = -1;
  double m_dragFrom = 0;  // place on the axis, 0…1
  Range m_dragBrush;
};

}  // namespace gps::ui
