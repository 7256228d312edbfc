#include "widgets/comparebars.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace gps::ui {

using namespace Qt::StringLiterals;

CompareBars::CompareBars(QWidget* parent) : QWidget(parent), m_limit(qQNaN()) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  connect(&Theme::instance(), &Theme::changed, this, [this] {
    updateGeometry();
    update();
  });
}

void CompareBars::setRows(const QList<CompareRow>& rows) {
  if (rows == m_rows) return;
  m_rows = rows;
  QStringList lines;
  for (const CompareRow& row : rows) lines << row.name + u": "_s + row.value;
  setAccessibleDescription(lines.join(u'\n'));
  updateGeometry();
  update();
}

void CompareBars::setLimit(double amount, const QString& text) {
  m_limit = amount;
  m_limitText = text;
  updateGeometry();
  update();
}

double CompareBars::rowHeight() const {
  const Theme& theme = Theme::instance();
  return QFontMetricsF(theme.font(TextRole::Small)).height() + theme.px(1.75);
}

QSize CompareBars::sizeHint() const {
  const Theme& theme = Theme::instance();
  const double limit = m_limitText.isEmpty() ? 0 : QFontMetricsF(theme.font(TextRole::Caption)).height();
  return {theme.px(24), int(std::ceil(rowHeight() * double(m_rows.size()) + limit))};
}

QSize CompareBars::minimumSizeHint() const { return {Theme::instance().px(16), sizeHint().height()}; }

void CompareBars::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::instance();
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  double most = std::isfinite(m_limit) ? m_limit : 0;
  for (const CompareRow& row : m_rows) most = std::max(most, row.amount);
  const double scale = most > 0 ? (width() - 1) / most : 0, bar = theme.px(0.75);
  const QFontMetricsF small(theme.font(TextRole::Small));
  double y = 0;
  for (const CompareRow& row : m_rows) {
    painter.setFont(theme.font(TextRole::Small));
    const QRectF line(0, y, width(), small.height());
    painter.setPen(theme.color(Token::Text2));
    const double valueWidth = small.horizontalAdvance(row.value);
    painter.drawText(line.adjusted(0, 0, -valueWidth - theme.px(1), 0), Qt::AlignLeft | Qt::AlignVCenter,
                     small.elidedText(row.name, Qt::ElideRight, line.width() - valueWidth - theme.px(1)));
    painter.setPen(theme.color(Token::Text));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, row.value);
    const double top = y + small.height() + theme.px(0.25);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Token::Inset));
    painter.drawRoundedRect(QRectF(0, top, width(), bar), 1.5, 1.5);
    painter.setBrush(row.tone == Tone::Neutral ? theme.color(Token::Ghost) : theme.toneColor(row.tone));
    painter.drawRoundedRect(QRectF(0, top, std::max(2.0, row.amount * scale), bar), 1.5, 1.5);
    y += rowHeight();
  }
  if (!std::isfinite(m_limit) || m_rows.isEmpty()) return;
  const double x = std::min(m_limit * scale, width() - 1.0);
  painter.setPen(QPen(theme.color(Token::Text2), theme.lineWidth(), Qt::DashLine));
  painter.drawLine(QPointF(x, small.height()), QPointF(x, y - theme.px(0.5)));
  painter.setFont(theme.font(TextRole::Caption));
  const double textWidth = QFontMetricsF(painter.font()).horizontalAdvance(m_limitText);
  painter.drawText(QPointF(std::clamp(x - textWidth / 2, 0.0, std::max(0.0, width() - textWidth)), height() - theme.px(0.25)), m_limitText);
}

bool CompareBars::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const int row = int(help->pos().y() / rowHeight());
  if (row >= 0 && row < m_rows.size() && !m_rows[row].toolTip.isEmpty())
    QToolTip::showText(help->globalPos(), m_rows[row].toolTip, this);
  else
    QToolTip::hideText();
  return true;
}

}  // namespace gps::ui
