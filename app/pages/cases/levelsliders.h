#pragma once
// Brightness and contrast of the picture, in percent; what the right drag in a viewer changes too. Remembered in the view settings and
// the same on every page that shows pictures.
#include <QWidget>

#include "app/project/viewsettings.h"

namespace gps::ui {
class LabelledSlider;
}

namespace gps::app {

class LevelSliders : public QWidget {
  Q_OBJECT
 public:
  explicit LevelSliders(AppSettings& settings, QWidget* parent = nullptr);
  ui::LabelledSlider* brightness() const { return m_brightness; }
  ui::LabelledSlider* contrast() const { return m_contrast; }

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  void refresh();
  ViewSettings m_settings;
  ui::LabelledSlider *m_brightness, *m_contrast;
};

}  // namespace gps::app
