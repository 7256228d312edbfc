#pragma once
// How new pictures or a video are looked at: threshold, opacity, by the trained or the untuned model; and what has been saved of them.
#include <initializer_list>

#include "app/project/looking.h"
#include "core/values/overlaystyle.h"
#include "widgets/card.h"

namespace gps::ui {
class Button;
class ChoiceBox;
class Label;
class LabelledSlider;
}  // namespace gps::ui

namespace gps::app {

class LevelSliders;

class LookingCard : public ui::Card {
  Q_OBJECT
 public:
  // more: between the sliders and the choice of the model.
  LookingCard(const Looking& looking, Session& session, std::initializer_list<QWidget*> more = {}, QWidget* parent = nullptr);
  ui::LabelledSlider* threshold() const { return m_threshold; }
  LevelSliders* levels() const { return m_levels; }
  bool wantsRun() const { return m_wantsRun; }
  ui::Label* made() const { return m_made; }  // shown when what is there was outlined otherwise than it would be now
  ui::Button* again() const { return m_again; }
  void setStyle(const OverlayStyle& style);
  void setSavedText(const QString& text);  // empty: nothing is said
  // What saved() of pictures or video tells.
  void showSaved(const QString& folder, const QString& problem, const QString& details);
  void refreshRun();
  void retranslate();

 Q_SIGNALS:
  void styleEdited(const gps::OverlayStyle& style);  // by the user
  void modelChosen();                                // by the user, the same one again too; see wantsRun()

 private:
  const Looking& m_looking;
  Session& m_session;
  ui::LabelledSlider *m_threshold, *m_opacity;
  ui::Label *m_withLabel, *m_made, *m_saved;
  ui::ChoiceBox* m_with;
  ui::Button* m_again;
  LevelSliders* m_levels;
  OverlayStyle m_style;
  bool m_wantsRun = true;  // until the person chooses otherwise
};

}  // namespace gps::app
