#include "widgets/legendrow.h"

#include <QPainter>
#include <cmath>

namespace gps::ui {

LegendRow::LegendRow(QWidget* parent) : QWidget(parent) {
  QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  connect(&Theme::instance(), &Theme::changed, this, [this] {
    updateGeometry();
    update();
  });
}

void LegendRow::setEntries(const QList<LegendEntry>& entries, const QString& note) {
  if (entries == m_entries && note == m_note) return;
  const bool resized = entries.size() != m_entries.size();
  m_entries = entries;
  m_note = note;
  if (resized) updateGeometry();
  update();
}

double LegendRow::paint(QPainter* painter, double width, ThemeName name) const {
  const Theme& theme = Theme::instance();
  const double u = theme.unit();
  const QFont font = theme.font(TextRole::Small);
  QFont valueFont = font;
  valueFont.setWeight(QFont::DemiBold);
  const QFontMetricsF metrics(font), valueMetrics(valueFont);
  const double row = metrics.height() + u * 0.5;
  double x = 0, y = 0;
  if (painter) painter->setRenderHint(QPainter::Antialiasing);
  for (const LegendEntry& entry : m_entries) {
    // Values keep room for six figures, so that entries do not wander while numbers change.
    const double valueWidth =
        entry.value.isEmpty()
            ? 0
            : std::max(valueMetrics.horizontalAdvance(entry.value), valueMetrics.horizontalAdvance(QStringLiteral("0.0000"))) + u * 0.75;
    const double w = u * 2.75 + metrics.horizontalAdvance(entry.name) + valueWidth + u * 1.75;
    if (x > 0 && x + w > width) x = 0, y += row;
    if (painter) {
      QPen pen(entry.color, 2.5, Qt::SolidLine, Qt::RoundCap);
      if (entry.dashed) pen.setDashPattern({2, 2});
      painter->setPen(pen);
      painter->drawLine(QPointF(x + 2, y + row / 2), QPointF(x + u * 2, y + row / 2));
      painter->setFont(font);
      painter->setPen(Theme::color(Token::Text2, name));
      painter->drawText(QRectF(x + u * 2.75, y, metrics.horizontalAdvance(entry.name) + 2, row), Qt::AlignLeft | Qt::AlignVCenter,
                        entry.name);
      if (valueWidth > 0) {
        painter->setFont(valueFont);
        painter->setPen(Theme::color(Token::Text, name));
        painter->drawText(QRectF(x + u * 3.5 + metrics.horizontalAdvance(entry.name), y, valueWidth, row), Qt::AlignLeft | Qt::AlignVCenter,
                          entry.value);
      }
    }
    x += w;
  }
  if (!m_note.isEmpty()) {
    const double w = metrics.horizontalAdvance(m_note);
    if (x > 0 && x + w > width) x = 0, y += row;
    if (painter) {
      painter->setFont(font);
      painter->setPen(Theme::color(Token::Text2, name));
      painter->drawText(QRectF(x, y, std::max(0.0, width - x), row), Qt::AlignRight | Qt::AlignVCenter,
                        metrics.elidedText(m_note, Qt::ElideRight, width - x));
    }
  }
  return y + row;
}

int LegendRow::heightForWidth(int width) const { return int(std::ceil(paint(nullptr, width, Theme::instance().name()))); }
QSize LegendRow::sizeHint() const { return {Theme::instance().px(30), heightForWidth(std::max(width(), Theme::instance().px(30)))}; }

void LegendRow::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  paint(&painter, width(), Theme::instance().name());
}

}  // namespace gps::ui
