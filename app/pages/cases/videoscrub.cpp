#include "app/pages/cases/videoscrub.h"

#include <QEvent>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>
#include <cmath>

#include "widgets/button.h"
#include "widgets/flowlayout.h"
#include "widgets/label.h"
#include "widgets/slider.h"
#include "widgets/theme.h"

namespace gps::app {

using namespace Qt::StringLiterals;

QString frameTimeText(double seconds) {
  if (std::isnan(seconds)) return u"–"_s;
  const auto ms = qint64(std::llround(std::max(0.0, seconds) * 1000));
  const QString rest = u"%1:%2.%3"_s.arg(ms / 60000 % 60, ms >= 3600000 ? 2 : 1, 10, '0'_L1)
                           .arg(ms / 1000 % 60, 2, 10, '0'_L1)
                           .arg(ms % 1000, 3, 10, '0'_L1);
  return ms >= 3600000 ? u"%1:%2"_s.arg(ms / 3600000).arg(rest) : rest;
}

VideoScrub::VideoScrub(QWidget* parent)
    : QWidget(parent),
      m_play(new ui::IconButton(u"play"_s, {})),
      m_slider(new ui::Slider),
      m_number(new QSpinBox),
      m_of(new ui::Label({}, ui::TextRole::Small, ui::Token::Text2)),
      m_time(new ui::Label({}, ui::TextRole::Small, ui::Token::Text2)) {
  const ui::Theme& theme = ui::Theme::instance();
  auto* row = new ui::FlowLayout(this);
  row->setContentsMargins({});
  row->setSpacing(theme.px(1));
  row->addWidget(m_play);
  row->addWidget(m_slider);
  row->addWidget(m_number);
  row->addWidget(m_of);
  row->addWidget(m_time);
  m_slider->setPageStep(10);
  m_number->setKeyboardTracking(false);
  m_number->setButtonSymbols(QAbstractSpinBox::NoButtons);
  m_number->setAlignment(Qt::AlignRight);
  m_time->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  m_beat.setSingleShot(true);
  m_beat.setInterval(40);
  connect(&m_beat, &QTimer::timeout, this, &VideoScrub::goOn);
  connect(m_play, &ui::IconButton::clicked, this, [this] { play(!m_isPlaying); });
  connect(m_slider, &ui::Slider::valueChanged, this, [this](int number) {
    const QSignalBlocker quiet(m_number);
    m_number->setValue(number);
    Q_EMIT frameWished(number);
  });
  connect(m_number, &QSpinBox::valueChanged, this, [this](int number) { m_slider->setValue(number); });
  retranslate();
}

void VideoScrub::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  QWidget::changeEvent(event);
}

void VideoScrub::hideEvent(QHideEvent* event) {
  play(false);
  QWidget::hideEvent(event);
}

void VideoScrub::retranslate() {
  m_slider->setAccessibleName(tr("Frame of the video"));
  m_slider->setToolTip(tr("Goes through the frames of the video. Keys ← and →, K plays."));
  m_number->setAccessibleName(tr("Number of the frame"));
  m_number->setToolTip(tr("Number of the frame, from 0."));
  refresh();
}

int VideoScrub::frame() const { return m_slider->value(); }

void VideoScrub::setFrames(int count) {
  if (count == m_count) return;
  m_count = count;
  const QSignalBlocker quietSlider(m_slider), quietNumber(m_number);
  m_slider->setRange(0, std::max(0, count - 1));
  m_number->setRange(0, std::max(0, count - 1));
  refresh();
}

void VideoScrub::setFrame(int number) {
  const QSignalBlocker quietSlider(m_slider), quietNumber(m_number);
  m_slider->setValue(number);
  m_number->setValue(number);
}

void VideoScrub::setSeconds(double at, double end) {
  m_time->setText(std::isnan(at) ? QString() : tr("%1 of %2").arg(frameTimeText(at), frameTimeText(end)));
  m_time->setVisible(!std::isnan(at));
}

void VideoScrub::setPace(int step, int milliseconds) {
  m_step = std::max(1, step);
  m_beat.setInterval(std::clamp(milliseconds, 10, 2000));
}

void VideoScrub::setStill(bool isStill) {
  m_isStill = isStill;
  if (isStill) play(false);
  refresh();
}

void VideoScrub::play(bool on) {
  on = on && m_count > 1 && !m_isStill;
  if (on == m_isPlaying) return;
  m_isPlaying = on;
  if (on && frame() + m_step >= m_count) m_slider->setValue(0);  // from the beginning again
  if (on)
    m_beat.start();
  else
    m_beat.stop();
  refresh();
}

// Waits for the frame that is on its way, so that none is missed on a slow computer.
void VideoScrub::goOn() {
  if (!m_isPlaying || !m_hasArrived) return;
  const int next = frame() + m_step;
  if (next >= m_count) return play(false);
  m_hasArrived = false;
  m_beat.start();
  m_slider->setValue(next);
}

void VideoScrub::arrived() {
  m_hasArrived = true;
  if (m_isPlaying && !m_beat.isActive()) goOn();
}

void VideoScrub::focusNumber() {
  m_number->setFocus(Qt::ShortcutFocusReason);
  m_number->selectAll();
}

void VideoScrub::refresh() {
  const QString text = m_isPlaying ? tr("Stop (K)") : tr("Play (K)");
  m_play->setIconName(m_isPlaying ? u"pause"_s : u"play"_s);
  m_play->setToolTip(m_isStill ? tr("Nothing plays by itself while motion is reduced (Settings).") : text);
  m_play->setAccessibleName(text);
  m_play->setEnabled(m_count > 1 && !m_isStill);
  m_slider->setEnabled(m_count > 1);
  m_number->setEnabled(m_count > 1);
  m_of->setText(m_count > 0 ? tr("of %L1").arg(m_count - 1) : QString());
}

}  // namespace gps::app
