#include "widgets/keyvaluelist.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace gps::ui {

KeyValueList::KeyValueList(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  connect(&Theme::instance(), &Theme::changed, this, [this] {
    updateGeometry();
    update();
  });
}

void KeyValueList::setRows(const QList<KeyValue>& rows) {
  if (rows == m_rows) return;
  const bool resized = rows.size() != m_rows.size();
  m_rows = rows;
  if (resized) updateGeometry();
  QStringList lines;
  for (const KeyValue& row : m_rows) lines << row.key + QLatin1Char(' ') + row.value + QLatin1Char(' ') + row.change;
  setAccessibleDescription(lines.join(QLatin1Char('\n')));
  update();
}

void KeyValueList::setStrong(bool strong) {
  m_strong = strong;
  update();
}

double KeyValueList::rowHeight() const { return Theme::instance().unit() * (m_strong ? 3.5 : 3); }

QSize KeyValueList::sizeHint() const { return {Theme::instance().px(24), int(std::ceil(rowHeight() * double(m_rows.size())))}; }
QSize KeyValueList::minimumSizeHint() const { return {Theme::instance().px(16), sizeHint().height()}; }

void KeyValueList::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::instance();
  QPainter painter(this);
  const QFont plain = theme.font(TextRole::Body), strong = theme.font(m_strong ? TextRole::Strong : TextRole::Body);
  const QFontMetricsF plainMetrics(plain), strongMetrics(strong);
  double changeWidth = 0, keyWidth = 0;
  for (const KeyValue& row : m_rows) {
    changeWidth = std::max(changeWidth, plainMetrics.horizontalAdvance(row.change));
    keyWidth = std::max(keyWidth, plainMetrics.horizontalAdvance(row.key));
  }
  // The change column keeps a width of its own, so that values do not move when changes come and go.
  if (changeWidth > 0) changeWidth = std::max(changeWidth + theme.unit() * 2, width() * 0.28);
  const double valueRight = width() - changeWidth;
  double y = 0;
  for (const KeyValue& row : m_rows) {
    const double h = rowHeight();
    painter.setFont(plain);
    painter.setPen(theme.color(Token::Text2));
    const double valueWidth = strongMetrics.horizontalAdvance(row.value);
    const double keyRoom = std::max(valueRight - valueWidth - theme.unit(), width() * 0.3);
    painter.drawText(QRectF(0, y, keyRoom, h), Qt::AlignVCenter | Qt::AlignLeft, plainMetrics.elidedText(row.key, Qt::ElideRight, keyRoom));
    painter.setFont(strong);
    painter.setPen(theme.color(Token::Text));
    const double room = valueRight - std::min(keyRoom, keyWidth + theme.unit());
    painter.drawText(QRectF(valueRight - room, y, room, h), Qt::AlignVCenter | Qt::AlignRight,
                     strongMetrics.elidedText(row.value, Qt::ElideMiddle, room));
    if (!row.change.isEmpty()) {
      painter.setFont(plain);
      painter.setPen(theme.toneColor(row.tone));
      painter.drawText(QRectF(valueRight, y, changeWidth, h), Qt::AlignVCenter | Qt::AlignRight, row.change);
    }
    y += h;
  }
}

bool KeyValueList::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    auto* help = static_cast<QHelpEvent*>(event);
    const int at = int(help->pos().y() / rowHeight());
    const QString text = at >= 0 && at < m_rows.size() ? m_rows[at].toolTip : QString();
    if (text.isEmpty())
      QToolTip::hideText();
    else
      QToolTip::showText(help->globalPos(), text, this);
    return true;
  }
  return QWidget::event(event);
}

}  // namespace gps::ui
