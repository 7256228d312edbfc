#pragma once
// Is it learning? Loss and score of the run on screen, over epochs, steps or time; below them the learning rate and the speed.
#include "app/project/session.h"
#include "widgets/card.h"

namespace gps::ui {
class Badge;
class CurvePlot;
class LabelledSlider;
class SegmentedControl;
}  // namespace gps::ui

namespace gps::app {

class CurvesPanel : public ui::Card {
  Q_OBJECT
 public:
  explicit CurvesPanel(Session& session, QWidget* parent = nullptr);
  ui::CurvePlot* curves() const { return m_curves; }
  ui::CurvePlot* rates() const { return m_rates; }
  ui::LabelledSlider* smoothing() const { return m_smoothing; }
  void setAxis(const QString& id);  // "epoch", "step", "time"
  void retranslate();

 private:
  void namePlots();
  void redraw();
  void addSteps(int first);
  void addEpoch();
  void appendScores(const EpochRecord& record);
  void refreshPhase();
  void refreshMarker();
  void refreshCursor();
  void lookAt(double x);
  double placeOf(const StepPoint& step, std::size_t index) const;
  double placeOf(const EpochRecord& record) const;
  double secondsAt(double epoch) const;
  bool isClassification() const { return m_task == TaskKind::Classification; }
  Session& m_session;
  ui::CurvePlot *m_curves, *m_rates;
  ui::SegmentedControl *m_scale, *m_axis;
  ui::LabelledSlider* m_smoothing;
  ui::Badge* m_phase;
  TaskKind m_task = TaskKind::Segmentation;
  std::vector<double> m_seconds;  // of the run's steps, pauses left out; NaN: not known
  QString m_secondsOf;            // that run's folder
  double m_before = 0;            // seconds of the epochs before this session's first step
  double m_lastCount = 0, m_lastSeconds = -1;
};

}  // namespace gps::app
