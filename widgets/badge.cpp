#include "widgets/badge.h"

#include <QPainter>

#include "widgets/themestyle.h"

namespace gps::ui {

Badge::Badge(const QString& text, Tone tone, QWidget* parent) : QWidget(parent), m_text(text), m_tone(tone) {
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  setAccessibleName(text);
  connect(&Theme::instance(), &Theme::changed, this, [this] {
    updateGeometry();
    update();
  });
}

void Badge::setText(const QString& text) {
  if (text == m_text) return;
  m_text = text;
  setAccessibleName(text);
  updateGeometry();
  update();
}

void Badge::setTone(Tone tone) {
  m_tone = tone;
  update();
}

QSize Badge::sizeHint() const {
  const Theme& theme = Theme::instance();
  const QFontMetricsF metrics(theme.font(TextRole::Caption));
  return {qCeil(metrics.horizontalAdvance(m_text)) + theme.px(2), theme.px(2.5)};
}

void Badge::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::instance();
  QPainter painter(this);
  const QColor color = theme.toneColor(m_tone);
  const QColor wash =
      m_tone == Tone::Neutral ? theme.color(Token::Inset) : mixed(theme.color(Token::Surface), color, theme.isDark() ? 0.20 : 0.13);
  drawRounded(painter, rect(), height() / 2.0, wash, theme.isHighContrast() ? color : QColor(), 1);
  painter.setFont(theme.font(TextRole::Caption));
  painter.setPen(color);
  painter.drawText(rect(), Qt::AlignCenter, m_text);
}

}  // namespace gps::ui
