#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "widgets/parallelplotparts.h"
#include "widgets/plotsheet.h"
#include "widgets/runrow.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype kDense = 40;  // more lines are drawn quieter
}

ParallelPlot::Frame ParallelPlot::frameOf(const QRectF& area) const {
  const Theme& theme = Theme::instance();
  const QFontMetricsF metrics(theme.font(TextRole::Small));
  const double u = theme.unit();
  // The first axis has its ticks at the left like all; the last title is centred under its own.
  double left = 0, right = u * 4;
  if (!m_axes.isEmpty()) {
    for (const double tick : m_axes.first().ticks) left = std::max(left, metrics.horizontalAdvance(tickText(m_axes.first(), tick)));
    left = std::max(left + u * 1.5, metrics.horizontalAdvance(m_axes.first().given.title) / 2 + u);
    right = std::max(right, metrics.horizontalAdvance(m_axes.last().given.title) / 2 + u);
  }
  return {area.adjusted(left, metrics.height() + u * 1.75, -right, -u)};
}

QRectF ParallelPlot::axisRect(int axis) const {
  const Frame frame = frameOf(rect());
  return {frame.x(*this, axis), frame.area.top(), 0, frame.area.height()};
}

void ParallelPlot::paintLines(QPainter& painter, const Frame& frame, ThemeName name) const {
  const Theme& theme = Theme::instance();
  const auto draw = [&](const ParallelLine& line, const QPen& pen) {
    QPainterPath path;
    bool isOn = false;
    for (int a = 0; a < axisCount(); ++a) {
      const QPointF at = frame.point(*this, line, a);
      if (std::isnan(at.y())) {
        isOn = false;
        continue;
      }
      if (isOn)
        path.lineTo(at);
      else
        path.moveTo(at);
      isOn = true;
    }
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
  };
  const auto penOf = [&](const ParallelLine& line) {
    if (line.colour < 0) {
      const bool isDense = m_lines.size() > kDense;
      return QPen(mixed(Theme::color(Token::Surface, name), Theme::color(Token::Text2, name), isDense ? 0.5 : 0.75), isDense ? 1 : 1.25);
    }
    QPen pen(theme.runColor(line.colour % kRunColours), 2.25);
    if (line.colour >= kRunColours) pen.setDashPattern({3, 2.5});
    return pen;
  };
  for (const ParallelLine& line : m_lines)
    if (!keeps(line)) draw(line, QPen(mixed(Theme::color(Token::Surface, name), Theme::color(Token::Ghost, name), 0.55), 1));
  for (const bool isStrong : {false, true})
    for (const ParallelLine& line : m_lines)
      if (keeps(line) && (line.colour >= 0) == isStrong) draw(line, penOf(line));
}

void ParallelPlot::paintAxes(QPainter& painter, const Frame& frame, ThemeName name) const {
  const Theme& theme = Theme::instance();
  const double u = theme.unit();
  const QFont small = theme.font(TextRole::Small);
  const QFontMetricsF metrics(small);
  const double gap = axisCount() > 1 ? frame.area.width() / (axisCount() - 1) : frame.area.width();
  painter.setFont(small);
  for (int a = 0; a < axisCount(); ++a) {
    const Axis& axis = m_axes[a];
    const double x = frame.x(*this, a);
    painter.setPen(QPen(mixed(Theme::gridColor(name), Theme::color(Token::Text2, name), 0.5), 1));
    painter.drawLine(QPointF(x, frame.area.top()), QPointF(x, frame.area.bottom()));
    painter.setPen(Theme::color(Token::Text, name));
    const QRectF title(x - gap / 2 + u * 0.5, frame.area.top() - metrics.height() - u, gap - u, metrics.height());
    const QRectF wide(x - std::max(gap, u * 8) / 2, title.top(), std::max(gap, u * 8), title.height());
    const QRectF& place = a == 0 || a + 1 == axisCount() ? wide : title;
    painter.drawText(place, Qt::AlignCenter, metrics.elidedText(axis.given.title, Qt::ElideRight, place.width()));
    double below = frame.area.bottom() + metrics.height();  // ticks too close to the one before are left out
    QList<double> ticks = axis.ticks;
    if (axis.hasMissing) ticks.prepend(std::nan(""));
    for (const double tick : std::as_const(ticks)) {
      const double y = frame.y(axis, tick);
      if (below - y < metrics.height() * 0.95) continue;
      below = y;
      const double room = a == 0 ? x : gap - u * 2;
      const QString text = metrics.elidedText(std::isnan(tick) ? u"–"_s : tickText(axis, tick), Qt::ElideRight, room);
      const double width = metrics.horizontalAdvance(text);
      const QRectF at(x - u * 0.875 - width, y - metrics.height() / 2, width, metrics.height());
      // Over the lines, legible.
      QColor under = Theme::color(Token::Surface, name);
      under.setAlphaF(0.82f);
      painter.fillRect(at.adjusted(-u * 0.25, u * 0.125, u * 0.25, -u * 0.125), under);
      painter.setPen(Theme::color(Token::Text2, name));
      painter.drawText(at, Qt::AlignCenter, text);
      painter.setPen(QPen(Theme::color(Token::Text2, name), 1));
      painter.drawLine(QPointF(x - u * 0.5, y), QPointF(x, y));
    }
    if (axis.brush) {
      const double top = std::max(frame.area.top(), frame.y(axis, axis.brush->second));
      const double bottom = std::min(frame.area.bottom(), frame.y(axis, axis.brush->first));
      QColor wash = Theme::color(Token::Accent, name);
      wash.setAlphaF(0.22f);
      const QRectF bar(x - u * 0.75, top, u * 1.5, std::max(2.0, bottom - top));
      painter.setPen(QPen(Theme::color(Token::Accent, name), 1.5));
      painter.setBrush(wash);
      painter.drawRoundedRect(bar, u * 0.375, u * 0.375);
    }
  }
}

void ParallelPlot::paintHover(QPainter& painter, const Frame& frame) const {
  if (m_hovered < 0 || m_hovered >= m_lines.size()) return;
  const Theme& theme = Theme::instance();
  const double u = theme.unit();
  const ParallelLine& line = m_lines[m_hovered];
  QList<QPair<QString, QString>> rows;
  for (int a = 0; a < axisCount(); ++a) rows.append({m_axes[a].given.title, valueText(m_axes[a], line.values.value(a, std::nan("")))});
  const QFont small = theme.font(TextRole::Small);
  const QFontMetricsF metrics(small);
  double names = 0, values = 0;
  for (const auto& [name, value] : rows) {
    names = std::max(names, metrics.horizontalAdvance(name));
    values = std::max(values, metrics.horizontalAdvance(value));
  }
  const double row = metrics.height() + u * 0.25;
  const double w = std::max(names + values + u * 5, metrics.horizontalAdvance(line.name) + u * 2.5),
               h = row * double(rows.size() + 1) + u * 1.75;
  QPointF last;
  for (int a = 0; a < axisCount(); ++a)
    if (const QPointF at = frame.point(*this, line, a); !std::isnan(at.y())) last = at;
  painter.setPen(QPen(theme.color(Token::Accent), 3));
  for (int a = 0; a + 1 < axisCount(); ++a) {
    const QPointF from = frame.point(*this, line, a), to = frame.point(*this, line, a + 1);
    if (!std::isnan(from.y()) && !std::isnan(to.y())) painter.drawLine(from, to);
  }
  const QRectF card(std::max(0.0, last.x() - w - u * 2), std::clamp(last.y() - h / 2, 0.0, std::max(0.0, height() - h)), w, h);
  drawRounded(painter, card, u * 0.75, theme.color(Token::Surface), theme.color(Token::Line), theme.lineWidth());
  painter.setFont(small);
  double y = card.top() + u * 0.875;
  painter.setPen(theme.color(Token::Text));
  painter.drawText(QRectF(card.left() + u * 1.25, y, w - u * 2.5, row), Qt::AlignLeft | Qt::AlignVCenter, line.name);
  for (const auto& [name, value] : rows) {
    y += row;
    const QRectF at(card.left() + u * 1.25, y, w - u * 2.5, row);
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(at, Qt::AlignLeft | Qt::AlignVCenter, name);
    painter.setPen(theme.color(Token::Text));
    painter.drawText(at, Qt::AlignRight | Qt::AlignVCenter, value);
  }
}

void ParallelPlot::paintTo(QPainter& painter, const QRectF& area, ThemeName name) const {
  painter.setRenderHint(QPainter::Antialiasing);
  const Frame frame = frameOf(area);
  if (m_axes.isEmpty() || m_lines.isEmpty()) {
    painter.setFont(Theme::instance().font(TextRole::Body));
    painter.setPen(Theme::color(Token::Text2, name));
    painter.drawText(area, Qt::AlignCenter | Qt::TextWordWrap,
                     tr("Runs that have a value are drawn here, each as a line over its settings."));
    return;
  }
  paintLines(painter, frame, name);
  paintAxes(painter, frame, name);
}

void ParallelPlot::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const Theme& theme = Theme::instance();
  paintTo(painter, rect(), theme.name());
  if (m_axes.isEmpty() || m_lines.isEmpty()) return;
  const Frame frame = frameOf(rect());
  if (hasFocus()) {
    // Under the title of the current axis.
    const double x = frame.x(*this, m_current), u = theme.unit();
    painter.setPen(QPen(theme.color(Token::Accent), 2, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(x - u * 2, frame.area.top() - u * 0.625), QPointF(x + u * 2, frame.area.top() - u * 0.625));
  }
  paintHover(painter, frame);
}

QSize ParallelPlot::exportSize(const QString& title) const { return plotSheet(title); }

bool ParallelPlot::drawExport(QPaintDevice& device, const QString& title) const {
  return drawPlotSheet(device, title, [this](QPainter& painter, const QRectF& area) { paintTo(painter, area, ThemeName::Light); });
}

TextTable ParallelPlot::exportTable() const {
  QStringList columns{u"run"_s};
  for (const Axis& axis : m_axes) columns << axis.given.title;
  QList<QStringList> rows;
  for (const ParallelLine& line : m_lines) {
    if (!keeps(line)) continue;
    QStringList row{line.name};
    for (qsizetype a = 0; a < m_axes.size(); ++a) {
      const double v = line.values.value(a, std::nan(""));
      const bool isWord = !m_axes[a].given.categories.isEmpty();
      row << (std::isnan(v) ? QString() : isWord ? m_axes[a].given.categories.value(qRound(v)) : QString::number(v, 'g', 17));
    }
    rows << row;
  }
  return textTable(columns, rows);
}

}  // namespace gps::ui
