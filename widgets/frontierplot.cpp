#include "widgets/frontierplot.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <cmath>

#include "widgets/format.h"
#include "widgets/plotsheet.h"
#include "widgets/runrow.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

struct FrontierPlot::Frame {
  QRectF area;
  const PlotScale &x, &y;
  QPointF at(double vx, double vy) const { return {area.left() + x.at(vx) * area.width(), area.bottom() - y.at(vy) * area.height()}; }
};

FrontierPlot::FrontierPlot(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
  describe();
}

void FrontierPlot::setSeries(const QList<FrontierSeries>& series) {
  if (series == m_series) return;
  m_series = series;
  QList<double> xs, ys;
  for (const FrontierSeries& s : std::as_const(m_series))
    for (const FrontierMark& m : s.marks) {
      if (!s.isLevel) xs << m.x;
      const double d = std::isnan(m.deviation) ? 0 : m.deviation;
      ys << m.mean - d << m.mean + d;
    }
  m_x = PlotScale::over(xs, true, 0.06);
  m_y = PlotScale::over(ys, false, 0.12);
  setCurrent(-1, -1);
}

void FrontierPlot::setLabels(const QString& x, const QString& y, bool isPercent) {
  m_xLabel = x, m_yLabel = y, m_isPercent = isPercent;
  describe();
  update();
}

void FrontierPlot::setPlaceholder(const QString& text) {
  m_placeholder = text;
  update();
}

QString FrontierPlot::valueText(double value, int decimals) const {
  return m_isPercent ? QString::number(100 * value, 'f', std::max(1, decimals - 2)) + u" %"_s : QString::number(value, 'f', decimals);
}

QString FrontierPlot::currentText() const {
  if (m_currentSeries < 0) return {};
  const FrontierSeries& s = m_series[m_currentSeries];
  const FrontierMark& m = s.marks[m_currentMark];
  QStringList lines{s.name};
  if (!m.k.isEmpty()) lines << tr("K = %1").arg(m.k);
  if (m.x > 0 && m.k != QString::number(m.x, 'g', 6)) lines << m_xLabel % u' ' % significant(m.x, 3);
  const QString spread = std::isnan(m.deviation) ? QString() : QString(u" ± "_s % valueText(m.deviation, 4));
  lines << m_yLabel % u' ' % valueText(m.mean, 4) % spread;
  lines << tr("%n run(s)", nullptr, m.runs);
  if (m.isEnough) lines << tr("the smallest K within half a point of the best");
  return lines.join(u'\n');
}

void FrontierPlot::describe() {
  setAccessibleName(tr("Value against K or size"));
  setAccessibleDescription(currentText());
}

void FrontierPlot::setCurrent(int series, int mark) {
  m_currentSeries = series, m_currentMark = mark;
  describe();
  update();
}

FrontierPlot::Frame FrontierPlot::frameOf(const QRectF& area) const {
  const Theme& theme = Theme::instance();
  const QFontMetricsF metrics(theme.font(TextRole::Small));
  const double u = theme.unit();
  double widest = 0;
  for (const double tick : m_y.ticks(5)) widest = std::max(widest, metrics.horizontalAdvance(valueText(tick, 3)));
  return {area.adjusted(widest + u * 1.5, metrics.height() + u, -u * 2, -2 * metrics.height() - u), m_x, m_y};
}

void FrontierPlot::paintAxes(QPainter& painter, const Frame& frame, ThemeName name) const {
  const Theme& theme = Theme::instance();
  const QFontMetricsF metrics(theme.font(TextRole::Small));
  const double u = theme.unit(), h = metrics.height();
  painter.setFont(theme.font(TextRole::Small));
  const QColor text = Theme::color(Token::Text2, name);
  for (const double tick : m_y.ticks(5)) {
    const double y = frame.at(m_x.low, tick).y();
    painter.setPen(QPen(Theme::gridColor(name), 1));
    painter.drawLine(QPointF(frame.area.left(), y), QPointF(frame.area.right(), y));
    painter.setPen(text);
    painter.drawText(QRectF(0, y - h / 2, frame.area.left() - u * 0.75, h), Qt::AlignRight | Qt::AlignVCenter, valueText(tick, 3));
  }
  double behind = -1e9;
  for (const double tick : m_x.ticks(8)) {
    const double x = frame.at(tick, m_y.low).x();
    const QString label = QString::number(tick, 'g', 4);
    const double w = metrics.horizontalAdvance(label);
    if (x - w / 2 < behind + u) continue;
    behind = x + w / 2;
    painter.drawText(QRectF(x - w, frame.area.bottom() + u * 0.5, 2 * w, h), Qt::AlignCenter, label);
  }
  painter.setPen(QPen(mixed(Theme::gridColor(name), text, 0.35), 1));
  painter.drawLine(frame.area.bottomLeft(), frame.area.bottomRight());
  painter.setPen(text);
  painter.drawText(QRectF(frame.area.left(), frame.area.bottom() + u * 0.5 + h, frame.area.width(), h), Qt::AlignCenter, m_xLabel);
  painter.drawText(QRectF(u * 0.5, frame.area.top() - h - u * 0.5, frame.area.width(), h), Qt::AlignLeft | Qt::AlignVCenter, m_yLabel);
}

// Over the level, where the other runs leave most room; empty where they leave none, and the legend has to do.
QRectF FrontierPlot::labelRect(const Frame& frame, const FrontierSeries& level) const {
  const Theme& theme = Theme::instance();
  const QFontMetricsF metrics(theme.font(TextRole::Small));
  const double u = theme.unit(), w = metrics.horizontalAdvance(level.name) + u, h = metrics.height();
  const double y = frame.at(m_x.low, level.marks.first().mean).y() - h - u * 0.25;
  QRectF best;
  double mostRoom = 2;
  for (int i = 0; i <= 12; ++i) {
    const QRectF at(frame.area.left() + (frame.area.width() - w) * i / 12, y, w, h);
    double room = 1e9;
    for (const FrontierSeries& s : m_series)
      for (qsizetype m = 0; m < s.marks.size() && !s.isLevel; ++m) {
        const QPointF to = frame.at(s.marks[m].x, s.marks[m].mean), from = m > 0 ? frame.at(s.marks[m - 1].x, s.marks[m - 1].mean) : to;
        for (int step = 0; step <= 8; ++step) {
          const QPointF p = from + (to - from) * step / 8.0 - at.center();
          room = std::min(room, std::hypot(std::max(0.0, std::abs(p.x()) - w / 2), std::max(0.0, std::abs(p.y()) - h / 2)));
        }
      }
    if (room > mostRoom) mostRoom = room, best = at;
  }
  return best;
}

void FrontierPlot::paintSeries(QPainter& painter, const Frame& frame, const FrontierSeries& series, ThemeName name) const {
  const Theme& theme = Theme::instance();
  const double u = theme.unit();
  const QColor color = theme.runColor(series.colour % kRunColours);
  QPen pen(color, 2);
  if (series.isLevel) {
    const FrontierMark& m = series.marks.first();
    if (!std::isnan(m.deviation)) {
      QColor wash = color;
      wash.setAlphaF(0.12f);
      painter.fillRect(QRectF(frame.at(m_x.low, m.mean + m.deviation), frame.at(m_x.high, m.mean - m.deviation)), wash);
    }
    pen.setDashPattern({3, 2.5});
    painter.setPen(pen);
    painter.drawLine(frame.at(m_x.low, m.mean), frame.at(m_x.high, m.mean));
    painter.setPen(Theme::color(Token::Text2, name));
    painter.setFont(theme.font(TextRole::Small));
    if (const QRectF at = labelRect(frame, series); !at.isEmpty()) painter.drawText(at, Qt::AlignCenter, series.name);
    return;
  }
  if (series.colour >= kRunColours) pen.setDashPattern({3, 2.5});
  QPolygonF line;
  for (const FrontierMark& m : series.marks) line << frame.at(m.x, m.mean);
  painter.setPen(pen);
  painter.setBrush(Qt::NoBrush);
  painter.drawPolyline(line);
  for (const FrontierMark& m : series.marks) {
    const QPointF at = frame.at(m.x, m.mean);
    if (!std::isnan(m.deviation) && m.deviation > 0) {
      const double top = frame.at(m.x, m.mean + m.deviation).y(), bottom = frame.at(m.x, m.mean - m.deviation).y(), cap = u * 0.5;
      painter.setPen(QPen(color, 1.25));
      painter.drawLine(QPointF(at.x(), top), QPointF(at.x(), bottom));
      painter.drawLine(QPointF(at.x() - cap, top), QPointF(at.x() + cap, top));
      painter.drawLine(QPointF(at.x() - cap, bottom), QPointF(at.x() + cap, bottom));
    }
    painter.setPen(QPen(Theme::color(Token::Surface, name), 1.5));
    painter.setBrush(color);
    painter.drawEllipse(at, u * 0.5, u * 0.5);
    if (!m.isEnough) continue;
    painter.setPen(QPen(Theme::color(Token::Good, name), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(at, u, u);
  }
}

void FrontierPlot::paintTo(QPainter& painter, const QRectF& area, ThemeName name) const {
  painter.setRenderHint(QPainter::Antialiasing);
  bool isEmpty = true;
  for (const FrontierSeries& s : m_series) isEmpty = isEmpty && (s.isLevel || s.marks.isEmpty());
  if (isEmpty) {
    painter.setFont(Theme::instance().font(TextRole::Body));
    painter.setPen(Theme::color(Token::Text2, name));
    painter.drawText(area, Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
    return;
  }
  const Frame frame = frameOf(area);
  paintAxes(painter, frame, name);
  for (const bool isLevel : {true, false})
    for (const FrontierSeries& s : m_series)
      if (s.isLevel == isLevel && !s.marks.isEmpty()) paintSeries(painter, frame, s, name);
}

void FrontierPlot::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const Theme& theme = Theme::instance();
  paintTo(painter, rect(), theme.name());
  if (m_currentSeries < 0) return;
  const double u = theme.unit();
  const Frame frame = frameOf(rect());
  const FrontierMark& m = m_series[m_currentSeries].marks[m_currentMark];
  const QPointF at =
      m_series[m_currentSeries].isLevel ? QPointF(frame.area.center().x(), frame.at(m_x.low, m.mean).y()) : frame.at(m.x, m.mean);
  painter.setPen(QPen(theme.color(Token::Accent), 2));
  painter.setBrush(Qt::NoBrush);
  painter.drawEllipse(at, u * 1.375, u * 1.375);
  const QStringList lines = currentText().split(u'\n');
  const QFontMetricsF metrics(theme.font(TextRole::Small));
  double w = 0;
  for (const QString& line : lines) w = std::max(w, metrics.horizontalAdvance(line));
  const double row = metrics.height() + u * 0.25, h = row * double(lines.size()) + u * 1.5;
  w += u * 2.5;
  const double left = at.x() < width() / 2.0 ? at.x() + u * 2 : at.x() - u * 2 - w;
  const QRectF card(std::clamp(left, 0.0, std::max(0.0, width() - w)), std::clamp(at.y() - h / 2, 0.0, std::max(0.0, height() - h)), w, h);
  drawRounded(painter, card, u * 0.75, theme.color(Token::Surface), theme.color(Token::Line), theme.lineWidth());
  painter.setFont(theme.font(TextRole::Small));
  for (int i = 0; i < lines.size(); ++i) {
    painter.setPen(theme.color(i == 0 ? Token::Text : Token::Text2));
    painter.drawText(QRectF(card.left() + u * 1.25, card.top() + u * 0.75 + i * row, w, row), Qt::AlignLeft | Qt::AlignVCenter, lines[i]);
  }
}

void FrontierPlot::mouseMoveEvent(QMouseEvent* event) {
  const Frame frame = frameOf(rect());
  double nearest = Theme::instance().unit() * 3;
  int series = -1, mark = -1;
  for (int s = 0; s < m_series.size(); ++s)
    for (int m = 0; m < m_series[s].marks.size(); ++m) {
      const FrontierMark& each = m_series[s].marks[m];
      const QPointF off = frame.at(m_series[s].isLevel ? m_x.low : each.x, each.mean) - event->position();
      const double distance = m_series[s].isLevel ? std::abs(off.y()) + 1 : std::hypot(off.x(), off.y());
      if (distance < nearest) nearest = distance, series = s, mark = m;
    }
  if (series != m_currentSeries || mark != m_currentMark) setCurrent(series, mark);
}

void FrontierPlot::leaveEvent(QEvent*) {
  if (!hasFocus()) setCurrent(-1, -1);
}

void FrontierPlot::keyPressEvent(QKeyEvent* event) {
  const int by = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
  QList<QPair<int, int>> all;
  for (int s = 0; s < m_series.size(); ++s)
    for (int m = 0; m < m_series[s].marks.size(); ++m) all.append({s, m});
  if (by == 0 || all.isEmpty()) return QWidget::keyPressEvent(event);
  const qsizetype at = all.indexOf({m_currentSeries, m_currentMark});
  const qsizetype next = at < 0 ? (by > 0 ? 0 : all.size() - 1) : std::clamp<qsizetype>(at + by, 0, all.size() - 1);
  setCurrent(all[next].first, all[next].second);
}

void FrontierPlot::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) describe();
  QWidget::changeEvent(event);
}

QSize FrontierPlot::sizeHint() const { return {Theme::instance().px(60), Theme::instance().px(30)}; }
QSize FrontierPlot::minimumSizeHint() const { return {Theme::instance().px(32), Theme::instance().px(15)}; }

QSize FrontierPlot::exportSize(const QString& title) const { return plotSheet(title); }

bool FrontierPlot::drawExport(QPaintDevice& device, const QString& title) const {
  return drawPlotSheet(device, title, [this](QPainter& painter, const QRectF& area) { paintTo(painter, area, ThemeName::Light); });
}

TextTable FrontierPlot::exportTable() const {
  const auto number = [](double v) { return std::isnan(v) ? QString() : QString::number(v, 'g', 17); };
  QList<QStringList> rows;
  for (const FrontierSeries& s : m_series)
    for (const FrontierMark& m : s.marks)
      rows << QStringList{
          s.name, m.k, number(m.x), number(m.mean), number(m.deviation), QString::number(m.runs), m.isEnough ? u"1"_s : u"0"_s};
  return textTable({u"runs"_s, u"k"_s, u"x"_s, u"mean"_s, u"sd"_s, u"n"_s, u"enough"_s}, rows);
}

}  // namespace gps::ui
