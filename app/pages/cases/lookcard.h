#pragma once
// How the overlay is drawn: threshold, opacity, fill and contour, and what belongs to the map of errors; and how bright the picture is. One
// threshold for the picture and for every number on the page.
#include <functional>

#include "app/project/viewsettings.h"
#include "widgets/card.h"
#include "widgets/compareview.h"

class QCheckBox;

namespace gps::ui {
class Label;
class LabelledSlider;
class SegmentedControl;
}  // namespace gps::ui

namespace gps::app {

class LevelSliders;

class LookCard : public ui::Card {
  Q_OBJECT
 public:
  LookCard(ViewSettings& settings, AppSettings& app, QWidget* parent = nullptr);
  const OverlayStyle& style() const { return m_style; }
  void setStyle(const OverlayStyle& style);  // remembers it; does not emit
  void setMode(ui::CompareView::Mode mode);
  void setKeysText(const QString& text);  // the keys used most
  ui::LabelledSlider* threshold() const { return m_threshold; }
  ui::LabelledSlider* opacity() const { return m_opacity; }
  LevelSliders* levels() const { return m_levels; }

 Q_SIGNALS:
  void styleChanged(const gps::OverlayStyle& style);  // by the user

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  void change(const std::function<void(OverlayStyle&)>& edit);
  ViewSettings& m_settings;
  OverlayStyle m_style;
  ui::LabelledSlider *m_threshold, *m_opacity, *m_band;
  ui::SegmentedControl* m_drawing;
  LevelSliders* m_levels;
  QCheckBox *m_truth, *m_hatch;
  ui::Label* m_keys;
};

}  // namespace gps::app
