#pragma once
// The evidence under the table of runs: curves over each other, what differs, which settings win, how large K must be, how much the seed
// matters. Shows what it is told; wishes go out by signal.
#include <QWidget>

#include "app/pages/runcurves.h"
#include "app/pages/runviews.h"
#include "app/project/runstepstore.h"

class QCheckBox;
class QComboBox;
class QStackedWidget;
class QStandardItemModel;
class QTableView;

namespace gps::ui {
class Button;
class Card;
class CurvePlot;
class DiffModel;
class FrontierPlot;
class IconButton;
class Label;
class LabelledSlider;
class LegendRow;
class ParallelPlot;
class SegmentedControl;
}  // namespace gps::ui

namespace gps::app {

class AppSettings;

class RunPlots : public QWidget {
  Q_OBJECT
 public:
  RunPlots(const RunNotes& notes, AppSettings& settings, QWidget* parent = nullptr);
  // matching: what the filter line leaves; visible: what the brush leaves of them; ticked: by id. baseline may be null.
  void setRuns(const QList<RunPtr>& matching, const QList<RunPtr>& visible, const QSet<QString>& ticked, const RunPtr& baseline);
  void setView(const QString& id);  // "curves", "diff", "parallel", "frontier", "seeds"
  QString view() const;
  ui::CurvePlot* curves() const { return m_curves; }
  void setCurves(CurveKind kind, CurveAxis axis, bool ofGroups);  // ofGroups: mean over the seeds
  ui::LabelledSlider* smoothing() const { return m_smoothing; }
  QComboBox* scale() const { return m_scale; }  // "linear", "log", "loglog"
  ui::ParallelPlot* parallel() const { return m_parallel; }
  ui::FrontierPlot* frontier() const { return m_frontier; }
  ui::DiffModel* differences() const { return m_diff; }
  QStandardItemModel* seeds() const { return m_seeds; }
  QStandardItemModel* frontierRows() const { return m_frontierModel; }
  ui::Card* card() const { return m_card; }
  QWidget* inSight() const;                              // the plot or table of the view
  ui::IconButton* menuButton() const { return m_save; }  // of what is in sight

 Q_SIGNALS:
  void brushChanged();
  void runActivated(const QString& id);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  void refresh();
  struct Line {
    QString name;
    int colour;
    QList<RunPtr> runs;  // several: their mean
  };
  // What the points of a line were made from.
  struct Drawn {
    CurveKind kind;
    CurveAxis axis;
    QList<RunPtr> runs;
    QList<int> versions;  // of their steps
    bool operator==(const Drawn&) const = default;
  };
  void refreshCurves();
  QList<Line> curveLines(const QList<RunPtr>& runs) const;
  void drawLine(int series, const Line& line, const Drawn& from);
  void noteCurves(qsizetype drawn, qsizetype ticked, qsizetype withoutSteps);
  void refreshDifferences();
  void refreshParallel();
  void refreshFrontier();
  void refreshSeeds();
  QList<RunPtr> shownTicked() const;
  CurveKind curveKind() const;
  CurveAxis curveAxis() const;
  const RunNotes& m_notes;
  QList<RunPtr> m_matching, m_visible;
  QSet<QString> m_ticked;
  RunPtr m_baseline;
  ui::Card* m_card;
  ui::SegmentedControl *m_views, *m_axis;
  ui::IconButton* m_save;
  QStackedWidget* m_stack;
  QComboBox *m_kind, *m_over, *m_scale;
  QCheckBox* m_mean;
  ui::CurvePlot* m_curves;
  ui::LabelledSlider* m_smoothing;
  RunStepStore m_steps;
  ui::DiffModel* m_diff;
  QTableView *m_diffTable, *m_seedTable, *m_frontierTable;
  ui::Label *m_diffEmpty, *m_seedEmpty, *m_hint;
  QStackedWidget *m_diffStack, *m_seedStack;
  ui::ParallelPlot* m_parallel;
  ui::Button* m_clearBrush;
  ui::FrontierPlot* m_frontier;
  ui::LegendRow* m_frontierLegend;
  QStandardItemModel *m_frontierModel, *m_seeds;
  QString m_title;       // of the view
  QString m_curveState;  // which series there are
  QList<Drawn> m_drawn;
};

}  // namespace gps::app
