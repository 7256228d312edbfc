#include "widgets/segmentedcontrol.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <utility>

#include "widgets/theme.h"
#include "widgets/themestyle.h"

namespace gps::ui {

namespace {
constexpr int kLeastOfTwoLines = 4;
}

SegmentedControl::SegmentedControl(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  connect(&Theme::instance(), &Theme::changed, this, [this] {
    m_widest = -1;
    updateGeometry();
    update();
  });
}

void SegmentedControl::addOption(const QString& id, const QString& text, const QString& toolTip) {
  m_options.append({id, text, toolTip, {}, true});
  m_widest = -1;
  if (m_current < 0) m_current = 0;
  nameItself();
  updateGeometry();
  update();
}

void SegmentedControl::setOptionText(const QString& id, const QString& text) {
  for (Option& option : m_options)
    if (option.id == id) option.text = text;
  m_widest = -1;
  nameItself();
  updateGeometry();
  update();
}

void SegmentedControl::setOptionEnabled(const QString& id, bool enabled, const QString& reason) {
  for (Option& option : m_options)
    if (option.id == id) option.enabled = enabled, option.reason = reason;
  update();
}

// Without a name from outside the choices are the name.
void SegmentedControl::nameItself() {
  if (accessibleName() != m_ownName) return;
  QStringList texts;
  for (const Option& option : m_options)
    if (!option.text.isEmpty()) texts << option.text;
  m_ownName = texts.join(QStringLiteral(", "));
  setAccessibleName(m_ownName);
}

void SegmentedControl::setCurrent(const QString& id) {
  if (id.isEmpty()) m_current = -1;
  for (int i = 0; i < m_options.size(); ++i)
    if (m_options[i].id == id) m_current = i;
  update();
}

QString SegmentedControl::current() const { return m_current >= 0 ? m_options[m_current].id : QString(); }

double SegmentedControl::widestText() const {
  if (m_widest >= 0) return m_widest;
  const QFontMetricsF metrics(Theme::instance().font(TextRole::Strong));
  double widest = 0;
  for (const Option& option : m_options) widest = std::max(widest, metrics.horizontalAdvance(option.text));
  return m_widest = widest;
}

// The height is of the width that it has: layouts bound it by the hint.
QSize SegmentedControl::sizeHint() const {
  const Theme& theme = Theme::instance();
  const double each = widestText() + 2.5 * theme.unit();
  return {int(std::ceil(each * double(m_options.size()))) + theme.px(0.5), heightOf(m_perLine)};
}

QSize SegmentedControl::minimumSizeHint() const {
  const Theme& theme = Theme::instance();
  const int all = int(m_options.size()), perLine = all < kLeastOfTwoLines ? all : (all + 1) / 2;
  return {int(std::ceil((widestText() + theme.unit()) * perLine)) + theme.px(0.5), heightOf(m_perLine)};
}

int SegmentedControl::perLine(int width) const {
  const Theme& theme = Theme::instance();
  const int all = int(m_options.size());
  const bool fits = (widestText() + theme.unit()) * all + theme.px(0.5) <= width + 1;
  return fits || all < kLeastOfTwoLines ? all : (all + 1) / 2;
}

int SegmentedControl::heightOf(int perLine) const {
  const bool isTwo = perLine > 0 && perLine < m_options.size();
  return Theme::instance().controlHeight() * (isTwo ? 2 : 1);
}

bool SegmentedControl::hasHeightForWidth() const { return m_options.size() >= kLeastOfTwoLines; }

int SegmentedControl::heightForWidth(int width) const { return heightOf(perLine(width)); }

void SegmentedControl::resizeEvent(QResizeEvent*) {
  const int now = perLine(width());
  if (heightOf(now) != heightOf(std::exchange(m_perLine, now))) updateGeometry();
}

QRectF SegmentedControl::optionRect(int index) const {
  const double pad = Theme::instance().unit() * 0.25;
  const QRectF inner = QRectF(rect()).adjusted(pad, pad, -pad, -pad);
  const int inLine = std::max(1, perLine(width())), lines = (std::max(1, int(m_options.size())) + inLine - 1) / inLine;
  const double each = inner.width() / inLine, high = inner.height() / lines;
  return {inner.x() + each * (index % inLine), inner.y() + high * (index / inLine), each, high};
}

int SegmentedControl::optionAt(const QPointF& pos) const {
  for (int i = 0; i < m_options.size(); ++i)
    if (optionRect(i).contains(pos)) return i;
  for (int i = 0; i < m_options.size(); ++i)  // the track around them
    if (optionRect(i).adjusted(0, -8, 0, 8).contains(pos)) return i;
  return -1;
}

void SegmentedControl::choose(int index) {
  if (index < 0 || index >= m_options.size() || index == m_current || !m_options[index].enabled) return;
  m_current = index;
  update();
  Q_EMIT currentChanged(m_options[index].id);
}

void SegmentedControl::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::instance();
  const double radius = theme.unit() * 0.75;
  QPainter painter(this);
  drawRounded(painter, rect(), radius, theme.color(Token::Inset), theme.isHighContrast() ? theme.color(Token::Line) : QColor(), 2);
  for (int i = 0; i < m_options.size(); ++i) {
    const Option& option = m_options[i];
    const QRectF area = optionRect(i);
    const bool current = i == m_current, enabled = option.enabled && isEnabled();
    if (current && theme.isHighContrast()) {
      drawRounded(painter, area, radius * 0.75, theme.color(Token::Accent));
    } else if (current) {
      // In the dark the chosen segment is the deeper one, as in a pressed key.
      drawRounded(painter, area, radius * 0.75, theme.color(theme.isDark() ? Token::Window : Token::Surface), theme.color(Token::Line), 1);
    } else if (i == m_hovered && enabled) {
      drawRounded(painter, area, radius * 0.75, mixed(theme.color(Token::Inset), theme.color(Token::Text), 0.06));
    }
    QFont font = theme.font(current ? TextRole::Strong : TextRole::Body);
    painter.setFont(font);
    QColor color = theme.color(current ? Token::Text : Token::Text2);
    if (current && theme.isHighContrast()) color = theme.color(Token::OnAccent);
    if (!enabled) color = theme.color(Token::Ghost);
    painter.setPen(color);
    painter.drawText(area, Qt::AlignCenter, QFontMetricsF(font).elidedText(option.text, Qt::ElideRight, area.width() - theme.unit() * 0.5));
  }
}

void SegmentedControl::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) choose(optionAt(event->position()));
}

void SegmentedControl::mouseMoveEvent(QMouseEvent* event) {
  const int at = optionAt(event->position());
  if (at == m_hovered) return;
  m_hovered = at;
  update();
}

void SegmentedControl::leaveEvent(QEvent*) {
  m_hovered = -1;
  update();
}

void SegmentedControl::keyPressEvent(QKeyEvent* event) {
  const int by = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
  if (by == 0) return QWidget::keyPressEvent(event);
  int next = m_current + by;
  while (next >= 0 && next < m_options.size() && !m_options[next].enabled) next += by;
  choose(next);
}

bool SegmentedControl::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    auto* help = static_cast<QHelpEvent*>(event);
    const int at = optionAt(help->pos());
    const QString text = at < 0 ? QString() : !m_options[at].enabled ? m_options[at].reason : m_options[at].toolTip;
    if (text.isEmpty())
      QToolTip::hideText();
    else
      QToolTip::showText(help->globalPos(), text, this);
    return true;
  }
  return QWidget::event(event);
}

}  // namespace gps::ui
