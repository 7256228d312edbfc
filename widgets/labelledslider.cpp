#include "widgets/labelledslider.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QSignalBlocker>
#include <QWheelEvent>
#include <cmath>

#include "widgets/label.h"
#include "widgets/slider.h"

namespace gps::ui {

namespace {

// A box whose wheel only turns it while it has the focus.
class QuietBox : public QDoubleSpinBox {
 protected:
  void wheelEvent(QWheelEvent* event) override {
    if (hasFocus())
      QDoubleSpinBox::wheelEvent(event);
    else
      event->ignore();
  }
};

}  // namespace

LabelledSlider::LabelledSlider(const QString& label, QWidget* parent)
    : QWidget(parent), m_grid(new QGridLayout(this)), m_label(new Label(label, TextRole::Body)), m_box(new QuietBox), m_slider(new Slider) {
  const Theme& theme = Theme::instance();
  m_box->setButtonSymbols(QAbstractSpinBox::NoButtons);
  m_box->setAlignment(Qt::AlignRight);
  m_box->setKeyboardTracking(false);
  m_box->setFocusPolicy(Qt::StrongFocus);
  m_box->setMinimumWidth(theme.px(8));
  m_label->setBuddy(m_slider);
  m_slider->setAccessibleName(label);
  m_box->setAccessibleName(label);
  m_grid->setContentsMargins({});
  m_grid->setVerticalSpacing(theme.px(0.25));
  setInline(false);
  connect(m_slider, &QSlider::valueChanged, this, &LabelledSlider::fromSlider);
  connect(m_slider, &QSlider::sliderReleased, this, [this] { Q_EMIT editingFinished(value()); });
  connect(m_slider, &Slider::resetRequested, this, [this] {
    m_box->setValue(m_default);
    Q_EMIT editingFinished(value());
  });
  connect(m_box, &QDoubleSpinBox::valueChanged, this, [this](double v) {
    if (m_updating) return;
    m_updating = true;
    m_slider->setValue(toPosition(v));
    m_updating = false;
    Q_EMIT valueChanged(v);
  });
  connect(m_box, &QDoubleSpinBox::editingFinished, this, [this] { Q_EMIT editingFinished(value()); });
  setTabOrder(m_box, m_slider);
  setRange(0, 1, 0.01);
}

void LabelledSlider::setLabel(const QString& label) {
  m_label->setText(label);
  m_slider->setAccessibleName(label);
  m_box->setAccessibleName(label);
}

void LabelledSlider::setInline(bool on) {
  for (QWidget* part : {static_cast<QWidget*>(m_label), static_cast<QWidget*>(m_box), static_cast<QWidget*>(m_slider)})
    m_grid->removeWidget(part);
  m_grid->addWidget(m_label, 0, 0);
  m_grid->addWidget(m_box, 0, on ? 2 : 1, Qt::AlignRight);
  if (on)
    m_grid->addWidget(m_slider, 0, 1);
  else
    m_grid->addWidget(m_slider, 1, 0, 1, 2);
  m_grid->setColumnStretch(0, on ? 0 : 1);
  m_grid->setColumnStretch(1, on ? 1 : 0);
}

void LabelledSlider::setRange(double low, double high, double step) {
  if (!(high > low) || !(step > 0)) return;
  const double now = value();
  m_updating = true;
  m_low = low, m_high = high, m_step = step;
  m_box->setRange(low, high);
  m_box->setSingleStep(step);
  // The slider counts in tenths of a step.
  m_slider->setRange(0, int(std::lround((high - low) / step * 10)));
  m_slider->setSingleStep(10);
  m_slider->setPageStep(100);
  m_updating = false;
  setValue(now);
}

void LabelledSlider::setDecimals(int decimals) { m_box->setDecimals(decimals); }
void LabelledSlider::setUnit(const QString& unit) { m_box->setSuffix(unit); }

void LabelledSlider::setDefault(double value) {
  m_default = value;
  m_slider->setDefaultValue(toPosition(value));
}

void LabelledSlider::setValue(double value) {
  m_updating = true;
  m_box->setValue(value);
  m_slider->setValue(toPosition(m_box->value()));
  m_updating = false;
}

double LabelledSlider::value() const { return m_box->value(); }

int LabelledSlider::toPosition(double value) const { return int(std::lround((value - m_low) / m_step * 10)); }

void LabelledSlider::fromSlider(int position) {
  if (m_updating) return;
  const double next = m_low + std::round(position / 10.0) * m_step;
  const double before = m_box->value();
  m_updating = true;
  m_box->setValue(next);
  m_updating = false;
  if (m_box->value() != before) Q_EMIT valueChanged(m_box->value());
}

}  // namespace gps::ui
