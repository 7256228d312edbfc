#include "app/pages/cases/lookcard.h"

#include <QCheckBox>
#include <QEvent>
#include <QVBoxLayout>

#include "app/pages/cases/levelsliders.h"
#include "widgets/label.h"
#include "widgets/labelledslider.h"
#include "widgets/segmentedcontrol.h"

namespace gps::app {

using namespace Qt::StringLiterals;

LookCard::LookCard(ViewSettings& settings, AppSettings& app, QWidget* parent)
    : ui::Card({}, parent),
      m_settings(settings),
      m_threshold(new ui::LabelledSlider({})),
      m_opacity(new ui::LabelledSlider({})),
      m_band(new ui::LabelledSlider({})),
      m_drawing(new ui::SegmentedControl),
      m_levels(new LevelSliders(app)),
      m_truth(new QCheckBox),
      m_hatch(new QCheckBox),
      m_keys(new ui::Label({}, ui::TextRole::Caption, ui::Token::Text2)) {
  m_keys->setWordWrap(true);
  const OverlayStyle usual;
  m_threshold->setRange(0.01, 0.99, 0.01);
  m_threshold->setDecimals(2);
  m_threshold->setDefault(usual.threshold);
  m_opacity->setRange(0, 100, 1);
  m_opacity->setDecimals(0);
  m_opacity->setDefault(100 * usual.opacity);
  m_band->setRange(0, 64, 1);
  m_band->setDecimals(0);
  m_band->setDefault(0);
  for (const char* id : {"fill", "contour", "both"}) m_drawing->addOption(QString::fromLatin1(id), {});
  for (QWidget* w : std::initializer_list<QWidget*>{m_threshold, m_opacity, m_drawing, m_band, m_hatch, m_truth, m_levels, m_keys})
    addBody(w);
  connect(m_threshold, &ui::LabelledSlider::valueChanged, this, [this](double v) { change([v](OverlayStyle& s) { s.threshold = v; }); });
  connect(m_opacity, &ui::LabelledSlider::valueChanged, this, [this](double v) { change([v](OverlayStyle& s) { s.opacity = v / 100; }); });
  connect(m_band, &ui::LabelledSlider::valueChanged, this, [this](double v) { change([v](OverlayStyle& s) { s.bandWidth = v; }); });
  connect(m_hatch, &QCheckBox::toggled, this, [this](bool on) { change([on](OverlayStyle& s) { s.hatch = on; }); });
  connect(m_truth, &QCheckBox::toggled, this, [this](bool on) { change([on](OverlayStyle& s) { s.truth = on; }); });
  connect(m_drawing, &ui::SegmentedControl::currentChanged, this, [this](const QString& id) {
    change([&id](OverlayStyle& s) {
      s.fill = id != "contour"_L1;
      s.contour = id != "fill"_L1;
    });
  });
  setStyle(settings.style());
  setMode(ui::CompareView::Mode::Overlay);
  retranslate();
}

void LookCard::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  ui::Card::changeEvent(event);
}

void LookCard::retranslate() {
  setTitle(tr("Look"));
  m_threshold->setLabel(tr("Threshold"));
  m_threshold->setToolTip(
      tr("Marked is what is more probable than this. The same for the picture and for every number here; 0.50 by default."));
  m_opacity->setLabel(tr("Overlay opacity"));
  m_opacity->setUnit(tr(" %"));
  m_band->setLabel(tr("Boundary band"));
  m_band->setUnit(tr(" px"));
  m_band->setToolTip(
      tr("Errors nearer to the outline of the ground truth than this are drawn fainter: two readers would differ there, too."));
  m_drawing->setOptionText(u"fill"_s, tr("Fill"));
  m_drawing->setOptionText(u"contour"_s, tr("Contour"));
  m_drawing->setOptionText(u"both"_s, tr("Both"));
  m_truth->setText(tr("Show the ground truth"));
  m_hatch->setText(tr("Hatch the errors"));
}

void LookCard::setKeysText(const QString& text) { m_keys->setText(text); }

void LookCard::setMode(ui::CompareView::Mode mode) {
  const bool isErrors = mode == ui::CompareView::Mode::Errors, isChange = mode == ui::CompareView::Mode::Change;
  m_band->setVisible(isErrors);
  m_hatch->setVisible(isErrors);
  m_truth->setVisible(!isErrors);
  m_drawing->setVisible(!isErrors);
  m_drawing->setEnabled(!isChange);
}

void LookCard::setStyle(const OverlayStyle& style) {
  m_style = style;
  const QSignalBlocker hatch(m_hatch), truth(m_truth);
  m_threshold->setValue(style.threshold);
  m_opacity->setValue(style.opacity * 100);
  m_band->setValue(style.bandWidth);
  m_hatch->setChecked(style.hatch);
  m_truth->setChecked(style.truth);
  m_drawing->setCurrent(style.fill && style.contour ? u"both"_s : style.fill ? u"fill"_s : u"contour"_s);
  m_settings.setStyle(style);
}

void LookCard::change(const std::function<void(OverlayStyle&)>& edit) {
  OverlayStyle style = m_style;
  edit(style);
  setStyle(style);
  Q_EMIT styleChanged(style);
}

}  // namespace gps::app
