#include "widgets/label.h"

#include <QPainter>
#include <QStyle>

namespace gps::ui {

Label::Label(const QString& text, TextRole role, Token token, QWidget* parent) : QLabel(text, parent), m_role(role), m_token(token) {
  setTextFormat(Qt::PlainText);
  connect(&Theme::instance(), &Theme::changed, this, &Label::refresh);
  refresh();
}

void Label::setTextRole(TextRole role) {
  m_role = role;
  refresh();
}

void Label::setToken(Token token) {
  m_token = token;
  refresh();
}

void Label::setElided(bool on) {
  m_elided = on;
  updateGeometry();
  update();
}

void Label::refresh() {
  const Theme& theme = Theme::instance();
  setFont(theme.font(m_role));
  QPalette p = palette();
  p.setColor(QPalette::Active, QPalette::WindowText, theme.color(m_token));
  p.setColor(QPalette::Inactive, QPalette::WindowText, theme.color(m_token));
  p.setColor(QPalette::Link, theme.color(Token::Accent));
  setPalette(p);
}

void Label::paintEvent(QPaintEvent* event) {
  if (!m_elided) return QLabel::paintEvent(event);
  QPainter painter(this);
  const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width());
  if ((shown != text()) != (toolTip() == text() && !text().isEmpty())) setToolTip(shown == text() ? QString() : text());
  style()->drawItemText(&painter, contentsRect(), int(alignment()), palette(), isEnabled(), shown, QPalette::WindowText);
}

QSize Label::minimumSizeHint() const {
  if (!m_elided) return QLabel::minimumSizeHint();
  return {fontMetrics().horizontalAdvance(QChar(u'…')) * 3, QLabel::minimumSizeHint().height()};
}

}  // namespace gps::ui
