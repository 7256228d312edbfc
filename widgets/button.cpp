#include "widgets/button.h"

#include <QHelpEvent>
#include <QStyleOptionButton>
#include <QStylePainter>
#include <QToolTip>
#include <algorithm>

#include "widgets/icon.h"
#include "widgets/theme.h"

namespace gps::ui {

Button::Button(const QString& text, ButtonRole role, const QString& iconName, QWidget* parent)
    : QPushButton(text, parent), m_role(role), m_iconName(iconName) {
  setCursor(Qt::PointingHandCursor);
  setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
  connect(&Theme::instance(), &Theme::changed, this, &Button::refresh);
  refresh();
}

void Button::setRole(ButtonRole role) {
  m_role = role;
  refresh();
}

void Button::setIconName(const QString& name) {
  m_iconName = name;
  refresh();
}

void Button::setDisabledReason(const QString& reason, const QString& toolTipWhenEnabled) {
  setEnabled(reason.isEmpty());
  setToolTip(reason.isEmpty() ? toolTipWhenEnabled : reason);
}

void Button::setCompact(bool on) {
  if (on == m_isCompact) return;
  m_isCompact = on;
  updateGeometry();
  update();
}

int Button::widthWhen(bool compact) const {
  if (compact && !m_iconName.isEmpty()) return std::max(Theme::instance().controlHeight(), iconSize().width() + Theme::instance().px(1.5));
  return QPushButton::sizeHint().width();
}

QSize Button::sizeHint() const {
  const QSize size = QPushButton::sizeHint();
  return isCompact() ? QSize(widthWhen(true), size.height()) : size;
}

bool Button::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip && isCompact() && toolTip().isEmpty()) {
    QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), text(), this);
    return true;
  }
  return QPushButton::event(event);
}

// Only the painting leaves the words out: the size that QPushButton remembers stays that with them.
void Button::paintEvent(QPaintEvent*) {
  QStyleOptionButton option;
  initStyleOption(&option);
  if (isCompact()) option.text.clear();
  QStylePainter(this).drawControl(QStyle::CE_PushButton, option);
}

void Button::refresh() {
  const Theme& theme = Theme::instance();
  QFont f = theme.font(TextRole::Body);
  if (m_role != ButtonRole::Ghost) f.setWeight(QFont::Medium);
  setFont(f);
  const bool filled = m_role == ButtonRole::Primary || m_role == ButtonRole::Danger;
  setIcon(m_iconName.isEmpty() ? QIcon()
                               : themedIcon(m_iconName, filled                        ? Token::OnAccent
                                                        : m_role == ButtonRole::Ghost ? Token::Text2
                                                                                      : Token::Text));
  setIconSize({theme.px(2), theme.px(2)});
  update();
}

IconButton::IconButton(const QString& iconName, const QString& toolTip, QWidget* parent) : QToolButton(parent), m_iconName(iconName) {
  setToolTip(toolTip);
  setAccessibleName(toolTip);
  setAutoRaise(true);
  setFocusPolicy(Qt::StrongFocus);
  setCursor(Qt::PointingHandCursor);
  connect(&Theme::instance(), &Theme::changed, this, &IconButton::refresh);
  refresh();
}

void IconButton::setIconName(const QString& name) {
  m_iconName = name;
  refresh();
}

void IconButton::refresh() {
  const Theme& theme = Theme::instance();
  setIcon(themedIcon(m_iconName, Token::Text2));
  setIconSize({theme.px(2.25), theme.px(2.25)});
}

}  // namespace gps::ui
