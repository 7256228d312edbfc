#pragma once
// The form, start, pause, go on, stop, and the curves while it runs.
#include "app/pages/page.h"

class QTreeWidget;
class QVBoxLayout;

namespace gps::ui {
class Badge;
class Button;
class Card;
class CurvePlot;
class KeyValueList;
class Label;
class PropertyForm;
class SegmentedControl;
}  // namespace gps::ui

namespace gps::app {

class TrainPage : public Page {
  Q_OBJECT
 public:
  explicit TrainPage(Session& session, QWidget* parent = nullptr);
  ui::CurvePlot* curves() const { return m_curves; }
  ui::PropertyForm* form() const { return m_form; }
  void startOrResume();
  void pauseOrContinue();

 protected:
  void retranslate() override;

 private:
  void buildForm();
  void fillForm();
  void readForm();
  void refresh();
  void refreshActions();
  void refreshRun();
  void refreshTime();
  void refreshBest();
  QString measuredText(const EpochRecord& best) const;
  void refreshTask();  // form, curves and table of the task
  void namePlots();
  bool isClassification() const { return m_task == TaskKind::Classification; }
  void redrawCurves();
  void addSteps(int first);
  void addEpoch();
  void appendScores(const EpochRecord& record);
  ui::Button *m_stop, *m_pause, *m_again, *m_start, *m_ownSelection;
  ui::Card *m_formCard, *m_curveCard, *m_what, *m_time, *m_epochs, *m_best;
  ui::PropertyForm* m_form = nullptr;
  ui::CurvePlot* m_curves;
  ui::SegmentedControl* m_scale;
  ui::KeyValueList *m_whatList, *m_timeList;
  ui::Label *m_bestNumber, *m_bestText, *m_saved;
  ui::Badge* m_phase;
  QTreeWidget* m_table;
  TaskKind m_task = TaskKind::Segmentation;  // of form and curves
  Progress m_steps;                          // the newest count of training steps
};

}  // namespace gps::app
