#include "widgets/curveplot.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>

#include "widgets/curveplotparts.h"
#include "widgets/format.h"
#include "widgets/legendrow.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
}  // namespace

CurvePlot::CurvePlot(QWidget* parent)
    : QWidget(parent), m_plot(new QCustomPlot), m_legend(new LegendRow), m_canvas(new Canvas(m_plot)), m_markerX(kNone), m_hoverX(kNone) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->setSpacing(Theme::instance().px(0.5));
  layout->addWidget(m_plot, 1);
  layout->addWidget(m_legend);
  setFocusPolicy(Qt::StrongFocus);
  m_plot->setFocusPolicy(Qt::NoFocus);
  m_plot->setMinimumSize(QSize(0, 0));
  m_plot->setMouseTracking(true);
  m_plot->installEventFilter(this);
  m_plot->setNoAntialiasingOnDrag(true);
  m_plot->xAxis->setTicker(QSharedPointer<QCPAxisTicker>(new WholeTicker));
  m_canvas->onPaint = [this](QPainter& painter) { paintOver(painter); };
  connect(m_plot, &QCustomPlot::afterReplot, this, [this] { m_canvas->update(); });
  connect(&Theme::instance(), &Theme::changed, this, [this] {
    restyle(Theme::instance().name());
    updateLegend();
    queueReplot();
  });
  restyle(Theme::instance().name());
}

CurvePlot::~CurvePlot() { qDeleteAll(m_series); }

int CurvePlot::addSeries(const QString& name, int runIndex, bool dashed, bool rightAxis) {
  auto* series = new Series;
  series->name = name, series->runIndex = runIndex, series->dashed = dashed, series->right = rightAxis;
  QCPAxis* value = rightAxis ? m_plot->yAxis2 : m_plot->yAxis;
  series->raw = m_plot->addGraph(m_plot->xAxis, value);
  series->smoothed = m_plot->addGraph(m_plot->xAxis, value);
  m_series.append(series);
  restyle(Theme::instance().name());
  updateLegend();
  queueReplot();
  return int(m_series.size()) - 1;
}

void CurvePlot::setSeriesName(int series, const QString& name) {
  if (series < 0 || series >= m_series.size()) return;
  m_series[series]->name = name;
  updateLegend();
}

void CurvePlot::setSeriesVisible(int series, bool visible) {
  if (series < 0 || series >= m_series.size()) return;
  m_series[series]->raw->setVisible(visible);
  m_series[series]->smoothed->setVisible(visible);
  updateLegend();
  queueReplot();
}

void CurvePlot::setSeriesSmoothed(int series, bool on) {
  if (series < 0 || series >= m_series.size() || m_series[series]->smooths == on) return;
  m_series[series]->smooths = on;
  rebuildSmoothed(*m_series[series]);
  restyle(Theme::instance().name());
  queueReplot();
}

void CurvePlot::appendPoint(int series, double x, double y) {
  if (series < 0 || series >= m_series.size() || !std::isfinite(x) || !std::isfinite(y)) return;
  Series& s = *m_series[series];
  s.x.append(x);
  s.y.append(y);
  s.widen(x, y);
  s.raw->addData(x, y);
  if (m_smoothing > 0 && s.smooths) {
    s.average = m_smoothing * s.average + (1 - m_smoothing) * y;
    s.weight = m_smoothing * s.weight + (1 - m_smoothing);
    s.smoothed->addData(x, s.average / s.weight);
  }
  if (s.x.size() == kMostDots + 1 || s.x.size() == kDensePoints + 1) restyle(Theme::instance().name());
  updateLegend();
  queueReplot();
}

void CurvePlot::setPoints(int series, const QList<double>& x, const QList<double>& y) {
  if (series < 0 || series >= m_series.size()) return;
  Series& s = *m_series[series];
  s.x.clear();
  s.y.clear();
  s.resetBounds();
  for (qsizetype i = 0; i < std::min(x.size(), y.size()); ++i) {
    if (!std::isfinite(x[i]) || !std::isfinite(y[i])) continue;
    s.x.append(x[i]);
    s.y.append(y[i]);
    s.widen(x[i], y[i]);
  }
  s.raw->setData(s.x, s.y);
  if (s.bandLow) setBand(series, {}, {});
  rebuildSmoothed(s);
  restyle(Theme::instance().name());
  updateLegend();
  queueReplot();
}

void CurvePlot::rebuildSmoothed(Series& s) {
  s.average = s.weight = 0;
  QList<double> smooth;
  const bool isOn = m_smoothing > 0 && s.smooths;
  if (isOn) {
    smooth.reserve(s.y.size());
    for (const double y : std::as_const(s.y)) {
      // Divided by the sum of weights, so that the first points are not pulled towards zero.
      s.average = m_smoothing * s.average + (1 - m_smoothing) * y;
      s.weight = m_smoothing * s.weight + (1 - m_smoothing);
      smooth.append(s.average / s.weight);
    }
  }
  s.smoothed->setData(isOn ? s.x : QList<double>(), smooth);
}

void CurvePlot::clearPoints() {
  for (int i = 0; i < m_series.size(); ++i) setPoints(i, {}, {});
}

void CurvePlot::removeAllSeries() {
  for (Series* s : std::as_const(m_series)) {
    if (s->bandHigh) m_plot->removeGraph(s->bandHigh);
    if (s->bandLow) m_plot->removeGraph(s->bandLow);
    m_plot->removeGraph(s->smoothed);
    m_plot->removeGraph(s->raw);
  }
  qDeleteAll(m_series);
  m_series.clear();
  updateLegend();
  queueReplot();
}

int CurvePlot::pointCount(int series) const { return series >= 0 && series < m_series.size() ? int(m_series[series]->x.size()) : 0; }

QPair<double, double> CurvePlot::lastPoint(int series) const {
  if (pointCount(series) == 0) return {kNone, kNone};
  return {m_series[series]->x.last(), m_series[series]->y.last()};
}

void CurvePlot::setSmoothing(double weight) {
  m_smoothing = std::clamp(weight, 0.0, 0.99);
  for (Series* s : std::as_const(m_series)) rebuildSmoothed(*s);
  restyle(Theme::instance().name());
  updateLegend();
  queueReplot();
}

void CurvePlot::setLogY(bool on) {
  m_logY = on;
  m_plot->yAxis->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  m_plot->yAxis->setTicker(on ? QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog) : QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
  restyle(Theme::instance().name());
  queueReplot();
}

void CurvePlot::setXLabel(const QString& text) {
  m_xLabel = text;
  m_plot->xAxis->setLabel(text);
  queueReplot();
}

void CurvePlot::setYLabel(const QString& text) {
  m_yLabel = text;
  m_plot->yAxis->setLabel(text);
  queueReplot();
}

void CurvePlot::setRightLabel(const QString& text) {
  m_rightLabel = text;
  m_plot->yAxis2->setLabel(text);
  queueReplot();
}

void CurvePlot::setXRange(double low, double high) { m_xLow = low, m_xHigh = high, queueReplot(); }
void CurvePlot::setYRange(double low, double high) { m_yLow = low, m_yHigh = high, queueReplot(); }
void CurvePlot::setRightRange(double low, double high) { m_rightLow = low, m_rightHigh = high, queueReplot(); }

void CurvePlot::setMarker(double x, const QString& text) {
  m_markerX = x;
  m_markerText = text;
  placeMarker(Theme::instance().name());
  queueReplot();
}

void CurvePlot::setPlaceholder(const QString& text) {
  m_placeholder = text;
  m_canvas->update();
}

void CurvePlot::queueReplot() {
  rescale();
  m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void CurvePlot::rescale() {
  double xLow = kNone, xHigh = kNone;
  double low[2] = {kNone, kNone}, high[2] = {kNone, kNone};
  for (const Series* s : std::as_const(m_series)) {
    if (!s->raw->visible() || s->x.isEmpty()) continue;
    xLow = std::fmin(xLow, s->xLow);
    xHigh = std::fmax(xHigh, s->xHigh);
    const int side = s->right ? 1 : 0;
    if (side == 0 && m_logY && std::isnan(s->yLowPositive)) continue;
    low[side] = std::fmin(low[side], side == 0 && m_logY ? s->yLowPositive : s->yLow);
    high[side] = std::fmax(high[side], s->yHigh);
  }
  if (m_xLow < m_xHigh) xLow = m_xLow, xHigh = m_xHigh;
  if (std::isnan(xLow)) xLow = 0, xHigh = 1;
  const double pad = xHigh > xLow ? (xHigh - xLow) * 0.01 : 0.5;
  m_plot->xAxis->setRange(xLow - pad, xHigh + pad);
  const auto set = [](QCPAxis* axis, double from, double to, bool log) {
    if (std::isnan(from)) from = log ? 0.1 : 0, to = 1;
    if (log) {
      const double air = to > from ? std::pow(to / from, 0.06) : 2;
      axis->setRange(from / air, to * air);
    } else {
      const double air = to > from ? (to - from) * 0.06 : std::max(0.5, std::abs(to) * 0.1);
      axis->setRange(from - air, to + air);
    }
  };
  if (m_yLow < m_yHigh)
    m_plot->yAxis->setRange(m_yLow, m_yHigh);
  else
    set(m_plot->yAxis, low[0], high[0], m_logY);
  if (m_rightLow < m_rightHigh)
    m_plot->yAxis2->setRange(m_rightLow, m_rightHigh);
  else
    set(m_plot->yAxis2, low[1], high[1], false);
}

void CurvePlot::updateLegend() {
  QList<LegendEntry> entries;
  for (const Series* s : std::as_const(m_series)) {
    if (!s->raw->visible()) continue;
    entries.append({s->name, s->y.isEmpty() ? QString() : significant(s->y.last(), 3), Theme::instance().runColor(s->runIndex), s->dashed});
  }
  m_legend->setEntries(entries, m_smoothing > 0 ? tr("smoothed, weight %1; raw values faint").arg(significant(m_smoothing, 2)) : QString());
}

double CurvePlot::nearestX(double x) const {
  double best = kNone;
  for (const Series* s : m_series) {
    if (s->x.isEmpty() || !s->raw->visible()) continue;
    const auto it = std::lower_bound(s->x.begin(), s->x.end(), x);
    for (const auto at : {it, it == s->x.begin() ? it : it - 1})
      if (at != s->x.end() && (std::isnan(best) || std::abs(*at - x) < std::abs(best - x))) best = *at;
  }
  return best;
}

QStringList CurvePlot::valuesAt(double x) const {
  const double at = nearestX(x);
  if (std::isnan(at)) return {};
  QStringList lines{(m_xLabel.isEmpty() ? u"x"_s : m_xLabel) % u'\t' %
                    significant(at, at == std::floor(at) && std::abs(at) < 1e7 && at != 0
                                        ? std::max(1, int(std::floor(std::log10(std::abs(at)))) + 1)
                                        : 4)};
  for (const Series* s : m_series) {
    if (s->x.isEmpty() || !s->raw->visible()) continue;
    const auto it = std::lower_bound(s->x.begin(), s->x.end(), at);
    if (it == s->x.end() && at > s->x.last()) continue;
    const qsizetype i = std::min<qsizetype>(it - s->x.begin(), s->x.size() - 1);
    // A series without a point here is left out rather than guessed.
    if (s->x[i] != at) continue;
    lines << s->name % u'\t' % significant(s->y[i], 4);
  }
  return lines;
}

void CurvePlot::hoverAt(double x, bool on) {
  const double next = on ? nearestX(x) : kNone;
  if (next == m_hoverX || (std::isnan(next) && std::isnan(m_hoverX))) return;
  m_hoverX = next;
  m_canvas->update();
  setAccessibleDescription(on ? valuesAt(next).join(u'\n') : QString());
  Q_EMIT xHovered(next);
}

bool CurvePlot::eventFilter(QObject* watched, QEvent* event) {
  if (watched != m_plot) return QWidget::eventFilter(watched, event);
  switch (event->type()) {
    case QEvent::Resize:
      m_canvas->setGeometry(m_plot->rect());
      break;
    case QEvent::MouseMove:
      hoverAt(m_plot->xAxis->pixelToCoord(static_cast<QMouseEvent*>(event)->position().x()), true);
      break;
    case QEvent::Leave:
      hoverAt(0, false);
      break;
    case QEvent::MouseButtonPress:
      if (static_cast<QMouseEvent*>(event)->button() == Qt::LeftButton && !std::isnan(m_hoverX)) Q_EMIT xActivated(m_hoverX);
      break;
    case QEvent::Wheel:
      event->ignore();
      return true;  // the page scrolls
    default:
      break;
  }
  return QWidget::eventFilter(watched, event);
}

void CurvePlot::keyPressEvent(QKeyEvent* event) {
  const int by = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
  if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && !std::isnan(m_hoverX)) return Q_EMIT xActivated(m_hoverX);
  if (by == 0) return QWidget::keyPressEvent(event);
  // The next x any series has a point at.
  double next = kNone;
  for (const Series* s : std::as_const(m_series))
    for (const double x : s->x) {
      if (std::isnan(m_hoverX))
        next = by > 0 ? std::fmin(next, x) : std::fmax(next, x);
      else if (by > 0 && x > m_hoverX)
        next = std::fmin(next, x);
      else if (by < 0 && x < m_hoverX)
        next = std::fmax(next, x);
    }
  if (!std::isnan(next)) hoverAt(next, true);
}

void CurvePlot::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) updateLegend();
  QWidget::changeEvent(event);
}

QSize CurvePlot::sizeHint() const { return {Theme::instance().px(50), Theme::instance().px(30)}; }
QSize CurvePlot::minimumSizeHint() const { return {Theme::instance().px(28), Theme::instance().px(20)}; }

}  // namespace gps::ui
