// Style, hover layer and export of CurvePlot.
#include <QFile>
#include <QImage>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>
#include <QTextStream>
#include <cmath>

#include "widgets/curveplotparts.h"
#include "widgets/legendrow.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

void CurvePlot::restyle(ThemeName name) const {
  const Theme& theme = Theme::instance();
  const auto color = [name](Token t) { return Theme::color(t, name); };
  const QFont small = theme.font(TextRole::Small);
  m_plot->setBackground(QBrush(color(Token::Surface)));
  bool hasRight = false;
  for (const Series* s : m_series) hasRight = hasRight || s->right;
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
    axis->ticker()->setTickCount(axis == m_plot->xAxis ? 7 : 5);
    axis->setNumberFormat(u"g"_s);
    axis->setNumberPrecision(4);
  }
  for (const Series* s : m_series) {
    const QColor line = theme.runColor(s->runIndex);
    const bool smooth = m_smoothing > 0 && s->smooths;
    QColor faint = line;
    faint.setAlphaF(0.25f);
    // A dense curve is a band anyway; one pixel without joins draws it many times faster.
    const bool dense = s->x.size() > kDensePoints;
    QPen pen(smooth ? faint : line,
             dense    ? 1
             : smooth ? 1.5
                      : 2,
             Qt::SolidLine, dense ? Qt::FlatCap : Qt::RoundCap, dense ? Qt::BevelJoin : Qt::RoundJoin);
    if (s->dashed && !smooth) pen.setDashPattern({3, 2.5});
    s->raw->setPen(pen);
    QPen over(line, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    if (s->dashed) over.setDashPattern({3, 2.5});
    s->smoothed->setPen(over);
    if (s->bandHigh) {
      QColor wash = line;
      wash.setAlphaF(0.16f);
      s->bandHigh->setBrush(wash);
    }
    // Few points are shown as such; an epoch's value is a measurement, the line only joins them.
    const bool dots = !smooth && s->x.size() <= kMostDots;
    s->raw->setScatterStyle(dots ? QCPScatterStyle(QCPScatterStyle::ssDisc, line, line, theme.unit() * 0.6) : QCPScatterStyle());
    s->raw->setAntialiased(!dense);
    s->smoothed->setAntialiased(true);
  }
  placeMarker(name);
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
  if (std::isnan(m_hoverX)) return;
  const QRectF area(m_plot->axisRect()->rect());
  const double x = m_plot->xAxis->coordToPixel(m_hoverX);
  if (x < area.left() - 1 || x > area.right() + 1) return;
  painter.setPen(QPen(theme.color(Token::Ghost), 1));
  painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
  for (const Series* s : m_series) {
    const qsizetype i = s->x.indexOf(m_hoverX);
    if (i < 0 || !s->raw->visible()) continue;
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

bool CurvePlot::exportTo(const QString& path, const QString& title) const {
  const Theme& theme = Theme::instance();
  const int width = theme.px(92), plotHeight = theme.px(46), margin = theme.px(2), heading = title.isEmpty() ? 0 : theme.px(3);
  if (path.endsWith(u".csv"_s, Qt::CaseInsensitive)) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Text)) return false;
    QTextStream text(&file);
    text << "series,x,y\n";
    for (const Series* s : m_series)
      for (qsizetype i = 0; i < s->x.size(); ++i)
        text << '"' << QString(s->name).replace(u'"', u"\"\""_s) << "\"," << QString::number(s->x[i], 'g', 17) << ','
             << QString::number(s->y[i], 'g', 17) << '\n';
    text.flush();
    return file.commit();
  }
  // Exports are on white whatever the screen's theme is.
  restyle(ThemeName::Light);
  const int legendHeight = int(std::ceil(m_legend->paint(nullptr, width, ThemeName::Light))) + theme.px(0.5);
  const QSize whole(width + 2 * margin, heading + plotHeight + legendHeight + 2 * margin);
  const auto draw = [&](QCPPainter& painter) {
    painter.fillRect(QRect(QPoint(0, 0), whole), Qt::white);
    painter.translate(margin, margin);
    if (heading > 0) {
      painter.setFont(theme.font(TextRole::Title));
      painter.setPen(QPen(Theme::color(Token::Text, ThemeName::Light)));
      painter.drawText(QRectF(0, 0, width, heading), Qt::AlignLeft | Qt::AlignTop, title);
      painter.translate(0, heading);
    }
    painter.save();
    m_plot->toPainter(&painter, width, plotHeight);
    painter.restore();
    painter.translate(0, plotHeight + theme.px(0.5));
    m_legend->paint(&painter, width, ThemeName::Light);
  };
  bool written = false;
  if (path.endsWith(u".svg"_s, Qt::CaseInsensitive) || path.endsWith(u".pdf"_s, Qt::CaseInsensitive)) {
    QFile file(path);
    if (file.open(QIODevice::WriteOnly)) {
      QSvgGenerator svg;
      QPdfWriter pdf(&file);
      const bool isSvg = path.endsWith(u".svg"_s, Qt::CaseInsensitive);
      if (isSvg) {
        svg.setOutputDevice(&file);
        svg.setSize(whole);
        svg.setViewBox(QRect(QPoint(0, 0), whole));
        svg.setTitle(title);
      } else {
        pdf.setResolution(96);
        pdf.setPageSize(QPageSize(QSizeF(whole) * 72.0 / 96.0, QPageSize::Point));
        pdf.setPageMargins({});
        pdf.setTitle(title);
      }
      QCPPainter painter;
      if (painter.begin(isSvg ? static_cast<QPaintDevice*>(&svg) : &pdf)) {
        painter.setMode(QCPPainter::pmVectorized);
        painter.setMode(QCPPainter::pmNoCaching);
        draw(painter);
        written = painter.end() && file.flush();
      }
    }
  } else {
    QImage image(whole * 2, QImage::Format_RGB32);
    image.setDevicePixelRatio(2);
    QCPPainter painter(&image);
    painter.setMode(QCPPainter::pmNoCaching);
    draw(painter);
    painter.end();
    written = image.save(path);
  }
  restyle(theme.name());
  m_plot->replot(QCustomPlot::rpQueuedReplot);
  return written;
}

}  // namespace gps::ui
