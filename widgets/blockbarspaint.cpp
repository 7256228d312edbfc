// Layout, painting and export of BlockBars.
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/blockbarslayout.h"
#include "widgets/blocktree.h"
#include "widgets/format.h"
#include "widgets/hovercard.h"
#include "widgets/plotpaint.h"
#include "widgets/theme.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr double kExportWidth = 96, kExportHeight = 48, kExportMargin = 2;

// "2.5e−7": means of gradients are small.
QString axisScore(double value) {
  if (value == 0 || (value >= 1e-3 && value < 1e5)) return QString::number(value, 'g', 3);
  return QString::number(value, 'e', 1).replace(u"e-0"_s, u"e-"_s).replace(u".0e"_s, u"e"_s).replace(u'-', u'−');
}

}  // namespace

double BlockBars::Layout::y(double value) const {
  if (log)
    value = value > low ? std::log10(value / low) / std::log10(high / low) : 0;
  else
    value = (value - low) / (high - low);
  return plot.bottom() - std::clamp(value, 0.0, 1.0) * plot.height();
}

QString BlockBars::axisText(double value) const {
  return m_measure == Measure::Count ? axisCount(value) : m_measure == Measure::Share ? axisShare(value) : axisScore(value);
}

BlockBars::Layout BlockBars::layoutFor(const QSizeF& size) const {
  const Theme& theme = Theme::instance();
  const double u = theme.unit();
  const double line = QFontMetricsF(theme.font(TextRole::Small)).height();
  Layout layout;
  layout.log = m_log;
  layout.high = m_top > 0 ? m_top : 1;
  if (m_log) {
    double least = layout.high;
    const bool ofMeans = m_measure == Measure::MeanScore;
    for (const Bar& bar : m_bars) {
      if (const double v = valueOf(bar); v > 0 && !ofMeans) least = std::min(least, v);
      for (const Segment& segment : bar.segments)
        if (const double v = segment.mean(); v > 0 && ofMeans) least = std::min(least, v);
    }
    layout.low = std::pow(10.0, std::floor(std::log10(least) - 0.3));
    layout.high = std::pow(10.0, std::ceil(std::log10(layout.high) - 1e-9));
    if (layout.high / layout.low < 99) layout.low = layout.high / 100;
    const int decades = int(std::round(std::log10(layout.high / layout.low))), every = 1 + (decades - 1) / 6;
    for (int i = 0; i <= decades; i += every) layout.ticks << layout.low * std::pow(10.0, i);
  } else {
    const double power = std::pow(10.0, std::floor(std::log10(layout.high)));
    const double lead = layout.high / power;
    // 1 → 0.2, 1.5 → 0.5, 2 → 0.5, 2.5 → 0.5, 3 → 1, 4 → 1, 5 → 1, 6 → 2, 8 → 2
    const double by = power * (lead < 1.2 ? 0.2 : lead < 2.8 ? 0.5 : lead < 5.5 ? 1 : 2);
    for (double t = 0; t <= layout.high * 1.001; t += by) layout.ticks << t;
  }
  double widest = 0;
  const QFontMetricsF metrics(theme.font(TextRole::Small));
  for (const double t : std::as_const(layout.ticks)) widest = std::max(widest, metrics.horizontalAdvance(axisText(t)));
  // The axis keeps room for the usual figures, so that the plot does not move sideways while K does.
  const double left = std::max(widest, metrics.horizontalAdvance(m_measure == Measure::Count ? u"250k"_s : u"0.25 %"_s)) + u * 1.25;
  const double foot = line + u * 0.75 + line + u * 1.25;
  layout.plot = QRectF(left, u, std::max(10.0, size.width() - left - u * 0.5), std::max(10.0, size.height() - foot - u));
  layout.step = layout.plot.width() / double(std::max<qsizetype>(1, m_bars.size()));
  layout.barWidth = std::min(layout.step * (m_measure == Measure::MeanScore ? 0.82 : 0.62), u * 7);
  return layout;
}

void BlockBars::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  paint(painter, size(), false, {});
}

void BlockBars::paintBar(QPainter& painter, const Layout& layout, int index) const {
  const Bar& bar = m_bars[index];
  const QRectF full = layout.bar(index);
  const double height = layout.plot.bottom() - layout.y(valueOf(bar));
  double bottom = layout.plot.bottom();
  for (const Segment& segment : bar.segments) {
    if (segment.selected <= 0 || bar.selected <= 0) continue;
    // On a logarithmic axis the bar's height tells its total and the segments share it in proportion.
    const double h = height * segment.selected / bar.selected;
    const QRectF rect(full.left(), bottom - h, full.width(), std::max(0.5, h - (h > 3 ? 1 : 0)));
    drawRounded(painter, rect.translated(0, h > 3 ? 1 : 0), h > 4 ? 1.5 : 0, Theme::instance().kindColor(segment.kind));
    bottom -= h;
  }
}

void BlockBars::paintMeans(QPainter& painter, const Layout& layout, int index) const {
  const Bar& bar = m_bars[index];
  const QRectF full = layout.bar(index);
  const double width = full.width() / double(std::max<qsizetype>(1, bar.segments.size()));
  for (int k = 0; k < bar.segments.size(); ++k) {
    const double mean = bar.segments[k].mean();
    if (mean <= 0) continue;
    const double top = std::min(layout.y(mean), layout.plot.bottom() - 1);
    const QRectF rect(full.left() + width * k, top, std::max(1.0, width - (width > 3 ? 1 : 0)), layout.plot.bottom() - top);
    drawRounded(painter, rect, width > 4 ? 1.5 : 0, Theme::instance().kindColor(bar.segments[k].kind));
  }
}

void BlockBars::paintGhost(QPainter& painter, double left, double right, double y, ThemeName name) const {
  // A halo keeps the dashes readable on every segment colour.
  QColor halo = Theme::color(Token::Surface, name);
  halo.setAlphaF(0.55f);
  painter.setPen(QPen(halo, 3));
  painter.drawLine(QPointF(left, y), QPointF(right, y));
  QPen dash(Theme::color(Token::Text, name), 1.5, Qt::CustomDashLine);
  dash.setDashPattern({2, 1.6});
  painter.setPen(dash);
  painter.drawLine(QPointF(left, y), QPointF(right, y));
}

void BlockBars::paint(QPainter& painter, const QSizeF& size, bool exported, const QString& title) const {
  const Theme& theme = Theme::instance();
  const ThemeName name = exported ? ThemeName::Light : theme.name();
  const auto color = [name](Token t) { return Theme::color(t, name); };
  const double u = theme.unit();
  painter.setRenderHint(QPainter::Antialiasing);
  QSizeF area = size;
  if (!title.isEmpty()) {
    painter.setFont(theme.font(TextRole::Title));
    painter.setPen(color(Token::Text));
    painter.drawText(QRectF(0, 0, size.width(), u * 2.5), Qt::AlignLeft | Qt::AlignVCenter, title);
    painter.translate(0, u * 3);
    area.rheight() -= u * 3;
  }
  const Layout layout = layoutFor(area);
  const QFont small = theme.font(TextRole::Small);
  const QFontMetricsF metrics(small);
  painter.setFont(small);

  for (const double t : layout.ticks) {
    const double y = std::round(layout.y(t)) + 0.5;
    const bool base = t == layout.ticks.first();
    const QColor grid = Theme::gridColor(name);
    painter.setPen(QPen(base ? mixed(grid, color(Token::Text2), 0.35) : grid, 1));
    painter.drawLine(QPointF(layout.plot.left(), y), QPointF(layout.plot.right(), y));
    painter.setPen(color(Token::Text2));
    painter.drawText(QRectF(0, y - metrics.height() / 2, layout.plot.left() - u * 0.75, metrics.height()),
                     Qt::AlignRight | Qt::AlignVCenter, axisText(t));
  }

  for (int i = 0; i < m_bars.size(); ++i) {
    const Bar& bar = m_bars[i];
    const QRectF full = layout.bar(i);
    const bool chosen = bar.block == m_highlighted, hovered = i == m_hovered && !exported;
    if (hovered || chosen) {
      const double half = std::min(layout.step / 2, full.width() / 2 + u);
      drawRounded(painter, QRectF(full.center().x() - half, layout.plot.top(), half * 2, layout.plot.height()), u / 2,
                  chosen ? color(Token::AccentWash) : mixed(color(Token::Surface), color(Token::Text), 0.05));
    }
    if (m_measure == Measure::MeanScore) {
      paintMeans(painter, layout, i);
      const double width = full.width() / double(std::max<qsizetype>(1, bar.segments.size()));
      for (int k = 0; k < bar.segments.size(); ++k)
        if (bar.segments[k].ghostSelected > 0)
          paintGhost(painter, full.left() + width * k, full.left() + width * (k + 1) - 1, layout.y(bar.segments[k].ghostMean()), name);
      continue;
    }
    paintBar(painter, layout, i);
    if (const double ghost = ghostOf(bar); ghost >= 0) {
      const double over = std::min(u * 0.5, (layout.step - full.width()) / 2);
      paintGhost(painter, full.left() - over, full.right() + over, layout.y(ghost), name);
    }
  }

  // Names under the bars; every second or third one when they do not fit.
  double widest = 0;
  for (const Bar& bar : m_bars)
    widest = std::max(widest, bar.block.startsWith(u"patch"_s) ? 0 : metrics.horizontalAdvance(shortBlock(bar.block)));
  const int every = std::max(1, int(std::ceil((widest + u * 0.75) / std::max(1.0, layout.step))));
  const QFont strong = [&small] {
    QFont f = small;
    f.setWeight(QFont::DemiBold);
    return f;
  }();
  const double nameY = layout.plot.bottom() + u * 0.5;
  for (int i = 0; i < m_bars.size(); ++i) {
    const bool marked = m_bars[i].block == m_highlighted || (i == m_hovered && !exported);
    if (i % every != 0 && !marked) continue;
    const double room = std::max(layout.step * every, metrics.horizontalAdvance(shortBlock(m_bars[i].block)) + 2);
    const QRectF at(layout.bar(i).center().x() - room / 2, nameY, room, metrics.height());
    painter.setFont(marked ? strong : small);
    painter.setPen(color(marked ? Token::Text : Token::Text2));
    painter.drawText(at, Qt::AlignCenter, metrics.elidedText(shortBlock(m_bars[i].block), Qt::ElideRight, room));
  }

  // Legend row, caption at its right end.
  painter.setFont(small);
  const double legendY = nameY + metrics.height() + u * 0.75, chip = u;
  double captionWidth = m_caption.isEmpty() ? 0 : metrics.horizontalAdvance(m_caption) + u;
  double x = layout.plot.left() - u * 4 > 0 ? layout.plot.left() - u * 4 : 0;
  // The ghost's name matters more than the axis's.
  double wanted = m_hasGhost ? u * 3 + metrics.horizontalAdvance(m_ghostLabel) : 0;
  for (const QString& kind : m_kinds) wanted += chip + u * 2.25 + metrics.horizontalAdvance(kind);
  if (m_hasGhost && x + wanted > layout.plot.right() - captionWidth) captionWidth = 0;
  const double end = layout.plot.right() - captionWidth;
  painter.setPen(color(Token::Text2));
  for (const QString& kind : m_kinds) {
    const double w = chip + u * 0.5 + metrics.horizontalAdvance(kind) + u * 1.75;
    if (x + w > end) break;
    drawRounded(painter, QRectF(x, legendY + (metrics.height() - chip) / 2, chip, chip), 2, theme.kindColor(kind));
    painter.drawText(QPointF(x + chip + u * 0.5, legendY + metrics.ascent()), kind);
    x += w;
  }
  if (m_hasGhost && x + u * 3 + metrics.horizontalAdvance(m_ghostLabel) < end) {
    const double y = legendY + metrics.height() / 2;
    QPen dash(color(Token::Text), 1.5);
    dash.setDashPattern({2, 1.6});
    painter.setPen(dash);
    painter.drawLine(QPointF(x, y), QPointF(x + u * 2.25, y));
    painter.setPen(color(Token::Text2));
    painter.drawText(QPointF(x + u * 2.75, legendY + metrics.ascent()), m_ghostLabel);
  }
  if (captionWidth > 0)
    painter.drawText(QRectF(end, legendY, captionWidth, metrics.height()), Qt::AlignRight | Qt::AlignVCenter, m_caption);

  if (!exported && m_hovered >= 0 && m_hovered < m_bars.size()) paintHover(painter, layout, size);
}

void BlockBars::paintHover(QPainter& painter, const Layout& layout, const QSizeF& size) const {
  const QRectF bar = layout.bar(m_hovered);
  const QRectF about(bar.left(), layout.plot.top() + Theme::instance().unit() * 2, bar.width(), 0);
  paintHoverCard(painter, QRectF(QPointF(0, 0), size), about, blockLabel(m_bars[m_hovered].block), blockLines(m_bars[m_hovered].block));
}

QSize BlockBars::exportSize(const QString&) const {
  const Theme& theme = Theme::instance();
  return {theme.px(kExportWidth + 2 * kExportMargin), theme.px(kExportHeight + 2 * kExportMargin)};
}

bool BlockBars::drawExport(QPaintDevice& device, const QString& title) const {
  const Theme& theme = Theme::instance();
  QPainter painter;
  if (!painter.begin(&device)) return false;
  painter.fillRect(QRect(QPoint(0, 0), exportSize(title)), Qt::white);
  painter.translate(theme.px(kExportMargin), theme.px(kExportMargin));
  paint(painter, QSizeF(theme.px(kExportWidth), theme.px(kExportHeight)), true, title);
  return painter.end();
}

TextTable BlockBars::exportTable() const {
  QList<QStringList> rows;
  for (const Bar& bar : m_bars)
    for (const Segment& s : bar.segments)
      rows.append({bar.block, Theme::kindLabel(s.kind), QString::number(qint64(s.selected)), QString::number(qint64(s.available)),
                   s.available > 0 ? QString::number(s.selected / s.available, 'g', 17) : QString(), QString::number(s.mean(), 'g', 9)});
  return textTable({u"block"_s, u"matrix"_s, u"selected"_s, u"available"_s, u"share"_s, u"mean_score"_s}, rows);
}

}  // namespace gps::ui
