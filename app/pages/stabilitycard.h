#pragma once
// How soon the choice of the gradient pass settled; and, at the other tab, how much of the scores each K keeps.
#include "app/project/session.h"
#include "widgets/card.h"

class QCheckBox;

namespace gps::ui {
class CurvePlot;
class Label;
class SegmentedControl;
}  // namespace gps::ui

namespace gps::app {

class StabilityCard : public ui::Card {
  Q_OBJECT
 public:
  static constexpr double kSettled = 0.98;  // Jaccard

  explicit StabilityCard(Session& session, QWidget* parent = nullptr);
  ui::CurvePlot* curve() const { return m_stability; }
  ui::CurvePlot* kept() const { return m_kept; }
  ui::SegmentedControl* tabs() const { return m_tabs; }
  ui::Label* text() const { return m_text; }
  QCheckBox* stopsEarly() const { return m_stops; }
  void refresh();        // everything
  void refreshCounts();  // what follows the slider

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  bool showsKept() const;
  QString stabilityText() const;
  Session& m_session;
  ui::SegmentedControl* m_tabs;
  ui::CurvePlot *m_stability, *m_kept;
  ui::Label* m_text;
  QCheckBox* m_stops;
};

// The first of these from which on every choice but the last agrees with the last by `least`; -1: none does.
int settledAfter(const std::vector<SnapshotAgreement>& snapshots, double least);

}  // namespace gps::app
