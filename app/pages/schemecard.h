#pragma once
// Level, criterion and loss of the selection. A change is answered from the pass in hand where that can answer.
#include "app/project/session.h"
#include "widgets/card.h"

namespace gps::ui {
class ChoiceBox;
class Label;
class SegmentedControl;
}  // namespace gps::ui

namespace gps::app {

class SchemeCard : public ui::Card {
  Q_OBJECT
 public:
  explicit SchemeCard(Session& session, QWidget* parent = nullptr);
  ui::SegmentedControl* level() const { return m_level; }
  ui::SegmentedControl* budget() const { return m_budget; }
  ui::ChoiceBox* criterion() const { return m_criterion; }
  ui::ChoiceBox* loss() const { return m_loss; }
  void refresh();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  void change(const std::function<void(SelectionSpec&)>& how);
  Session& m_session;
  ui::Label *m_levelLabel, *m_budgetLabel, *m_criterionLabel, *m_lossLabel, *m_text;
  ui::SegmentedControl *m_level, *m_budget;
  ui::ChoiceBox *m_criterion, *m_loss;
};

}  // namespace gps::app
