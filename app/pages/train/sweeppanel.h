#pragma once
// Which settings are best? A grid over K, scheme, learning rate and seed around the settings of the form. Its runs go to the queue as
// snapshots, so that each can be seen, moved and stopped like any other; the plan is kept as plan.toml, which `gps sweep` takes, too. A
// plan fills the form; what it varies beyond the four lists of the form is kept and said.
#include "app/project/runqueue.h"
#include "app/project/traindraft.h"
#include "core/tuning/sweep/sweepplan.h"
#include "widgets/card.h"

namespace gps::ui {
class Button;
class Label;
class PropertyForm;
}  // namespace gps::ui

namespace gps::app {

class Preflight;

class SweepPanel : public ui::Card {
  Q_OBJECT
 public:
  SweepPanel(Session& session, TrainDraft& draft, RunQueue& queue, Preflight& preflight, QWidget* parent = nullptr);
  ui::PropertyForm* form() const { return m_form; }
  QString planText() const;  // empty: no list is given
  int runs() const { return int(m_runs.size()); }
  int passes() const { return m_passes; }
  QString problem() const { return m_problem; }
  void add();  // asks first, as a start does, where something speaks against it
  // Lists and settings from a plan; model and pictures stay. What is wrong with it; empty: taken over.
  QString takePlan(const QString& toml, const QString& name);
  const std::vector<SweepAxis>& kept() const { return m_kept; }
  void choosePlan();
  void retranslate();

 Q_SIGNALS:
  void planRequested(const QString& path);  // of a file that was chosen

 private:
  void refresh();
  void refreshKept();
  void savePlan();
  QString problemOf(const SweepPlan& plan) const;
  void enqueue(const QList<TrainSpec>& specs, const QString& plan);
  Session& m_session;
  TrainDraft& m_draft;
  RunQueue& m_queue;
  Preflight& m_preflight;
  ui::PropertyForm* m_form = nullptr;
  ui::Label* m_count;
  ui::Label* m_keptNote;
  ui::Button *m_leaveOut, *m_add, *m_open, *m_save;
  std::vector<SweepAxis> m_kept;  // lists without a field
  std::vector<SweepRun> m_runs;   // in the order in which they share passes
  int m_passes = 0;
  QString m_problem;
};

}  // namespace gps::app
