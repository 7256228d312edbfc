// Layout and painting of HeatStrip.
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/format.h"
#include "widgets/heatstripframe.h"
#include "widgets/hovercard.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr double kMarkPixels = 6;  // a connection of this size and up carries its mark
}  // namespace

HeatStrip::Frame HeatStrip::frameFor(const QSizeF& size) const {
  const Theme& theme = Theme::instance();
  const double u = theme.unit();
  const double line = QFontMetricsF(theme.font(TextRole::Small)).height();
  const double picks = u * 3.5, foot = line + u * 0.75;
  Frame frame;
  frame.picks = QRectF(0, 0, size.width(), picks);
  frame.map = QRectF(0, picks + u * 0.375, size.width(), std::max(u, size.height() - picks - u * 0.375 - foot));
  frame.foot = QRectF(0, size.height() - line, size.width(), line);
  return frame;
}

QRectF HeatStrip::rectOf(const Frame& frame, double row0, double row1, double column0, double column1) const {
  const double sx = frame.map.width() / std::max(1e-9, m_view.columns), sy = frame.map.height() / std::max(1e-9, m_view.rows);
  return {frame.map.left() + (column0 - m_view.column) * sx, frame.map.top() + (row0 - m_view.row) * sy, (column1 - column0) * sx,
          (row1 - row0) * sy};
}

void HeatStrip::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  paint(painter, size(), false);
}

void HeatStrip::paintPicks(QPainter& painter, const Frame& frame, ThemeName name) const {
  if (m_picks.empty() || m_mostPicks <= 0) return;
  painter.setRenderHint(QPainter::Antialiasing, false);
  const QColor bar = Theme::color(Token::Text2, name);
  // A pixel column stands for the most picked of its inputs.
  const int pixels = std::max(1, int(frame.picks.width()));
  const double high = frame.picks.height() - 1;
  for (int x = 0; x < pixels; ++x) {
    const auto from = std::size_t(m_view.column + m_view.columns * x / pixels);
    const auto to = std::max(from + 1, std::size_t(std::ceil(m_view.column + m_view.columns * (x + 1) / pixels)));
    std::int64_t most = 0;
    for (auto c = from; c < std::min(to, m_picks.size()); ++c) most = std::max(most, m_picks[c]);
    if (most <= 0) continue;
    const double h = std::max(1.0, high * double(most) / double(m_mostPicks));
    painter.fillRect(QRectF(frame.picks.left() + x, frame.picks.bottom() - h, 1, h), bar);
  }
  painter.setPen(QPen(Theme::gridColor(name), 1));
  const double y = std::round(frame.picks.bottom()) + 0.5;
  painter.drawLine(QPointF(frame.picks.left(), y), QPointF(frame.picks.right(), y));
}

void HeatStrip::paintCells(QPainter& painter, const Frame& frame) const {
  painter.save();
  painter.setClipRect(frame.map);
  painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
  for (const Shown* shown : {&m_overview, &m_tile}) {
    if (shown->image.isNull()) continue;
    const TileWindow& w = shown->tile.window;
    const QRectF at =
        rectOf(frame, double(w.firstRow), double(w.firstRow + w.rows), double(w.firstColumn), double(w.firstColumn + w.columns));
    if (at.intersects(frame.map)) painter.drawImage(at, shown->image);
  }
  const double sx = frame.map.width() / m_view.columns, sy = frame.map.height() / m_view.rows;
  const TileWindow& w = m_tile.tile.window;
  const bool isOne = w.width == w.columns && w.height == w.rows;
  if (isOne && std::min(sx, sy) >= kMarkPixels * Theme::instance().unit() / 8) {
    painter.setRenderHint(QPainter::Antialiasing);
    const double r = std::min(sx, sy) * 0.24;
    painter.setPen(QPen(QColor(0, 0, 0, 190), std::max(1.0, r * 0.4)));
    painter.setBrush(Qt::white);
    for (int y = 0; y < w.height; ++y)
      for (int x = 0; x < w.width; ++x) {
        if (m_tile.tile.picks[std::size_t(y) * std::size_t(w.width) + std::size_t(x)] == 0) continue;
        const QPointF middle =
            rectOf(frame, double(w.firstRow + y), double(w.firstRow + y + 1), double(w.firstColumn + x), double(w.firstColumn + x + 1))
                .center();
        if (frame.map.adjusted(-r, -r, r, r).contains(middle)) painter.drawEllipse(middle, r, r);
      }
  }
  painter.restore();
}

void HeatStrip::paintRange(QPainter& painter, const Frame& frame, const QSizeF&, ThemeName name) const {
  const Theme& theme = Theme::instance();
  const double u = theme.unit();
  const QFontMetricsF metrics(theme.font(TextRole::Small));
  painter.setFont(theme.font(TextRole::Small));
  painter.setPen(Theme::color(Token::Text2, name));
  const QString low = significant(m_range.low, 2), high = significant(m_range.high, 2);
  const QString what = tr("%1, log scale").arg(m_scoreName);
  const double bar = u * 8, space = u * 0.75;
  const double legend = metrics.horizontalAdvance(low) + metrics.horizontalAdvance(high) + bar + 2 * space;
  double x = frame.foot.right() - legend;
  painter.drawText(QRectF(frame.foot.left(), frame.foot.top(), std::max(0.0, x - u - frame.foot.left()), frame.foot.height()),
                   Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(what, Qt::ElideRight, std::max(0.0, x - u)));
  painter.drawText(QPointF(x, frame.foot.top() + metrics.ascent()), low);
  x += metrics.horizontalAdvance(low) + space;
  QLinearGradient colors(x, 0, x + bar, 0);
  for (int i = 0; i <= 8; ++i) colors.setColorAt(i / 8.0, Theme::viridis(i / 8.0));
  painter.fillRect(QRectF(x, frame.foot.center().y() - u * 0.5, bar, u), colors);
  painter.drawText(QPointF(x + bar + space, frame.foot.top() + metrics.ascent()), high);
}

void HeatStrip::paint(QPainter& painter, const QSizeF& size, bool exported) const {
  const Theme& theme = Theme::instance();
  const ThemeName name = exported ? ThemeName::Light : theme.name();
  const Frame frame = frameFor(size);
  const bool isAllZero = m_rows > 0 && !m_overview.tile.score.empty() && m_range.high <= 0;
  if (m_rows <= 0 || isAllZero) {
    painter.setRenderHint(QPainter::Antialiasing);
    drawRounded(painter, frame.map, theme.unit() / 2, Theme::color(Token::Inset, name));
    painter.setFont(theme.font(TextRole::Small));
    painter.setPen(Theme::color(Token::Text2, name));
    painter.drawText(frame.map.adjusted(theme.unit(), 0, -theme.unit(), 0), Qt::AlignCenter | Qt::TextWordWrap,
                     isAllZero ? tr("Every score of this layer is zero.") : m_placeholder);
    return;
  }
  if (m_overview.image.isNull() && m_tile.image.isNull())
    painter.fillRect(frame.map, Theme::color(Token::Inset, name));
  else
    paintCells(painter, frame);
  paintPicks(painter, frame, name);
  if (m_range.high > 0) paintRange(painter, frame, size, name);
  if (exported || !m_at || m_grabbed) return;
  const auto cell = cellAt(m_at->y(), m_at->x());
  if (!cell) return;
  const QRectF about = rectOf(frame, double(cell->row0), double(cell->row1), double(cell->column0), double(cell->column1));
  painter.save();
  painter.setClipRect(frame.map);
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(Qt::black, 3));
  painter.drawRect(about);
  painter.setPen(QPen(Qt::white, 1));
  painter.drawRect(about);
  painter.restore();
  painter.setRenderHint(QPainter::Antialiasing);
  const QStringList lines = linesOf(*cell);
  paintHoverCard(painter, QRectF(QPointF(0, 0), size), about, lines.first(), lines.mid(1));
}

}  // namespace gps::ui
