#pragma once
// Which settings are best? A grid over K, scheme, learning rate and seed around the settings of the form. Its runs go to the queue as
// snapshots, so that each can be seen, moved and stopped like any other; the plan is kept as plan.toml, which `gps sweep` takes, too.
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
  void retranslate();

 private:
  void refresh();
  void enqueue(const QList<TrainSpec>& specs, const QString& plan);
  Session& m_session;
  TrainDraft& m_draft;
  RunQueue& m_queue;
  Preflight& m_preflight;
  ui::PropertyForm* m_form = nullptr;
  ui::Label* m_count;
  ui::Button* m_add;
  std::vector<SweepRun> m_runs;  // in the order in which they share passes
  int m_passes = 0;
  QString m_problem;
};

}  // namespace gps::app
