#include "widgets/sharedbars.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/blocktree.h"
#include "widgets/format.h"
#include "widgets/plotpaint.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

struct SharedBars::Layout {
  QRectF plot;
  double step = 0, barWidth = 0, top = 1;
  double y(double value) const { return plot.bottom() - std::clamp(value / top, 0.0, 1.0) * plot.height(); }
  QRectF bar(int index) const { return {plot.left() + step * index + (step - barWidth) / 2, plot.top(), barWidth, plot.height()}; }
};

SharedBars::SharedBars(QWidget* parent) : ItemPlot(parent) {
  setSpokenName([] { return tr("Shared and specific picks of each block"); });
}

void SharedBars::setBlocks(const QList<SharedBlock>& blocks, int selections) {
  m_blocks = blocks;
  m_selections = selections;
  itemsChanged();
}

void SharedBars::setMeasure(Measure measure) {
  m_measure = measure;
  update();
}

void SharedBars::setAxisCaption(const QString& text) {
  m_caption = text;
  update();
}

void SharedBars::setHighlightedBlock(const QString& block) {
  if (block == m_highlighted) return;
  m_highlighted = block;
  update();
}

SharedBars::Stack SharedBars::stackOf(const SharedBlock& block) const {
  if (m_measure == Measure::Count) return {double(block.all), double(block.several), double(block.specific), block.sharedChance};
  if (std::isnan(block.inAnother)) return {};
  if (m_selections <= 2) return {block.inAnother, 0, 1 - block.inAnother, block.inAnotherChance};
  const double all = std::isnan(block.inAll) ? 0 : block.inAll;
  return {all, std::max(0.0, block.inAnother - all), 1 - block.inAnother, block.inAnotherChance};
}

double SharedBars::top() const {
  if (m_measure == Measure::Share) return 1;
  double most = 0;
  for (const SharedBlock& block : m_blocks) most = std::max(most, double(block.all + block.several + block.specific));
  return niceCeil(most * 1.02);
}

SharedBars::Layout SharedBars::layoutFor(const QSizeF& size) const {
  const Theme& theme = Theme::instance();
  const double u = theme.unit();
  const QFontMetricsF metrics(theme.font(TextRole::Small));
  Layout layout;
  layout.top = top();
  double widest = metrics.horizontalAdvance(u"100 %"_s);
  if (m_measure == Measure::Count)
    for (const double t : niceTicks(layout.top)) widest = std::max(widest, metrics.horizontalAdvance(axisCount(t)));
  const double left = widest + u * 1.25, foot = 2 * metrics.height() + u * 2;
  layout.plot = QRectF(left, u, std::max(10.0, size.width() - left - u * 0.5), std::max(10.0, size.height() - foot - u));
  layout.step = layout.plot.width() / double(std::max<qsizetype>(1, m_blocks.size()));
  layout.barWidth = std::min(layout.step * 0.62, u * 7);
  return layout;
}

QString SharedBars::itemName(int item) const { return blockLabel(m_blocks[item].block); }

QStringList SharedBars::itemLines(int item) const {
  const SharedBlock& b = m_blocks[item];
  const auto share = [](double value) { return std::isnan(value) ? u"–"_s : sharePercent(value); };
  QStringList lines{tr("shared") % u'\t' % share(b.inAnother), tr("by chance") % u'\t' % share(b.inAnotherChance)};
  if (m_selections > 2) {
    lines << tr("chosen by all") % u'\t' % groupedCount(b.all) << tr("by several") % u'\t' % groupedCount(b.several);
  } else {
    lines << tr("chosen by both") % u'\t' % groupedCount(b.all);
  }
  lines << tr("by one only") % u'\t' % groupedCount(b.specific);
  lines << tr("Jaccard") % u'\t' % (std::isnan(b.jaccard) ? u"–"_s : QString::number(b.jaccard, 'f', 3))
        << tr("Jaccard by chance") % u'\t' % (std::isnan(b.jaccardChance) ? u"–"_s : QString::number(b.jaccardChance, 'g', 2));
  return lines;
}

PlotTable SharedBars::table() const {
  PlotTable table{{u"block"_s, u"shared_share"_s, u"shared_chance"_s, u"in_all_share"_s, u"in_all"_s, u"several"_s, u"specific"_s,
                   u"jaccard"_s, u"jaccard_chance"_s},
                  {}};
  const auto number = [](double value) { return QString::number(value, 'g', 10); };
  for (const SharedBlock& b : m_blocks)
    table.rows << QStringList{b.block,
                              number(b.inAnother),
                              number(b.inAnotherChance),
                              number(b.inAll),
                              QString::number(b.all),
                              QString::number(b.several),
                              QString::number(b.specific),
                              number(b.jaccard),
                              number(b.jaccardChance)};
  return table;
}

QSize SharedBars::sizeHint() const { return {Theme::instance().px(50), Theme::instance().px(30)}; }
QSize SharedBars::minimumSizeHint() const { return {Theme::instance().px(30), Theme::instance().px(17)}; }

QRectF SharedBars::itemRect(int item, const QSizeF& size) const { return layoutFor(size).bar(item); }

int SharedBars::itemAt(const QPointF& pos, const QSizeF& size) const {
  const Layout layout = layoutFor(size);
  if (m_blocks.isEmpty() || pos.x() < layout.plot.left() || pos.x() >= layout.plot.right()) return -1;
  if (pos.y() < layout.plot.top() || pos.y() > layout.plot.bottom() + Theme::instance().unit() * 3) return -1;
  return std::clamp(int((pos.x() - layout.plot.left()) / layout.step), 0, itemCount() - 1);
}

void SharedBars::paint(QPainter& painter, const QSizeF& size, ThemeName name, bool exported) const {
  if (m_blocks.isEmpty()) return;
  const Theme& theme = Theme::instance();
  const auto color = [name](Token t) { return Theme::color(t, name); };
  const double u = theme.unit();
  const Layout layout = layoutFor(size);
  const QFont small = theme.font(TextRole::Small);
  const QFontMetricsF metrics(small);
  const int current = exported ? -1 : currentItem();
  const bool isShare = m_measure == Measure::Share;
  paintGrid(painter, layout.plot, isShare ? QList<double>{0, 0.25, 0.5, 0.75, 1} : niceTicks(layout.top), layout.top, isShare, name);
  const QColor all = theme.runColor(2), several = theme.runColor(4), specific = color(Token::Ghost);
  const int every = [&] {
    double widest = 0;
    for (const SharedBlock& b : m_blocks)
      widest = std::max(widest, b.block.startsWith(u"patch"_s) ? 0 : metrics.horizontalAdvance(shortBlock(b.block)));
    return std::max(1, int(std::ceil((widest + u * 0.75) / std::max(1.0, layout.step))));
  }();
  const double nameY = layout.plot.bottom() + u * 0.5;
  double written = 0;  // right end of the last name
  for (int i = 0; i < itemCount(); ++i) {
    const SharedBlock& block = m_blocks[i];
    const QRectF full = layout.bar(i);
    const bool isChosen = block.block == m_highlighted && !m_highlighted.isEmpty(), isMarked = isChosen || i == current;
    if (isMarked) {
      const double half = std::min(layout.step / 2, full.width() / 2 + u);
      drawRounded(painter, QRectF(full.center().x() - half, layout.plot.top(), half * 2, layout.plot.height()), u / 2,
                  isChosen ? color(Token::AccentWash) : mixed(color(Token::Surface), color(Token::Text), 0.05));
    }
    const Stack stack = stackOf(block);
    double from = 0;
    for (const auto& [value, fill] : {std::pair{stack.all, all}, {stack.several, several}, {stack.specific, specific}}) {
      if (value <= 0) continue;
      const double bottom = layout.y(from), height = bottom - layout.y(from + value);
      const QRectF rect(full.left(), bottom - height + (height > 3 ? 1 : 0), full.width(), std::max(0.5, height - (height > 3 ? 1 : 0)));
      drawRounded(painter, rect, height > 4 ? 1.5 : 0, fill);
      from += value;
    }
    if (from > 0) {
      const double over = std::min(u * 0.5, (layout.step - full.width()) / 2);
      paintChanceTick(painter, full.left() - over, full.right() + over, layout.y(stack.chance), name);
    }
    if (i % every != 0 && !isMarked) continue;
    QFont font = small;
    if (isMarked) font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(color(isMarked ? Token::Text : Token::Text2));
    const double room = std::max(layout.step * every, metrics.horizontalAdvance(shortBlock(block.block)) + 4);
    const QString text = metrics.elidedText(shortBlock(block.block), Qt::ElideRight, room);
    const double half = metrics.horizontalAdvance(text) / 2;
    if (full.center().x() - half < written + u * 0.25 && !isMarked) continue;
    written = full.center().x() + half;
    painter.drawText(QRectF(full.center().x() - room / 2, nameY, room, metrics.height()), Qt::AlignCenter, text);
  }
  QList<PlotLegend> legend{{m_selections > 2 ? tr("by all") : tr("by both"), all}};
  if (m_selections > 2) legend << PlotLegend{tr("by several"), several};
  legend << PlotLegend{tr("by one only"), specific} << PlotLegend{tr("by chance"), {}, true};
  const double legendY = nameY + metrics.height() + u * 0.75;
  const double caption = m_caption.isEmpty() ? 0 : metrics.horizontalAdvance(m_caption) + u;
  const double end = paintLegend(painter, {std::max(0.0, layout.plot.left() - u * 4), legendY}, layout.plot.right(), legend, name);
  if (caption > 0 && end + caption <= layout.plot.right()) {
    painter.setPen(color(Token::Text2));
    painter.drawText(QRectF(layout.plot.right() - caption, legendY, caption, metrics.height()), Qt::AlignRight | Qt::AlignVCenter,
                     m_caption);
  }
}

}  // namespace gps::ui
