#pragma once
// Up to four schemes at the budget of the chosen one, as small multiples; a click takes one over.
#include "app/project/explorer.h"
#include "widgets/card.h"

namespace gps::ui {
class Button;
class Label;
class SchemeBars;
}  // namespace gps::ui

namespace gps::app {

class SchemesCard : public ui::Card {
  Q_OBJECT
 public:
  SchemesCard(Session& session, Explorer& explorer, QWidget* parent = nullptr);
  ui::SchemeBars* bars() const { return m_bars; }
  void refresh();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  void offer();  // the menu of schemes to add
  Session& m_session;
  Explorer& m_explorer;
  ui::SchemeBars* m_bars;
  ui::Button* m_add;
  ui::Label* m_text;
};

}  // namespace gps::app
