#include "app/pages/cases/levelsliders.h"

#include <QEvent>
#include <QVBoxLayout>

#include "app/project/appsettings.h"
#include "widgets/labelledslider.h"
#include "widgets/theme.h"

namespace gps::app {

LevelSliders::LevelSliders(AppSettings& settings, QWidget* parent)
    : QWidget(parent), m_settings(settings), m_brightness(new ui::LabelledSlider({})), m_contrast(new ui::LabelledSlider({})) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->setSpacing(ui::Theme::instance().px(1));
  layout->addWidget(m_brightness);
  layout->addWidget(m_contrast);
  m_brightness->setRange(-100, 100, 1);
  m_brightness->setDefault(0);
  m_contrast->setRange(25, 400, 5);
  m_contrast->setDefault(100);
  for (ui::LabelledSlider* slider : {m_brightness, m_contrast}) slider->setDecimals(0);
  connect(m_brightness, &ui::LabelledSlider::valueChanged, this,
          [this](double v) { m_settings.setLevels(v / 100, m_settings.contrast()); });
  connect(m_contrast, &ui::LabelledSlider::valueChanged, this,
          [this](double v) { m_settings.setLevels(m_settings.brightness(), v / 100); });
  connect(&settings, &AppSettings::levelsChanged, this, &LevelSliders::refresh);
  retranslate();
  refresh();
}

void LevelSliders::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  QWidget::changeEvent(event);
}

void LevelSliders::retranslate() {
  m_brightness->setLabel(tr("Brightness"));
  m_brightness->setUnit(tr(" %"));
  m_brightness->setToolTip(tr("Of the picture alone, not of the overlay. Dragging up or down with the right button does the same."));
  m_contrast->setLabel(tr("Contrast"));
  m_contrast->setUnit(tr(" %"));
  m_contrast->setToolTip(tr("More contrast is a narrower window of grey levels. Dragging sideways with the right button does the same."));
}

void LevelSliders::refresh() {
  m_brightness->setValue(100 * m_settings.brightness());
  m_contrast->setValue(100 * m_settings.contrast());
}

}  // namespace gps::app
