#include "widgets/overlapbars.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/plotpaint.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr double kRowUnits = 5, kLeastRowUnits = 4, kBarUnits = 1;
QString text(double value) { return std::isnan(value) ? u"–"_s : QString::number(value, 'f', 2); }
}  // namespace

OverlapBars::OverlapBars(QWidget* parent) : ItemPlot(parent) {
  setSpokenName([] { return tr("Jaccard with other selections"); });
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void OverlapBars::setRows(const QList<OverlapRow>& rows) {
  if (rows == m_rows) return;
  m_rows = rows;
  itemsChanged();
}

void OverlapBars::setStale(bool on) {
  m_stale = on;
  update();
}

QStringList OverlapBars::itemLines(int item) const {
  const OverlapRow& row = m_rows[item];
  return {tr("Jaccard") % u'\t' % (std::isnan(row.value) ? u"–"_s : QString::number(row.value, 'f', 4)),
          tr("by chance") % u'\t' % (std::isnan(row.chance) ? u"–"_s : QString::number(row.chance, 'g', 3))};
}

PlotTable OverlapBars::table() const {
  PlotTable table{{u"selection"_s, u"jaccard"_s, u"chance"_s}, {}};
  for (const OverlapRow& row : m_rows)
    table.rows << QStringList{row.name, QString::number(row.value, 'g', 10), QString::number(row.chance, 'g', 10)};
  return table;
}

QSize OverlapBars::sizeHint() const {
  return {Theme::instance().px(28), Theme::instance().px(kRowUnits * double(std::max<qsizetype>(1, m_rows.size())))};
}

QSize OverlapBars::minimumSizeHint() const {
  return {Theme::instance().px(20), Theme::instance().px(kLeastRowUnits * double(std::max<qsizetype>(1, m_rows.size())))};
}

QSizeF OverlapBars::drawingSize() const {
  return {Theme::instance().unit() * 48, Theme::instance().unit() * kRowUnits * double(std::max<qsizetype>(1, m_rows.size()))};
}

QRectF OverlapBars::itemRect(int item, const QSizeF& size) const {
  const double u = Theme::instance().unit(), n = double(std::max<qsizetype>(1, m_rows.size()));
  const double row = std::clamp(size.height() / n, u * kLeastRowUnits, u * kRowUnits);
  return {0, row * item, size.width(), row};
}

int OverlapBars::itemAt(const QPointF& pos, const QSizeF& size) const {
  for (int i = 0; i < itemCount(); ++i)
    if (itemRect(i, size).contains(pos)) return i;
  return -1;
}

void OverlapBars::paint(QPainter& painter, const QSizeF& size, ThemeName name, bool exported) const {
  const Theme& theme = Theme::instance();
  const double u = theme.unit();
  const auto color = [name](Token t) { return Theme::color(t, name); };
  const QFont small = theme.font(TextRole::Small);
  const QFontMetricsF metrics(small);
  painter.setFont(small);
  if (m_stale && !exported) painter.setOpacity(0.5);
  for (int i = 0; i < itemCount(); ++i) {
    const OverlapRow& row = m_rows[i];
    const QRectF rect = itemRect(i, size);
    const QString value = text(row.value);
    const double valueWidth = metrics.horizontalAdvance(value);
    const QRectF line(rect.left(), rect.top(), rect.width(), metrics.height());
    painter.setPen(color(Token::Text));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, value);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(row.name, Qt::ElideRight, line.width() - valueWidth - u));
    const double height = u * kBarUnits;
    const QRectF track(rect.left(), line.bottom() + u * 0.5, rect.width(), height);
    drawRounded(painter, track, height / 2, color(Token::Inset));
    if (row.value > 0)
      drawRounded(painter, QRectF(track.left(), track.top(), std::max(height, track.width() * std::min(1.0, row.value)), height),
                  height / 2, theme.runColor(2));
    if (std::isnan(row.chance)) continue;
    const double x = std::clamp(track.left() + track.width() * row.chance, track.left() + 0.75, track.right() - 0.75);
    painter.setPen(QPen(color(Token::Surface), 3.5));
    painter.drawLine(QPointF(x, track.top() - u * 0.4), QPointF(x, track.bottom() + u * 0.4));
    painter.setPen(QPen(color(Token::Text), 1.5));
    painter.drawLine(QPointF(x, track.top() - u * 0.4), QPointF(x, track.bottom() + u * 0.4));
  }
  painter.setOpacity(1);
}

}  // namespace gps::ui
