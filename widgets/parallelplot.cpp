#include "widgets/parallelplot.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QSet>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "widgets/format.h"
#include "widgets/parallelplotparts.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr int kMostValueTicks = 8;   // that many different values are ticks themselves
constexpr double kMissing = 0.15;    // of the axis, kept at its foot for lines without a value
constexpr double kKeyStep = 0.05;    // of the axis
constexpr double kGrabUnits = 1.75;  // beside an axis that still counts as on it
}  // namespace

ParallelPlot::ParallelPlot(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
  describe();
}

void ParallelPlot::setData(const QList<ParallelAxis>& axes, const QList<ParallelLine>& lines) {
  QList<Axis> next;
  for (qsizetype a = 0; a < axes.size(); ++a) {
    Axis axis;
    axis.given = axes[a];
    QList<double> values;
    for (const ParallelLine& line : lines)
      if (const double v = line.values.value(a, std::nan("")); std::isfinite(v)) values << v;
    std::sort(values.begin(), values.end());
    if (!axis.given.categories.isEmpty()) {
      axis.scale = {-0.5, double(axis.given.categories.size()) - 0.5, false};
      for (qsizetype c = 0; c < axis.given.categories.size(); ++c) axis.ticks << double(c);
    } else {
      axis.scale = PlotScale::over(values, axis.given.isLog);
      axis.hasMissing = values.size() < lines.size();
      if (axis.hasMissing) axis.scale.low = axis.scale.valueAt(-kMissing);
      values.erase(std::unique(values.begin(), values.end()), values.end());
      axis.ticks = values.size() <= kMostValueTicks ? values : axis.scale.ticks(5);
    }
    for (const Axis& before : std::as_const(m_axes))
      if (before.given.title == axis.given.title && before.given.categories.isEmpty() == axis.given.categories.isEmpty())
        axis.brush = before.brush;
    next << axis;
  }
  m_axes = next;
  m_lines = lines;
  m_current = std::clamp(m_current, 0, std::max(0, axisCount() - 1));
  m_hovered = -1;
  describe();
  update();
}

std::optional<ParallelPlot::Range> ParallelPlot::brush(int axis) const {
  return axis >= 0 && axis < axisCount() ? m_axes[axis].brush : std::nullopt;
}

void ParallelPlot::setBrush(int axis, double low, double high) {
  if (axis < 0 || axis >= axisCount()) return;
  m_axes[axis].brush = Range{std::min(low, high), std::max(low, high)};
  describe();
  update();
}

void ParallelPlot::clearBrushes() {
  for (Axis& axis : m_axes) axis.brush.reset();
  describe();
  update();
}

bool ParallelPlot::hasBrush() const {
  return std::any_of(m_axes.begin(), m_axes.end(), [](const Axis& axis) { return axis.brush.has_value(); });
}

bool ParallelPlot::keeps(const ParallelLine& line) const {
  for (qsizetype a = 0; a < m_axes.size(); ++a) {
    if (!m_axes[a].brush) continue;
    const double v = line.values.value(a, std::nan(""));
    if (!(v >= m_axes[a].brush->first && v <= m_axes[a].brush->second)) return false;
  }
  return true;
}

QSet<QString> ParallelPlot::keptIds() const {
  QSet<QString> ids;
  for (const ParallelLine& line : m_lines)
    if (keeps(line)) ids.insert(line.id);
  return ids;
}

QString ParallelPlot::tickText(const Axis& axis, double value) const {
  if (!axis.given.categories.isEmpty()) return axis.given.categories.value(qRound(value));
  if (axis.given.isPercent) return QString::number(100 * value, 'f', 1) + u" %"_s;
  return QString::number(value, 'g', 4);
}

QString ParallelPlot::valueText(const Axis& axis, double value) const {
  if (std::isnan(value)) return u"–"_s;
  return axis.given.categories.isEmpty() && !axis.given.isPercent ? QString::number(value, 'g', 6) : tickText(axis, value);
}

void ParallelPlot::describe() {
  setAccessibleName(tr("Parallel coordinates of the runs"));
  QStringList parts{tr("%1 of %n run(s) kept", nullptr, int(m_lines.size())).arg(keptIds().size())};
  for (int a = 0; a < axisCount(); ++a) {
    const Axis& axis = m_axes[a];
    const QString range =
        axis.brush ? tr("%1 from %2 to %3").arg(axis.given.title, tickText(axis, axis.brush->first), tickText(axis, axis.brush->second))
                   : axis.given.title;
    parts << (a == m_current ? tr("%1, current axis").arg(range) : range);
  }
  setAccessibleDescription(parts.join(u"; "_s));
}

int ParallelPlot::axisAt(const QPointF& at) const {
  const double grab = Theme::instance().unit() * kGrabUnits;
  for (int a = 0; a < axisCount(); ++a)
    if (axisRect(a).adjusted(-grab, -grab / 2, grab, grab / 2).contains(at)) return a;
  return -1;
}

int ParallelPlot::lineAt(const QPointF& at) const {
  const Frame frame = frameOf(rect());
  double nearest = Theme::instance().unit();
  int found = -1;
  for (int l = 0; l < m_lines.size(); ++l) {
    if (!keeps(m_lines[l])) continue;
    for (int a = 0; a + 1 < axisCount(); ++a) {
      const QPointF from = frame.point(*this, m_lines[l], a), to = frame.point(*this, m_lines[l], a + 1);
      if (std::isnan(from.y()) || std::isnan(to.y()) || at.x() < from.x() || at.x() > to.x()) continue;
      const double y = from.y() + (to.y() - from.y()) * (at.x() - from.x()) / (to.x() - from.x());
      if (std::abs(y - at.y()) < nearest) nearest = std::abs(y - at.y()), found = l;
    }
  }
  return found;
}

static double placeOn(const QRectF& axis, double y) { return std::clamp((axis.bottom() - y) / axis.height(), 0.0, 1.0); }

void ParallelPlot::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
  const int a = axisAt(event->position());
  if (a < 0) {
    if (const int line = lineAt(event->position()); line >= 0) Q_EMIT lineActivated(m_lines[line].id);
    return;
  }
  Axis& axis = m_axes[a];
  m_current = m_dragAxis = a;
  m_dragFrom = placeOn(axisRect(a), event->position().y());
  const double value = axis.scale.valueAt(m_dragFrom);
  const bool isInside = axis.brush && value >= axis.brush->first && value <= axis.brush->second;
  m_drag = isInside ? Drag::Move : Drag::Draw;
  if (axis.brush) m_dragBrush = {axis.scale.at(axis.brush->first), axis.scale.at(axis.brush->second)};
  update();
}

// Categories are taken whole.
void ParallelPlot::moveBrush(Axis& axis, double lower, double upper) {
  lower = std::clamp(lower, 0.0, 1.0);
  upper = std::clamp(upper, 0.0, 1.0);
  Range range{axis.scale.valueAt(std::min(lower, upper)), axis.scale.valueAt(std::max(lower, upper))};
  if (!axis.given.categories.isEmpty()) range = {std::floor(range.first + 0.5) - 0.45, std::ceil(range.second - 0.5) + 0.45};
  axis.brush = range;
  describe();
  update();
  Q_EMIT brushChanged();
}

void ParallelPlot::mouseMoveEvent(QMouseEvent* event) {
  if (m_drag == Drag::None) {
    const int line = axisAt(event->position()) < 0 ? lineAt(event->position()) : -1;
    setCursor(axisAt(event->position()) >= 0 ? Qt::SizeVerCursor : line >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (line != m_hovered) m_hovered = line, update();
    return;
  }
  Axis& axis = m_axes[m_dragAxis];
  const double place = placeOn(axisRect(m_dragAxis), event->position().y());
  if (m_drag == Drag::Draw) {
    if (std::abs(place - m_dragFrom) * axisRect(m_dragAxis).height() >= 3) moveBrush(axis, m_dragFrom, place);
    return;
  }
  const double by = std::clamp(place - m_dragFrom, -m_dragBrush.first, 1 - m_dragBrush.second);
  moveBrush(axis, m_dragBrush.first + by, m_dragBrush.second + by);
}

void ParallelPlot::mouseReleaseEvent(QMouseEvent* event) {
  if (m_drag == Drag::None) return;
  const bool isClick = std::abs(placeOn(axisRect(m_dragAxis), event->position().y()) - m_dragFrom) * axisRect(m_dragAxis).height() < 3;
  Axis& axis = m_axes[m_dragAxis];
  if (m_drag == Drag::Draw && isClick && axis.brush) {
    axis.brush.reset();
    describe();
    Q_EMIT brushChanged();
  }
  m_drag = Drag::None;
  update();
}

void ParallelPlot::leaveEvent(QEvent*) {
  if (m_hovered >= 0) m_hovered = -1, update();
}

void ParallelPlot::keyPressEvent(QKeyEvent* event) {
  if (m_axes.isEmpty()) return QWidget::keyPressEvent(event);
  Axis& axis = m_axes[m_current];
  const auto turn = [&](int by) {
    m_current = (m_current + by + axisCount()) % axisCount();
    describe();
    update();
  };
  const auto shift = [&](double by) {
    if (!axis.brush) return moveBrush(axis, by > 0 ? 0.5 : 0, by > 0 ? 1 : 0.5);
    double low = axis.scale.at(axis.brush->first), high = axis.scale.at(axis.brush->second);
    const bool isLow = event->modifiers() & Qt::ControlModifier, isHigh = event->modifiers() & Qt::ShiftModifier;
    if (!isLow && !isHigh) by = std::clamp(by, -low, 1 - high);
    if (!isHigh) low += by;
    if (!isLow) high += by;
    moveBrush(axis, low, std::max(low, high));
  };
  // A category at a time.
  const double step = axis.given.categories.isEmpty() ? kKeyStep : 1.0 / double(axis.given.categories.size());
  switch (event->key()) {
    case Qt::Key_Left:
      return turn(-1);
    case Qt::Key_Right:
      return turn(1);
    case Qt::Key_Up:
      return shift(step);
    case Qt::Key_Down:
      return shift(-step);
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
      axis.brush.reset();
      break;
    case Qt::Key_Escape:
      if (!hasBrush()) return QWidget::keyPressEvent(event);
      for (Axis& each : m_axes) each.brush.reset();
      break;
    default:
      return QWidget::keyPressEvent(event);
  }
  describe();
  update();
  Q_EMIT brushChanged();
}

bool ParallelPlot::event(QEvent* event) {
  if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
  return QWidget::event(event);
}

void ParallelPlot::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) describe();
  QWidget::changeEvent(event);
}

QSize ParallelPlot::sizeHint() const { return {Theme::instance().px(70), Theme::instance().px(30)}; }
QSize ParallelPlot::minimumSizeHint() const { return {Theme::instance().px(36), Theme::instance().px(17)}; }

}  // namespace gps::ui
