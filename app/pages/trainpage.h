#pragma once
// Settings, cost, queue and curves of training; start, pause, go on, stop. Its rooms are in app/pages/train/.
#include "app/pages/page.h"
#include "app/pages/train/preflight.h"
#include "app/pages/train/stopquestion.h"
#include "app/project/runqueue.h"
#include "app/project/runsteps.h"
#include "app/project/traindraft.h"

namespace gps::ui {
class Button;
class CurvePlot;
class PropertyForm;
}  // namespace gps::ui

namespace gps::app {

class CostPanel;
class CurvesPanel;
class Leaks;
class FormPanel;
class QueuePanel;
class RunPanel;
class SweepPanel;

class TrainPage : public Page {
  Q_OBJECT
 public:
  TrainPage(Session& session, const Leaks& leaks, QWidget* parent = nullptr);
  ui::CurvePlot* curves() const;
  ui::PropertyForm* form() const;
  TrainDraft& draft() { return m_draft; }
  RunQueue& queue() { return m_queue; }
  StopQuestion& stopQuestion() { return m_stopQuestion; }
  FormPanel* formPanel() const { return m_formPanel; }
  CurvesPanel* curvesPanel() const { return m_curvesPanel; }
  CostPanel* costPanel() const { return m_costPanel; }
  QueuePanel* queuePanel() const { return m_queuePanel; }
  SweepPanel* sweepPanel() const { return m_sweepPanel; }
  // Asks first when something speaks against it that was not waved through before.
  void startOrResume();
  Preflight& preflight() { return m_preflight; }
  void pauseOrContinue();
  void stop();        // asks what becomes of the run; another job just ends
  void addToQueue();  // asks as starting does

 protected:
  void retranslate() override;

 private:
  void refreshActions();
  void refreshRemedies();
  QString remedyText(RunRemedy remedy) const;
  void start();
  TrainDraft m_draft;
  RunQueue m_queue;
  RunSteps m_steps;
  StopQuestion m_stopQuestion;
  Preflight m_preflight;
  ui::Button *m_stop, *m_pause, *m_again, *m_enqueue, *m_start;
  FormPanel* m_formPanel;
  CurvesPanel* m_curvesPanel;
  CostPanel* m_costPanel;
  QueuePanel* m_queuePanel;
  SweepPanel* m_sweepPanel;
  RunPanel* m_runPanel;
};

}  // namespace gps::app
