// Style, hover layer and export of CurvePlot.
#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <vector>

#include "widgets/curveplotparts.h"
#include "widgets/format.h"
#include "widgets/legendrow.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr int kColumnTicks = 7, kRowTicks = 5;  // at most
constexpr int kLeastMargin = 15;                // the plot library's own: half of a label on the topmost line needs it
constexpr double kExportWidth = 92, kExportHeight = 46, kExportMargin = 2;
constexpr double kLeastCurves = 14;  // units of height, without the legend
}  // namespace

void CurvePlot::restyle(ThemeName name) const {
  const Theme& theme = Theme::instance();
  const auto color = [name](Token t) { return Theme::color(t, name); };
  const QFont small = theme.font(TextRole::Small);
  m_plot->setBackground(QBrush(color(Token::Surface)));
  m_plot->setMinimumHeight(theme.px(kLeastCurves));
  bool hasRight = false;
  for (const Series* s : m_series) hasRight = hasRight || (s->right && s->visible);
  m_plot->yAxis2->setVisible(hasRight);
  for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis, m_plot->yAxis2}) {
    axis->setTickLabelFont(small);
    axis->setLabelFont(small);
    axis->setTickLabelColor(color(Token::Text2));
    axis->setLabelColor(color(Token::Text2));
    axis->setBasePen(axis == m_plot->xAxis ? QPen(mixed(Theme::gridColor(name), color(Token::Text2), 0.35), 1) : QPen(Qt::NoPen));
    axis->setTickPen(Qt::NoPen);
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLengthIn(0);
    axis->setSubTickLengthIn(0);
    axis->setTickLabelPadding(theme.px(0.625));
    axis->setLabelPadding(theme.px(0.5));
    axis->grid()->setVisible(axis == m_plot->yAxis);
    axis->grid()->setSubGridVisible(false);
    axis->grid()->setZeroLinePen(Qt::NoPen);
    axis->grid()->setPen(QPen(Theme::gridColor(name), 1));
    axis->setNumberFormat(u"g"_s);
    axis->setNumberPrecision(4);
  }
  const QFontMetrics metrics(small);
  const auto roomFor = [&](const QString& label) {
    return label.isEmpty()
               ? kLeastMargin
               : metrics.horizontalAdvance(label) + theme.px(0.625) + theme.px(0.5) + metrics.height() + m_plot->yAxis->padding();
  };
  m_plot->axisRect()->setMinimumMargins(QMargins(roomFor(m_leftRoom), kLeastMargin, roomFor(m_rightRoom), kLeastMargin));
  placeMarker(name);
}

// Called before each drawing: what the graphs hold is made for the range and the width at hand.
void CurvePlot::sample(int columns, ThemeName name) const {
  m_plot->xAxis->ticker()->setTickCount(kColumnTicks);
  // A label needs three lines of its text to stand free of the next; three more are the axis's below.
  const int room = m_plot->viewport().height() / (3 * QFontMetrics(m_plot->yAxis->tickLabelFont()).height()) - 1;
  for (QCPAxis* axis : {m_plot->yAxis, m_plot->yAxis2}) axis->ticker()->setTickCount(std::clamp(room, 2, kRowTicks));
  bool isDense = false;
  for (Series* s : m_series) {
    drawSampled(*s, columns, name);
    isDense = isDense || s->isBand;
  }
  // One outline round thousands of segments takes the painter ten times as long as the segments.
  m_plot->setPlottingHint(QCP::phFastPolylines, isDense);
}

namespace {

// Of the raw line under the smoothed one: as plain on dark as a quarter of the colour is on white.
float faintness(ThemeName name) {
  switch (name) {
    case ThemeName::Light:
      return 0.25f;
    case ThemeName::Dark:
      return 0.5f;
    default:
      return 0.6f;
  }
}

// Where each pixel column begins, in x.
QList<double> columnEdges(const QCPAxis& axis, int columns) {
  const QCPRange range = axis.range();
  const bool isLog = axis.scaleType() == QCPAxis::stLogarithmic;
  QList<double> edges(columns + 1);
  for (int c = 0; c <= columns; ++c) {
    const double share = double(c) / columns;
    edges[c] = isLog ? range.lower * std::pow(range.upper / range.lower, share) : range.lower + share * range.size();
  }
  return edges;
}

}  // namespace

void CurvePlot::drawSampled(Series& s, int columns, ThemeName name) const {
  if (!s.visible) return;
  settle(s);
  const QCPRange range = m_plot->xAxis->range();
  const auto from = std::lower_bound(s.x.begin(), s.x.end(), range.lower), to = std::upper_bound(from, s.x.end(), range.upper);
  // With a neighbour on each side, for the line that leaves the view.
  const qsizetype first = std::max<qsizetype>(0, from - s.x.begin() - 1), last = std::min(s.x.size(), to - s.x.begin() + 1);
  const qsizetype count = last - first;
  const bool smooth = !s.smooth.isEmpty();
  s.isBand = count > 2 * qsizetype(columns);
  QVector<QCPGraphData> high, low, over;
  if (!s.isBand) {
    high.reserve(count);
    for (qsizetype i = first; i < last; ++i) high.append({s.x[i], s.y[i]});
    if (smooth)
      for (qsizetype i = first; i < last; ++i) over.append({s.x[i], s.smooth[i]});
  } else {
    const QList<double> edges = columnEdges(*m_plot->xAxis, columns);
    const double floor = m_logY && !s.right ? m_plot->yAxis->range().lower / 10 : -std::numeric_limits<double>::infinity();
    qsizetype i = first;
    double end = std::numeric_limits<double>::quiet_NaN();
    const QCPAxis* values = s.right ? m_plot->yAxis2 : m_plot->yAxis;
    for (int c = 0; c < columns && i < last; ++c) {
      const qsizetype next = c + 1 == columns ? last : std::lower_bound(s.x.begin() + i, s.x.begin() + last, edges[c + 1]) - s.x.begin();
      if (next == i) continue;
      const double centre = (edges[c] + edges[c + 1]) / 2;
      const auto raw = s.values.over(s.y, i, next);
      high.append({centre, std::max(raw.high, floor)});
      low.append({centre, std::max(raw.low, floor)});
      if (smooth) {
        // Both ends of the column, the nearer one first.
        const auto line = s.smoothValues.over(s.smooth, i, next);
        const bool isRising = std::isnan(end) || std::abs(line.low - end) <= std::abs(line.high - end);
        over.append({centre, isRising ? line.low : line.high});
        if (std::abs(values->coordToPixel(line.high) - values->coordToPixel(line.low)) >= 1)
          over.append({centre, isRising ? line.high : line.low});
        end = over.last().value;
      }
      i = next;
    }
  }
  const Theme& theme = Theme::instance();
  const QColor line = theme.runColor(s.runIndex);
  QColor faint = line;
  faint.setAlphaF(faintness(name));
  const bool dense = 2 * count > columns;  // one pixel without joins draws it many times faster
  QPen pen(smooth ? faint : line,
           dense    ? 1
           : smooth ? 1.5
                    : 2,
           Qt::SolidLine, dense ? Qt::FlatCap : Qt::RoundCap, dense ? Qt::BevelJoin : Qt::RoundJoin);
  if (s.dashed && !smooth && !dense) pen.setDashPattern({3, 2.5});
  QPen above(line, s.isBand ? 1.5 : 2, Qt::SolidLine, dense ? Qt::FlatCap : Qt::RoundCap, dense ? Qt::BevelJoin : Qt::RoundJoin);
  if (s.dashed && !dense) above.setDashPattern({3, 2.5});
  s.raw->setPen(pen);
  s.raw->setBrush(s.isBand ? QBrush(smooth ? faint : line) : QBrush(Qt::NoBrush));
  s.raw->setChannelFillGraph(s.isBand ? s.low : nullptr);
  s.low->setPen(Qt::NoPen);
  s.smoothed->setPen(above);
  // Few points are shown as such; an epoch's value is a measurement, the line only joins them.
  const bool dots = !smooth && count <= kMostDots;
  s.raw->setScatterStyle(dots ? QCPScatterStyle(QCPScatterStyle::ssDisc, line, line, theme.unit() * 0.6) : QCPScatterStyle());
  s.raw->setAntialiased(!dense);
  s.raw->setAntialiasedFill(false);
  s.smoothed->setAntialiased(true);
  s.raw->data()->set(high, true);
  s.low->data()->set(low, true);
  s.smoothed->data()->set(over, true);
}

void CurvePlot::placeMarker(ThemeName name) const {
  auto* self = const_cast<CurvePlot*>(this);
  if (std::isnan(m_markerX)) {
    if (m_markerLine) m_plot->removeItem(m_markerLine);
    if (m_markerLabel) m_plot->removeItem(m_markerLabel);
    self->m_markerLine = nullptr;
    self->m_markerLabel = nullptr;
    return;
  }
  if (!m_markerLine) {
    self->m_markerLine = new QCPItemLine(m_plot);
    self->m_markerLabel = new QCPItemText(m_plot);
    for (QCPItemPosition* position : {m_markerLine->start, m_markerLine->end, m_markerLabel->position}) {
      position->setTypeX(QCPItemPosition::ptPlotCoords);
      position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    }
  }
  const QColor good = Theme::color(Token::Good, name);
  QPen dash(good, 1.5);
  dash.setDashPattern({3, 2.5});
  m_markerLine->setPen(dash);
  m_markerLine->start->setCoords(m_markerX, 1);
  m_markerLine->end->setCoords(m_markerX, 0);
  m_markerLabel->position->setCoords(m_markerX, 0.5);
  // The word stands on the side with more room.
  const bool leftHalf = m_markerX < m_plot->xAxis->range().center();
  m_markerLabel->setPositionAlignment(Qt::AlignVCenter | (leftHalf ? Qt::AlignLeft : Qt::AlignRight));
  m_markerLabel->setPadding(QMargins(6, 0, 6, 0));
  m_markerLabel->setText(m_markerText);
  m_markerLabel->setColor(good);
  m_markerLabel->setFont(Theme::instance().font(TextRole::Small));
}

void CurvePlot::paintCursor(QPainter& painter) const {
  const QRectF area(m_plot->axisRect()->rect());
  const double x = std::isnan(m_cursorX) ? m_cursorX : m_plot->xAxis->coordToPixel(m_cursorX);
  if (!(x >= area.left() - 1 && x <= area.right() + 1)) return;
  const Theme& theme = Theme::instance();
  const double u = theme.unit();
  const QColor accent = theme.color(Token::Accent);
  painter.setPen(QPen(accent, theme.isHighContrast() ? 2 : 1.5));
  painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
  // Its word on a plate of its own: curves run under it.
  const QFont small = theme.font(TextRole::Small);
  const QFontMetricsF metrics(small);
  const double w = metrics.horizontalAdvance(m_cursorText) + u, h = metrics.height() + u * 0.25;
  const double left = x + w + u * 0.5 < area.right() ? x + u * 0.5 : x - u * 0.5 - w;
  const QRectF plate(left, area.top() + u * 0.25, w, h);
  drawRounded(painter, plate, u * 0.5, theme.color(Token::Surface), accent, 1);
  painter.setFont(small);
  painter.setPen(theme.color(Token::Text));
  painter.drawText(plate, Qt::AlignCenter, m_cursorText);
}

void CurvePlot::paintOver(QPainter& painter) const {
  const Theme& theme = Theme::instance();
  const double u = theme.unit();
  painter.setRenderHint(QPainter::Antialiasing);
  bool empty = true;
  for (const Series* s : m_series) empty = empty && s->x.isEmpty();
  if (empty && !m_placeholder.isEmpty()) {
    painter.setFont(theme.font(TextRole::Body));
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(QRectF(m_plot->axisRect()->rect()), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
    return;
  }
  if (m_drag == Drag::Box) {
    const QColor accent = theme.color(Token::Accent);
    QColor wash = accent;
    wash.setAlphaF(0.12f);
    painter.setPen(QPen(accent, 1));
    painter.setBrush(wash);
    painter.drawRect(QRectF(m_pressed, m_dragged).normalized() & QRectF(m_plot->axisRect()->rect()));
    return;
  }
  paintCursor(painter);
  if (std::isnan(m_hoverX)) return;
  const QRectF area(m_plot->axisRect()->rect());
  const double x = m_plot->xAxis->coordToPixel(m_hoverX);
  if (x < area.left() - 1 || x > area.right() + 1) return;
  painter.setPen(QPen(theme.color(Token::Ghost), 1));
  painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
  for (const Series* s : m_series) {
    const qsizetype i = std::lower_bound(s->x.begin(), s->x.end(), m_hoverX) - s->x.begin();
    if (i >= s->x.size() || s->x[i] != m_hoverX || std::isnan(s->y[i]) || !s->visible) continue;
    const double y = (s->right ? m_plot->yAxis2 : m_plot->yAxis)->coordToPixel(s->y[i]);
    if (!area.adjusted(0, -1, 0, 1).contains(QPointF(std::clamp(x, area.left(), area.right() - 1), y))) continue;
    drawRounded(painter, QRectF(x - u / 2, y - u / 2, u, u), u / 2, theme.color(Token::Surface), theme.runColor(s->runIndex), 2);
  }
  const QStringList lines = valuesAt(m_hoverX);
  if (lines.isEmpty()) return;
  const QFont small = theme.font(TextRole::Small);
  const QFontMetricsF metrics(small);
  double names = 0, values = 0;
  for (const QString& line : lines) {
    names = std::max(names, metrics.horizontalAdvance(line.section(u'\t', 0, 0)));
    values = std::max(values, metrics.horizontalAdvance(line.section(u'\t', 1)));
  }
  const double row = metrics.height() + u * 0.25, w = names + values + u * 5, h = row * double(lines.size()) + u * 1.75;
  const double left = x < area.center().x() ? x + u * 1.25 : x - u * 1.25 - w;
  const QRectF card(std::clamp(left, 0.0, std::max(0.0, m_plot->width() - w)), area.top() + u, w, h);
  drawRounded(painter, card, u * 0.75, theme.color(Token::Surface), theme.color(Token::Line), theme.lineWidth());
  painter.setFont(small);
  double y = card.top() + u * 0.875;
  for (const QString& line : lines) {
    const QRectF r(card.left() + u * 1.25, y, w - u * 2.5, row);
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(r, Qt::AlignLeft | Qt::AlignVCenter, line.section(u'\t', 0, 0));
    painter.setPen(theme.color(Token::Text));
    painter.drawText(r, Qt::AlignRight | Qt::AlignVCenter, line.section(u'\t', 1));
    y += row;
  }
}

QSize CurvePlot::exportSize(const QString& title) const {
  const Theme& theme = Theme::instance();
  const int width = theme.px(kExportWidth), legend = int(std::ceil(m_legend->paint(nullptr, width, ThemeName::Light))) + theme.px(0.5);
  return {width + 2 * theme.px(kExportMargin),
          (title.isEmpty() ? 0 : theme.px(3)) + theme.px(kExportHeight) + legend + 2 * theme.px(kExportMargin)};
}

// On white whatever the screen's theme is; the screen gets its own style and sampling back.
bool CurvePlot::drawExport(QPaintDevice& device, const QString& title) const {
  const Theme& theme = Theme::instance();
  const int width = theme.px(kExportWidth), height = theme.px(kExportHeight), margin = theme.px(kExportMargin);
  QCPPainter painter;
  if (!painter.begin(&device)) return false;
  // An image counts its pixels, paper does not.
  if (device.devType() != QInternal::Image) painter.setMode(QCPPainter::pmVectorized);
  painter.setMode(QCPPainter::pmNoCaching);
  restyle(ThemeName::Light);
  rescale();
  sample(width * 2, ThemeName::Light);
  painter.fillRect(QRect(QPoint(0, 0), exportSize(title)), Qt::white);
  painter.translate(margin, margin);
  if (!title.isEmpty()) {
    painter.setFont(theme.font(TextRole::Title));
    painter.setPen(QPen(Theme::color(Token::Text, ThemeName::Light)));
    painter.drawText(QRectF(0, 0, width, theme.px(3)), Qt::AlignLeft | Qt::AlignTop, title);
    painter.translate(0, theme.px(3));
  }
  painter.save();
  m_plot->toPainter(&painter, width, height);
  painter.restore();
  painter.translate(0, height + theme.px(0.5));
  m_legend->paint(&painter, width, ThemeName::Light);
  const bool isWritten = painter.end();
  restyle(theme.name());
  m_plot->replot(QCustomPlot::rpQueuedReplot);
  return isWritten;
}

// A column for x, one for each value axis in use, and one for each of them that has smoothed lines; each series fills its own.
TextTable CurvePlot::exportTable() const {
  struct Rows {
    QString name;
    QList<double> x, y, smooth;
    bool isRight;
    qsizetype first;
  };
  struct Values {
    bool isRight, isSmooth;
  };
  auto series = std::make_shared<std::vector<Rows>>();
  qsizetype rows = 0;
  for (Series* s : m_series) {
    if (!s->visible || s->x.isEmpty()) continue;
    settle(*s);
    series->push_back({s->name, s->x, s->y, s->smooth, s->right, rows});
    rows += s->x.size();
  }
  QStringList titles{u"series"_s, m_xLabel.isEmpty() ? u"x"_s : m_xLabel};
  auto values = std::make_shared<std::vector<Values>>();
  for (const bool isSmooth : {false, true})
    for (const bool isRight : {false, true}) {
      const auto fills = [&](const Rows& r) { return r.isRight == isRight && (!isSmooth || !r.smooth.isEmpty()); };
      if (std::none_of(series->begin(), series->end(), fills)) continue;
      const QString& label = isRight ? m_rightLabel : m_yLabel;
      const QString title = label.isEmpty() ? (isRight ? u"y2"_s : u"y"_s) : label;
      titles << (isSmooth ? tr("%1, smoothed with weight %2").arg(title, significant(m_smoothing, 2)) : title);
      values->push_back({isRight, isSmooth});
    }
  if (values->empty()) titles << (m_yLabel.isEmpty() ? u"y"_s : m_yLabel);
  return {titles, rows, [series, values](qsizetype row, int column) {
            const auto at =
                std::upper_bound(series->begin(), series->end(), row, [](qsizetype r, const Rows& s) { return r < s.first; }) - 1;
            if (column == 0) return at->name;
            const Values shown = column == 1 ? Values{at->isRight, false} : values->at(std::size_t(column) - 2);
            const QList<double>& list = column == 1 ? at->x : shown.isSmooth ? at->smooth : at->y;
            const double value = shown.isRight == at->isRight ? list.value(row - at->first, std::nan("")) : std::nan("");
            return std::isnan(value) ? QString() : QString::number(value, 'g', 17);
          }};
}

}  // namespace gps::ui
