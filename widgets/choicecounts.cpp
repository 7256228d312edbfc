#include "widgets/choicecounts.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/format.h"
#include "widgets/plotpaint.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

struct ChoiceCounts::Layout {
  QRectF plot;
  double step = 0, barWidth = 0, top = 1;
  QRectF bar(int index) const { return {plot.left() + step * index + (step - barWidth) / 2, plot.top(), barWidth, plot.height()}; }
  double y(double value) const { return plot.bottom() - std::clamp(value / top, 0.0, 1.0) * plot.height(); }
};

ChoiceCounts::ChoiceCounts(QWidget* parent) : ItemPlot(parent) {
  setSpokenName([] { return tr("Positions by how many selections chose them"); });
}

void ChoiceCounts::setCounts(const QList<qint64>& counts, const QList<double>& chances) {
  m_counts = counts;
  m_chances = chances;
  itemsChanged();
}

double ChoiceCounts::total() const {
  double all = 0;
  for (const qint64 count : m_counts) all += double(count);
  return all;
}

ChoiceCounts::Layout ChoiceCounts::layoutFor(const QSizeF& size) const {
  const Theme& theme = Theme::instance();
  const double u = theme.unit();
  const QFontMetricsF metrics(theme.font(TextRole::Small));
  double most = 0;
  for (const qint64 count : m_counts) most = std::max(most, double(count));
  for (const double chance : m_chances) most = std::max(most, chance);
  Layout layout;
  layout.top = niceCeil(most * 1.08);
  double widest = 0;
  for (const double t : niceTicks(layout.top)) widest = std::max(widest, metrics.horizontalAdvance(axisCount(t)));
  const double left = widest + u * 1.25, foot = 2 * metrics.height() + u * 2;
  layout.plot = QRectF(left, u * 2, std::max(10.0, size.width() - left - u * 0.5), std::max(10.0, size.height() - foot - u * 2));
  layout.step = layout.plot.width() / double(std::max<qsizetype>(1, m_counts.size()));
  layout.barWidth = std::min(layout.step * 0.62, u * 5);
  return layout;
}

QString ChoiceCounts::itemName(int item) const {
  if (item + 1 == itemCount()) return tr("chosen by all %1").arg(item + 1);
  return tr("chosen by exactly %n selection(s)", nullptr, item + 1);
}

QStringList ChoiceCounts::itemLines(int item) const {
  const double all = total();
  return {tr("positions") % u'\t' % groupedCount(m_counts[item]),
          tr("of all that were chosen") % u'\t' % sharePercent(all > 0 ? double(m_counts[item]) / all : 0),
          tr("by chance") % u'\t' % significant(m_chances.value(item), 3)};
}

PlotTable ChoiceCounts::table() const {
  PlotTable table{{u"selections"_s, u"positions"_s, u"chance"_s}, {}};
  for (int i = 0; i < itemCount(); ++i)
    table.rows << QStringList{QString::number(i + 1), QString::number(m_counts[i]), QString::number(m_chances.value(i), 'g', 10)};
  return table;
}

QSize ChoiceCounts::sizeHint() const { return {Theme::instance().px(26), Theme::instance().px(30)}; }
QSize ChoiceCounts::minimumSizeHint() const { return {Theme::instance().px(20), Theme::instance().px(17)}; }
QSizeF ChoiceCounts::drawingSize() const { return {Theme::instance().unit() * 48, Theme::instance().unit() * 40}; }

QRectF ChoiceCounts::itemRect(int item, const QSizeF& size) const { return layoutFor(size).bar(item); }

int ChoiceCounts::itemAt(const QPointF& pos, const QSizeF& size) const {
  const Layout layout = layoutFor(size);
  if (m_counts.isEmpty() || pos.x() < layout.plot.left() || pos.x() >= layout.plot.right()) return -1;
  return std::clamp(int((pos.x() - layout.plot.left()) / layout.step), 0, itemCount() - 1);
}

void ChoiceCounts::paint(QPainter& painter, const QSizeF& size, ThemeName name, bool exported) const {
  if (m_counts.isEmpty()) return;
  const Theme& theme = Theme::instance();
  const auto color = [name](Token t) { return Theme::color(t, name); };
  const double u = theme.unit();
  const Layout layout = layoutFor(size);
  const QFont small = theme.font(TextRole::Small);
  const QFontMetricsF metrics(small);
  const int current = exported ? -1 : currentItem();
  const double all = std::max(1.0, total());
  paintGrid(painter, layout.plot, niceTicks(layout.top), layout.top, false, name);
  const double nameY = layout.plot.bottom() + u * 0.5;
  const int every = std::max(1, int(std::ceil(metrics.horizontalAdvance(u"00"_s) * 1.3 / std::max(1.0, layout.step))));
  for (int i = 0; i < itemCount(); ++i) {
    const QRectF full = layout.bar(i);
    if (i == current)
      drawRounded(painter, full.adjusted(-u / 2, 0, u / 2, 0), u / 2, mixed(color(Token::Surface), color(Token::Text), 0.05));
    const double top = layout.y(double(m_counts[i])), height = layout.plot.bottom() - top;
    // Alone: quiet; by all: the colour of what all share; between: of what several share.
    const QColor fill = i == 0 ? color(Token::Ghost) : i + 1 == itemCount() ? theme.runColor(2) : theme.runColor(4);
    if (m_counts[i] > 0) drawRounded(painter, QRectF(full.left(), top, full.width(), std::max(1.0, height)), height > 4 ? 1.5 : 0, fill);
    const double over = std::min(u * 0.5, (layout.step - full.width()) / 2);
    paintChanceTick(painter, full.left() - over, full.right() + over, layout.y(m_chances.value(i)), name);
    painter.setFont(small);
    const double percent = 100 * double(m_counts[i]) / all;
    const QString share =
        percent > 0 && percent < 0.05 ? u"<0.1 %"_s : QString::number(percent, 'f', percent < 9.95 && percent > 0 ? 1 : 0) % u" %"_s;
    const double chanceY = layout.y(m_chances.value(i));
    // Over the bar, and over the tick where that is close above it.
    const double above = chanceY <= top && chanceY > top - metrics.height() - 2 ? chanceY - 3 : top;
    if (metrics.horizontalAdvance(share) <= layout.step) {
      painter.setPen(color(Token::Text2));
      painter.drawText(QRectF(full.center().x() - layout.step / 2, above - metrics.height() - 1, layout.step, metrics.height()),
                       Qt::AlignCenter, share);
    }
    if (i % every != 0 && i != current) continue;
    painter.setPen(color(i == current ? Token::Text : Token::Text2));
    painter.drawText(QRectF(full.center().x() - layout.step, nameY, layout.step * 2, metrics.height()), Qt::AlignCenter,
                     QString::number(i + 1));
  }
  const double legendY = nameY + metrics.height() + u * 0.75;
  const QString caption = tr("selections");
  const double captionWidth = metrics.horizontalAdvance(caption) + u;
  const double end =
      paintLegend(painter, {std::max(0.0, layout.plot.left() - u * 4), legendY}, layout.plot.right(), {{tr("by chance"), {}, true}}, name);
  if (end + captionWidth <= layout.plot.right() + u) {
    painter.setPen(color(Token::Text2));
    painter.drawText(QRectF(layout.plot.right() - captionWidth, legendY, captionWidth, metrics.height()), Qt::AlignRight | Qt::AlignVCenter,
                     caption);
  }
}

}  // namespace gps::ui
