#include "widgets/curveplot.h"

#include <QEvent>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "widgets/button.h"
#include "widgets/curveplotparts.h"
#include "widgets/format.h"
#include "widgets/legendrow.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
}  // namespace

CurvePlot::CurvePlot(QWidget* parent)
    : QWidget(parent),
      m_plot(new QCustomPlot),
      m_legend(new LegendRow),
      m_canvas(new Canvas(m_plot)),
      m_fit(new IconButton(u"fit"_s, {}, m_plot)),
      m_ticker(new WholeTicker),
      m_markerX(kNone),
      m_cursorX(kNone),
      m_hoverX(kNone),
      m_viewLow(kNone),
      m_viewHigh(kNone),
      m_boxLow(kNone),
      m_boxHigh(kNone) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->setSpacing(Theme::instance().px(0.5));
  layout->addWidget(m_plot, 1);
  layout->addWidget(m_legend);
  setFocusPolicy(Qt::StrongFocus);
  m_plot->setFocusPolicy(Qt::NoFocus);
  m_plot->setMinimumWidth(0);
  m_plot->setMouseTracking(true);
  m_plot->installEventFilter(this);
  m_plot->setNoAntialiasingOnDrag(false);
  // Nothing of ours lies on it, and a buffer of its own is cleared and blended with every picture.
  m_plot->layer(u"overlay"_s)->setMode(QCPLayer::lmLogical);
  m_plot->xAxis->setTicker(m_ticker);
  for (QCPAxis* axis : {m_plot->yAxis, m_plot->yAxis2}) axis->setTicker(QSharedPointer<QCPAxisTicker>(new ValueTicker));
  m_canvas->onPaint = [this](QPainter& painter) { paintOver(painter); };
  m_fit->setFocusPolicy(Qt::NoFocus);  // F does the same
  m_fit->hide();
  connect(m_fit, &IconButton::clicked, this, &CurvePlot::showAll);
  connect(m_plot, &QCustomPlot::beforeReplot, this, [this] { sample(std::max(2, m_plot->axisRect()->width()), Theme::instance().name()); });
  connect(m_plot, &QCustomPlot::afterReplot, this, [this] { m_canvas->update(); });
  connect(&Theme::instance(), &Theme::changed, this, [this] {
    restyle(Theme::instance().name());
    queueReplot();
  });
  restyle(Theme::instance().name());
  updateLegend();
}

CurvePlot::~CurvePlot() { qDeleteAll(m_series); }

int CurvePlot::addSeries(const QString& name, int runIndex, bool dashed, bool rightAxis) {
  auto* series = new Series;
  series->name = name, series->runIndex = runIndex, series->dashed = dashed, series->right = rightAxis;
  QCPAxis* value = rightAxis ? m_plot->yAxis2 : m_plot->yAxis;
  series->raw = m_plot->addGraph(m_plot->xAxis, value);
  series->low = m_plot->addGraph(m_plot->xAxis, value);
  series->smoothed = m_plot->addGraph(m_plot->xAxis, value);
  // The points are thinned out here; the library's own thinning looks at every one of them on each drawing.
  for (QCPGraph* graph : {series->raw, series->low, series->smoothed}) graph->setAdaptiveSampling(false);
  m_series.append(series);
  restyle(Theme::instance().name());
  queueReplot();
  return int(m_series.size()) - 1;
}

void CurvePlot::setSeriesName(int series, const QString& name) {
  if (series < 0 || series >= m_series.size()) return;
  m_series[series]->name = name;
  queueReplot();
}

void CurvePlot::setSeriesVisible(int series, bool visible) {
  if (series < 0 || series >= m_series.size()) return;
  Series& s = *m_series[series];
  if (s.visible == visible) return;
  s.visible = visible;
  if (s.right) restyle(Theme::instance().name());
  for (QCPGraph* graph : {s.raw, s.low, s.smoothed}) graph->setVisible(visible);
  queueReplot();
}

void CurvePlot::setSeriesSmoothed(int series, bool on) {
  if (series < 0 || series >= m_series.size() || m_series[series]->smooths == on) return;
  m_series[series]->smooths = on;
  rebuildSmoothed(*m_series[series]);
  queueReplot();
}

void CurvePlot::appendPoint(int series, double x, double y) {
  if (series < 0 || series >= m_series.size() || !std::isfinite(x)) return;
  Series& s = *m_series[series];
  if (!s.x.isEmpty() && x < s.x.last()) s.isOrdered = false;
  s.x.append(x);
  s.y.append(std::isfinite(y) ? y : kNone);
  s.widen(x, s.y.last());
  s.values.extend(s.y);
  if (m_smoothing > 0 && s.smooths) {
    s.smooth.append(s.smoothNext(s.y.last(), m_smoothing));
    s.smoothValues.extend(s.smooth);
  }
  queueReplot();
}

void CurvePlot::setPoints(int series, const QList<double>& x, const QList<double>& y) {
  if (series < 0 || series >= m_series.size()) return;
  Series& s = *m_series[series];
  s.x.clear();
  s.y.clear();
  s.resetBounds();
  s.isOrdered = true;
  const qsizetype n = std::min(x.size(), y.size());
  s.x.reserve(n);
  s.y.reserve(n);
  for (qsizetype i = 0; i < n; ++i) {
    if (!std::isfinite(x[i])) continue;
    s.isOrdered = s.isOrdered && (s.x.isEmpty() || x[i] >= s.x.last());
    s.x.append(x[i]);
    s.y.append(std::isfinite(y[i]) ? y[i] : kNone);
    s.widen(x[i], s.y.last());
  }
  if (s.bandLow) setBand(series, {}, {});
  s.values.rebuild(s.y);
  rebuildSmoothed(s);
  queueReplot();
}

void CurvePlot::setXValues(int series, const QList<double>& x) {
  if (series < 0 || series >= m_series.size() || x.size() != m_series[series]->x.size()) return;
  setPoints(series, x, QList<double>(m_series[series]->y));
}

// Points that came out of order are sorted once, before somebody looks.
void CurvePlot::settle(Series& s) const {
  if (s.isOrdered) return;
  QList<qsizetype> order(s.x.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&s](qsizetype a, qsizetype b) { return s.x[a] < s.x[b]; });
  QList<double> x, y;
  x.reserve(order.size());
  y.reserve(order.size());
  for (const qsizetype i : std::as_const(order)) {
    x.append(s.x[i]);
    y.append(s.y[i]);
  }
  s.x = x, s.y = y, s.isOrdered = true;
  s.values.rebuild(s.y);
  rebuildSmoothed(s);
}

void CurvePlot::rebuildSmoothed(Series& s) const {
  s.average = s.weight = 0;
  s.smooth.clear();
  if (m_smoothing > 0 && s.smooths) {
    s.smooth.reserve(s.y.size());
    for (const double y : std::as_const(s.y)) s.smooth.append(s.smoothNext(y, m_smoothing));
  }
  s.smoothValues.rebuild(s.smooth);
}

void CurvePlot::clearPoints() {
  for (int i = 0; i < m_series.size(); ++i) setPoints(i, {}, {});
}

void CurvePlot::removeAllSeries() {
  for (Series* s : std::as_const(m_series)) {
    for (QCPGraph* graph : {s->bandHigh, s->bandLow})
      if (graph) m_plot->removeGraph(graph);
    for (QCPGraph* graph : {s->raw, s->smoothed, s->low}) m_plot->removeGraph(graph);
  }
  qDeleteAll(m_series);
  m_series.clear();
  queueReplot();
}

int CurvePlot::pointCount(int series) const { return series >= 0 && series < m_series.size() ? int(m_series[series]->finite) : 0; }

QPair<double, double> CurvePlot::lastPoint(int series) const {
  if (pointCount(series) == 0) return {kNone, kNone};
  Series& s = *m_series[series];
  settle(s);
  qsizetype i = s.y.size() - 1;
  while (std::isnan(s.y[i])) --i;
  return {s.x[i], s.y[i]};
}

void CurvePlot::setSmoothing(double weight) {
  m_smoothing = std::clamp(weight, 0.0, 0.99);
  for (Series* s : std::as_const(m_series)) rebuildSmoothed(*s);
  queueReplot();
}

void CurvePlot::setLogY(bool on) {
  m_logY = on;
  m_boxLow = m_boxHigh = kNone;
  m_plot->yAxis->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  m_plot->yAxis->setTicker(on ? QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog) : QSharedPointer<QCPAxisTicker>(new ValueTicker));
  restyle(Theme::instance().name());
  queueReplot();
}

void CurvePlot::setLogX(bool on) {
  m_logX = on;
  m_viewLow = m_viewHigh = kNone;
  m_plot->xAxis->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  if (on)
    m_plot->xAxis->setTicker(QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog));
  else
    m_plot->xAxis->setTicker(m_ticker);
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

void CurvePlot::setCursor(double x, const QString& text) {
  m_cursorX = x;
  m_cursorText = text;
  m_canvas->update();
}

void CurvePlot::setLabelRoom(const QString& left, const QString& right) {
  m_leftRoom = left;
  m_rightRoom = right;
  restyle(Theme::instance().name());
  queueReplot();
}

QRect CurvePlot::area() const { return m_plot->axisRect()->rect().translated(m_plot->pos()); }

void CurvePlot::setPlaceholder(const QString& text) {
  m_placeholder = text;
  m_canvas->update();
}

// However many points came since, ranges, legend and drawing follow once.
void CurvePlot::queueReplot() {
  if (m_refreshQueued) return;
  m_refreshQueued = true;
  QTimer::singleShot(0, this, [this] {
    m_refreshQueued = false;
    rescale();
    placeMarker(Theme::instance().name());
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
    updateLegend();
  });
}

QPair<double, double> CurvePlot::wholeRange() const {
  double low = kNone, high = kNone;
  for (const Series* s : m_series) {
    if (!s->visible) continue;
    low = std::fmin(low, m_logX ? s->xLowPositive : s->xLow);
    high = std::fmax(high, s->xHigh);
  }
  if (m_xLow < m_xHigh && !(m_logX && m_xLow <= 0)) low = m_xLow, high = m_xHigh;
  if (m_logX) {
    if (std::isnan(low) || !(high > 0)) return {1, 10};
    const double air = high > low ? std::pow(high / low, 0.01) : 2;
    return {low / air, high * air};
  }
  if (std::isnan(low)) low = 0, high = 1;
  const double pad = high > low ? (high - low) * 0.01 : 0.5;
  return {low - pad, high + pad};
}

void CurvePlot::rescale() const {
  for (Series* s : m_series) settle(*s);
  const auto seen = view();
  m_plot->xAxis->setRange(seen.first, seen.second);
  m_ticker->hasFractions = isZoomed();
  rescaleValues(false);
  rescaleValues(true);
}

void CurvePlot::rescaleValues(bool right) const {
  QCPAxis* axis = right ? m_plot->yAxis2 : m_plot->yAxis;
  const double fixedLow = right ? m_rightLow : m_yLow, fixedHigh = right ? m_rightHigh : m_yHigh;
  if (!right && !std::isnan(m_boxLow)) return axis->setRange(m_boxLow, m_boxHigh);
  if (fixedLow < fixedHigh) return axis->setRange(fixedLow, fixedHigh);
  const bool log = m_logY && !right;
  const QCPRange seen = m_plot->xAxis->range();
  double low = kNone, high = kNone;
  for (const Series* s : m_series) {
    if (!s->visible || s->right != right || s->finite == 0) continue;
    double from = s->yLow, to = s->yHigh;
    if (isZoomed()) {
      const auto first = std::lower_bound(s->x.begin(), s->x.end(), seen.lower), last = std::upper_bound(first, s->x.end(), seen.upper);
      // With a neighbour on each side: the line goes there.
      const qsizetype i = std::max<qsizetype>(0, first - s->x.begin() - 1), j = std::min(s->x.size(), last - s->x.begin() + 1);
      const auto inView = s->values.over(s->y, i, j);
      if (std::isnan(inView.low)) continue;
      from = inView.low, to = inView.high;
    }
    if (log && from <= 0) from = s->yLowPositive;
    if (log && !(to > 0)) continue;
    low = std::fmin(low, from);
    high = std::fmax(high, to);
  }
  if (std::isnan(low)) low = log ? 0.1 : 0, high = 1;
  if (log) {
    const double air = high > low ? std::pow(high / low, 0.06) : 2;
    axis->setRange(low / air, high * air);
  } else {
    const double air = high > low ? (high - low) * 0.06 : high != 0 ? std::abs(high) * 0.5 : 0.5;
    axis->setRange(low - air, high + air);
  }
}

void CurvePlot::setLegendValues(bool on) {
  m_hasLegendValues = on;
  updateLegend();
}

void CurvePlot::updateLegend() {
  QList<LegendEntry> entries;
  bool hasSmooth = false, hasBand = false;
  for (int i = 0; i < m_series.size(); ++i) {
    const Series* s = m_series[i];
    if (!s->visible) continue;
    hasSmooth = hasSmooth || (m_smoothing > 0 && s->smooths);
    hasBand = hasBand || s->isBand;
    const double last = lastPoint(i).second;
    entries.append({s->name, !m_hasLegendValues || std::isnan(last) ? QString() : plotNumber(last, 3),
                    Theme::instance().runColor(s->runIndex), s->dashed});
  }
  QStringList notes;
  if (hasSmooth) notes << tr("smoothed, weight %1; raw values faint").arg(significant(m_smoothing, 2));
  if (hasBand) notes << tr("band: lowest to highest per pixel");
  m_legend->setEntries(entries, notes.join(u" · "_s));
  m_fit->setToolTip(tr("Show all. F"));
  m_fit->setAccessibleName(tr("Show all"));
  m_fit->setVisible(isZoomed());
}

double CurvePlot::nearestX(double x) const {
  double best = kNone;
  const auto take = [&](double candidate) {
    if (std::isnan(best) || std::abs(candidate - x) < std::abs(best - x)) best = candidate;
  };
  for (Series* s : m_series) {
    if (s->finite == 0 || !s->visible) continue;
    settle(*s);
    const qsizetype at = std::lower_bound(s->x.begin(), s->x.end(), x) - s->x.begin();
    qsizetype up = at, down = at - 1;
    while (up < s->x.size() && std::isnan(s->y[up])) ++up;
    while (down >= 0 && std::isnan(s->y[down])) --down;
    if (up < s->x.size()) take(s->x[up]);
    if (down >= 0) take(s->x[down]);
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
    if (s->finite == 0 || !s->visible) continue;
    const qsizetype i = std::lower_bound(s->x.begin(), s->x.end(), at) - s->x.begin();
    // A series without a point here is left out rather than guessed.
    if (i >= s->x.size() || s->x[i] != at || std::isnan(s->y[i])) continue;
    lines << s->name % u'\t' % plotNumber(s->y[i], 4);
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

void CurvePlot::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) updateLegend();
  QWidget::changeEvent(event);
}

QSize CurvePlot::sizeHint() const { return {Theme::instance().px(50), Theme::instance().px(30)}; }
QSize CurvePlot::minimumSizeHint() const { return {Theme::instance().px(28), Theme::instance().px(20)}; }

}  // namespace gps::ui
