#pragma once
// What will it cost? Time, memory and disk of the run that the form describes, from a few measured steps; and what speaks against it.
#include "app/project/traindraft.h"
#include "widgets/card.h"

namespace gps::ui {
class Badge;
class Button;
class CompareBars;
class KeyValueList;
class Label;
}  // namespace gps::ui

namespace gps::app {

class Preflight;
class Leaks;

class CostPanel : public ui::Card {
  Q_OBJECT
 public:
  CostPanel(Session& session, TrainDraft& draft, Preflight& preflight, const Leaks& leaks, QWidget* parent = nullptr);
  const TrainCost* cost() const { return m_cost.get(); }  // of the last measurement; null: none
  bool isFresh() const;                                   // it is of the settings as they are
  QStringList warnings() const;                           // against this run, measured or not
  void retranslate();

 Q_SIGNALS:
  void dataPageRequested();

 private:
  void refresh();
  void refreshWarnings();
  QString key() const;
  Session& m_session;
  TrainDraft& m_draft;
  Preflight& m_preflight;
  const Leaks& m_knownLeaks;
  ui::Badge* m_leaks;
  ui::Button* m_measure;
  ui::Label *m_warnings, *m_note;
  QWidget* m_figures;
  ui::KeyValueList* m_list;
  ui::CompareBars* m_memory;
  std::shared_ptr<const TrainCost> m_cost;
  QString m_asked, m_measured;  // keys of the settings
};

}  // namespace gps::app
