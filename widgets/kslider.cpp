#include "widgets/kslider.h"

#include <QEvent>
#include <QGridLayout>
#include <QKeyEvent>
#include <QSpinBox>
#include <algorithm>
#include <cmath>

#include "widgets/label.h"
#include "widgets/slider.h"

namespace gps::ui {

namespace {
constexpr int kPositions = 1000;
constexpr int kLargestK = 64;
}  // namespace

int positionOfK(int k, int maximum) {
  if (maximum <= 1) return 0;
  return int(std::lround(kPositions * std::log(double(std::clamp(k, 1, maximum))) / std::log(double(maximum))));
}

int kAtPosition(int position, int maximum) {
  if (maximum <= 1) return 1;
  const double k = std::exp(double(position) / kPositions * std::log(double(maximum)));
  return std::clamp(int(std::lround(k)), 1, maximum);
}

KSlider::KSlider(QWidget* parent)
    : QWidget(parent),
      m_number(new Label(QString(), TextRole::Display)),
      m_first(new Label(QString(), TextRole::Body)),
      m_second(new Label(QString(), TextRole::Body, Token::Text2)),
      m_notes(new Label(QString(), TextRole::Small, Token::Text2)),
      m_box(new QSpinBox),
      m_slider(new Slider) {
  const Theme& theme = Theme::instance();
  m_box->setRange(1, kLargestK);
  m_box->setKeyboardTracking(false);
  m_box->setAlignment(Qt::AlignRight);
  m_box->setFocusPolicy(Qt::StrongFocus);
  m_box->setMinimumWidth(theme.px(8));
  m_slider->setRange(0, kPositions);
  m_slider->installEventFilter(this);
  m_box->installEventFilter(this);
  m_notes->setWordWrap(true);
  m_first->setElided(true);
  m_second->setElided(true);

  auto* grid = new QGridLayout(this);
  grid->setContentsMargins({});
  grid->setHorizontalSpacing(theme.px(1.5));
  grid->setVerticalSpacing(theme.px(0.25));
  grid->addWidget(m_number, 0, 0, 2, 1, Qt::AlignVCenter);
  grid->addWidget(m_first, 0, 1, Qt::AlignBottom);
  grid->addWidget(m_second, 1, 1, Qt::AlignTop);
  grid->addWidget(m_box, 0, 2, 2, 1, Qt::AlignVCenter);
  grid->addWidget(m_slider, 2, 0, 1, 3);
  grid->addWidget(m_notes, 3, 0, 1, 3);
  grid->setColumnStretch(1, 1);

  connect(m_slider, &QSlider::valueChanged, this, [this](int position) {
    if (!m_updating) choose(kAtPosition(position, m_maximum), !m_slider->isSliderDown());
  });
  connect(m_slider, &QSlider::sliderReleased, this, [this] {
    refresh();  // the handle settles on the chosen K
    Q_EMIT keptPerRowCommitted(m_k);
  });
  connect(m_slider, &Slider::resetRequested, this, [this] { choose(m_default, true); });
  connect(m_box, &QSpinBox::valueChanged, this, [this](int k) {
    if (!m_updating) choose(k, true);
  });
  connect(&Theme::instance(), &Theme::changed, this, &KSlider::refresh);
  setMaximum(kLargestK);
  setTabOrder(m_box, m_slider);  // of one window only now
}

void KSlider::setMaximum(int k) {
  m_maximum = std::clamp(k, 1, kLargestK);
  setLargest(m_maximum);
  QList<std::pair<int, QString>> marks;
  for (const int tick : {1, 3, 8, 24, 64})
    if (tick <= m_maximum) marks.append({positionOfK(tick, m_maximum), QString::number(tick)});
  m_slider->setMarks(marks);
  m_slider->setDefaultValue(positionOfK(m_default, m_maximum));
  setKeptPerRow(m_k);
}

void KSlider::setLargest(int k) {
  m_largest = std::max(k, m_maximum);
  m_updating = true;
  m_box->setMaximum(m_largest);
  m_updating = false;
  setKeptPerRow(m_k);
}

void KSlider::setDefault(int k) {
  m_default = std::clamp(k, 1, m_maximum);
  m_slider->setDefaultValue(positionOfK(m_default, m_maximum));
}

void KSlider::setKeptPerRow(int k) {
  m_k = std::clamp(k, 1, m_largest);
  refresh();
}

void KSlider::setSummary(const QString& first, const QString& second) {
  m_first->setText(first);
  m_second->setText(second);
}

void KSlider::setNotes(const QStringList& notes) {
  m_lines = notes;
  showNotes();
}

void KSlider::setDisabledReason(const QString& reason) {
  m_reason = reason;
  m_box->setEnabled(reason.isEmpty());
  m_slider->setEnabled(reason.isEmpty());
  setToolTip(reason);
  showNotes();
}

void KSlider::showNotes() {
  const QStringList reason = m_reason.isEmpty() ? QStringList() : QStringList{m_reason};
  m_notes->setText((reason + m_lines).join(QLatin1Char('\n')));
}

void KSlider::choose(int k, bool commit) {
  k = std::clamp(k, 1, m_largest);
  const bool moved = k != m_k;
  m_k = k;
  // While the handle is held it follows the pointer; otherwise it stands on its K.
  if (!m_slider->isSliderDown())
    refresh();
  else {
    m_updating = true;
    m_box->setValue(m_k);
    m_number->setText(QString::number(m_k));
    m_updating = false;
  }
  if (moved) {
    Q_EMIT keptPerRowChanged(m_k);
    if (commit) Q_EMIT keptPerRowCommitted(m_k);
  }
}

// The slider itself leads up to its end; who is beyond it stays there.
int KSlider::higher(int k) const { return std::min(k, std::max(m_k, m_maximum)); }

void KSlider::refresh() {
  m_updating = true;
  m_number->setText(QString::number(m_k));
  // Two figures always have room, so that nothing moves between 9 and 10.
  m_number->setMinimumWidth(QFontMetrics(Theme::instance().font(TextRole::Display))
                                .horizontalAdvance(m_k > 99                   ? QString::number(m_k)
                                                   : m_maximum > 9 && m_k > 9 ? QStringLiteral("64")
                                                                              : QStringLiteral("4")));
  m_box->setValue(m_k);
  m_box->setAccessibleName(tr("Inputs kept per neuron, K"));
  m_slider->setAccessibleName(tr("Inputs kept per neuron, K"));
  m_slider->setToolTip(tr("Inputs kept per neuron, K. PgUp and PgDn double and halve it, a double click returns to %1.").arg(m_default));
  m_slider->setValue(positionOfK(m_k, m_maximum));
  m_updating = false;
}

bool KSlider::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Wheel) {
    if (watched == m_box && !m_box->hasFocus()) {
      event->ignore();
      return true;
    }
    if (watched == m_slider && m_slider->hasFocus()) {
      choose(static_cast<QWheelEvent*>(event)->angleDelta().y() > 0 ? higher(m_k + 1) : m_k - 1, true);
      return true;
    }
  }
  if (watched == m_slider && event->type() == QEvent::KeyPress) {
    switch (static_cast<QKeyEvent*>(event)->key()) {
      case Qt::Key_Up:
      case Qt::Key_Right:
        choose(higher(m_k + 1), true);
        return true;
      case Qt::Key_Down:
      case Qt::Key_Left:
        choose(m_k - 1, true);
        return true;
      case Qt::Key_PageUp:
        choose(higher(m_k * 2), true);
        return true;
      case Qt::Key_PageDown:
        choose(m_k / 2, true);
        return true;
      case Qt::Key_Home:
        choose(1, true);
        return true;
      case Qt::Key_End:
        choose(m_maximum, true);
        return true;
      default:
        break;
    }
  }
  return QWidget::eventFilter(watched, event);
}

void KSlider::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) refresh();
  QWidget::changeEvent(event);
}

}  // namespace gps::ui
