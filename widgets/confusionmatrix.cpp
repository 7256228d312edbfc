#include "widgets/confusionmatrix.h"

#include <QAccessible>
#include <QFocusEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "widgets/format.h"
#include "widgets/theme.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr double kLargestCellUnits = 14, kZoomedCellUnits = 4.5, kLabelUnits = 15, kZoomStep = 1.25;
constexpr int kPage = 10;

// Names must fit when they are the chosen ones, too.
QFont strongCaption() {
  QFont font = Theme::instance().font(TextRole::Caption);
  font.setWeight(QFont::DemiBold);
  return font;
}

}  // namespace

ConfusionMatrix::ConfusionMatrix(QWidget* parent) : QAbstractScrollArea(parent) {
  setFrameShape(NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  setProperty("gpsOwnFocus", true);
  viewport()->setMouseTracking(true);
  setCornerWidget(new QWidget);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  connect(&Theme::instance(), &Theme::changed, this, [this] {
    m_small = {};
    layoutCells();
  });
  retranslate();
}

void ConfusionMatrix::retranslate() {
  setAccessibleName(tr("Confusion matrix"));
  setAccessibleDescription(m_current.isValid() ? cellText(m_current)
                                               : tr("Rows are true classes, columns predicted ones. Arrows move, Enter chooses a cell."));
}

void ConfusionMatrix::setMatrix(const QStringList& classes, const QList<int>& counts) {
  const bool isSame = classes == m_classes;
  m_classes = classes;
  m_counts = counts;
  m_counts.resize(classes.size() * classes.size());
  m_rowSums = QList<int>(classes.size(), 0);
  m_largest = 0;
  for (qsizetype i = 0; i < m_counts.size(); ++i) {
    m_rowSums[i / classes.size()] += m_counts[i];
    m_largest = std::max(m_largest, m_counts[i]);
  }
  m_small = {};
  m_hovered = {};
  if (!isSame) {
    m_current = classes.isEmpty() ? ConfusionCell{} : ConfusionCell{0, 0};
    m_selected = {};
    m_zoom = 1;
    Q_EMIT zoomChanged(m_zoom);
  }
  layoutCells();
  retranslate();
}

int ConfusionMatrix::count(ConfusionCell cell) const {
  return cell.isValid() && cell.truth < classCount() && cell.predicted < classCount()
             ? m_counts[qsizetype(cell.truth) * m_classes.size() + cell.predicted]
             : 0;
}

double ConfusionMatrix::share(ConfusionCell cell) const {
  const int all = m_rowSums.value(cell.truth);
  return all > 0 ? double(count(cell)) / all : 0;
}

QString ConfusionMatrix::cellText(ConfusionCell cell) const {
  if (!cell.isValid() || cell.truth >= classCount() || cell.predicted >= classCount()) return {};
  const QString names = cell.truth == cell.predicted ? tr("%1, recognised").arg(m_classes[cell.truth])
                                                     : tr("%1 taken for %2").arg(m_classes[cell.truth], m_classes[cell.predicted]);
  if (m_rowSums[cell.truth] == 0) return names % u'\n' % tr("This class has no pictures here.");
  return names % u'\n' %
         tr("%1 of %2 pictures of the class, %3")
             .arg(groupedCount(count(cell)), groupedCount(m_rowSums[cell.truth]), sharePercent(share(cell)));
}

double ConfusionMatrix::cellSize() const { return m_fit * m_zoom; }

double ConfusionMatrix::largestZoom() const { return m_fit > 0 ? std::max(1.0, Theme::instance().unit() * kZoomedCellUnits / m_fit) : 1; }

void ConfusionMatrix::setZoom(double zoom) { zoomAbout(zoom, m_grid.center()); }

// The cell under `pos` stays there.
void ConfusionMatrix::zoomAbout(double zoom, const QPointF& pos) {
  const double next = std::clamp(zoom, 1.0, largestZoom());
  if (next == m_zoom || cellSize() <= 0) return;
  const QPointF scrolled(horizontalScrollBar()->value(), verticalScrollBar()->value());
  const QPointF cells = (pos - m_grid.topLeft() + scrolled) / cellSize();
  m_zoom = next;
  layoutCells();  // bars may come and move the cells
  const QPointF offset = pos - m_grid.topLeft();
  horizontalScrollBar()->setValue(qRound(cells.x() * cellSize() - offset.x()));
  verticalScrollBar()->setValue(qRound(cells.y() * cellSize() - offset.y()));
  Q_EMIT zoomChanged(m_zoom);
}

void ConfusionMatrix::setSelectedCell(ConfusionCell cell) {
  if (cell == m_selected) return;
  m_selected = cell.truth < classCount() && cell.predicted < classCount() ? cell : ConfusionCell{};
  if (m_selected.isValid()) m_current = m_selected;
  viewport()->update();
}

void ConfusionMatrix::choose(ConfusionCell cell) {
  if (!cell.isValid()) return;
  m_selected = cell == m_selected ? ConfusionCell{} : cell;
  viewport()->update();
  Q_EMIT cellActivated(m_selected.truth, m_selected.predicted);
}

void ConfusionMatrix::moveTo(ConfusionCell cell) {
  if (m_classes.isEmpty()) return;
  const int last = classCount() - 1;
  m_current = {std::clamp(cell.truth, 0, last), std::clamp(cell.predicted, 0, last)};
  const QRectF rect = cellRect(m_current);
  const auto reveal = [](QScrollBar* bar, double low, double high, double from, double to) {
    if (low < from) bar->setValue(bar->value() - int(std::ceil(from - low)));
    if (high > to) bar->setValue(bar->value() + int(std::ceil(high - to)));
  };
  reveal(horizontalScrollBar(), rect.left(), rect.right(), m_grid.left(), m_grid.right());
  reveal(verticalScrollBar(), rect.top(), rect.bottom(), m_grid.top(), m_grid.bottom());
  m_showsFocus = true;
  setAccessibleDescription(cellText(m_current));
  QAccessibleEvent event(this, QAccessible::DescriptionChanged);
  QAccessible::updateAccessibility(&event);
  QToolTip::showText(viewport()->mapToGlobal(cellRect(m_current).bottomRight().toPoint()), cellText(m_current), this);
  viewport()->update();
}

QRectF ConfusionMatrix::cellRect(ConfusionCell cell) const {
  const double s = cellSize();
  return {m_grid.left() + cell.predicted * s - horizontalScrollBar()->value(), m_grid.top() + cell.truth * s - verticalScrollBar()->value(),
          s, s};
}

ConfusionCell ConfusionMatrix::cellAt(const QPointF& pos) const {
  const double s = cellSize();
  if (s <= 0 || !m_grid.contains(pos)) return {};
  const ConfusionCell cell{int((pos.y() - m_grid.top() + verticalScrollBar()->value()) / s),
                           int((pos.x() - m_grid.left() + horizontalScrollBar()->value()) / s)};
  return cell.truth < classCount() && cell.predicted < classCount() ? cell : ConfusionCell{};
}

TextTable ConfusionMatrix::table() const {
  return {QStringList{QStringLiteral("true class")} + m_classes, m_classes.size(),
          [classes = m_classes, counts = m_counts](qsizetype row, int column) {
            return column == 0 ? classes[row] : QString::number(counts[row * classes.size() + column - 1]);
          }};
}

QSize ConfusionMatrix::sizeHint() const { return {Theme::instance().px(52), Theme::instance().px(48)}; }
QSize ConfusionMatrix::minimumSizeHint() const { return {Theme::instance().px(30), Theme::instance().px(28)}; }

// Names upright when every one fits over its column, else turned.
bool ConfusionMatrix::areColumnsUpright() const {
  const QFontMetricsF metrics(strongCaption());
  const double room = cellSize() - Theme::instance().unit() * 0.5;
  return std::all_of(m_classes.begin(), m_classes.end(), [&](const QString& name) { return metrics.horizontalAdvance(name) <= room; });
}

void ConfusionMatrix::layoutCells() {
  const Theme& theme = Theme::instance();
  const double u = theme.unit();
  const QFontMetricsF metrics(strongCaption());
  double longest = 0;
  for (const QString& name : std::as_const(m_classes)) longest = std::max(longest, metrics.horizontalAdvance(name));
  const double width = viewport()->width(), height = viewport()->height(), line = metrics.height();
  // Title of the axis, names, a gap; under the cells the legend.
  const double names = std::min(longest + 1, std::min(u * kLabelUnits, width * 0.28));
  m_names = names;
  const double left = line + u * 0.5 + names + u * 0.75, foot = line + u * 1.5;
  const auto fitUnder = [&](double top) {
    const double room = std::max(1.0, std::min(width - left - 1, height - top - foot));
    return m_classes.isEmpty() ? 0.0 : std::min(room / double(m_classes.size()), u * kLargestCellUnits);
  };
  double top = line * 2 + u * 1.25;
  m_fit = fitUnder(top);
  if (!areColumnsUpright()) {
    top = line + u * 0.5 + std::min(names, height * 0.25) + u * 0.75;
    m_fit = fitUnder(top);
  }
  m_zoom = std::clamp(m_zoom, 1.0, largestZoom());
  const double full = cellSize() * double(m_classes.size());
  const double shown = std::min(full, width - left - 1), tall = std::min(full, height - top - foot);
  // A small matrix stands in the middle.
  const double indent = std::floor(std::max(0.0, (width - left - shown) / 2));
  m_grid = QRectF(std::floor(left + indent), std::floor(top), std::max(0.0, shown), std::max(0.0, tall));
  horizontalScrollBar()->setRange(0, std::max(0, int(std::ceil(full - shown - 0.5))));
  verticalScrollBar()->setRange(0, std::max(0, int(std::ceil(full - tall - 0.5))));
  horizontalScrollBar()->setPageStep(int(shown));
  verticalScrollBar()->setPageStep(int(tall));
  horizontalScrollBar()->setSingleStep(std::max(1, int(cellSize())));
  verticalScrollBar()->setSingleStep(std::max(1, int(cellSize())));
  viewport()->update();
}

void ConfusionMatrix::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  m_small = {};
  layoutCells();
}

bool ConfusionMatrix::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::ToolTip) return true;  // shown at once while moving
  if (event->type() == QEvent::Leave) {
    m_hovered = {};
    viewport()->update();
  }
  return QAbstractScrollArea::viewportEvent(event);
}

void ConfusionMatrix::mouseMoveEvent(QMouseEvent* event) {
  const ConfusionCell cell = cellAt(event->position());
  if (cell == m_hovered) return;
  m_hovered = cell;
  if (cell.isValid())
    QToolTip::showText(event->globalPosition().toPoint(), cellText(cell), this);
  else
    QToolTip::hideText();
  viewport()->update();
}

void ConfusionMatrix::mousePressEvent(QMouseEvent* event) {
  const ConfusionCell cell = cellAt(event->position());
  if (event->button() != Qt::LeftButton || !cell.isValid()) return QAbstractScrollArea::mousePressEvent(event);
  m_current = cell;
  m_showsFocus = false;
  choose(cell);
}

void ConfusionMatrix::wheelEvent(QWheelEvent* event) {
  if (event->modifiers() & Qt::ControlModifier) {
    zoomAbout(m_zoom * std::pow(kZoomStep, event->angleDelta().y() / 120.0), event->position());
    return event->accept();
  }
  if (m_zoom <= 1) return event->ignore();  // the page scrolls
  QAbstractScrollArea::wheelEvent(event);
}

void ConfusionMatrix::keyPressEvent(QKeyEvent* event) {
  const int last = classCount() - 1;
  const bool far = event->modifiers() & Qt::ControlModifier;
  ConfusionCell to = m_current;
  switch (event->key()) {
    case Qt::Key_Left:
      --to.predicted;
      break;
    case Qt::Key_Right:
      ++to.predicted;
      break;
    case Qt::Key_Up:
      --to.truth;
      break;
    case Qt::Key_Down:
      ++to.truth;
      break;
    case Qt::Key_PageUp:
      to.truth -= kPage;
      break;
    case Qt::Key_PageDown:
      to.truth += kPage;
      break;
    case Qt::Key_Home:
      to = {far ? 0 : to.truth, 0};
      break;
    case Qt::Key_End:
      to = {far ? last : to.truth, last};
      break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
      return choose(m_current);
    case Qt::Key_Escape:
      if (!m_selected.isValid()) return QAbstractScrollArea::keyPressEvent(event);
      return choose(m_selected);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoomAbout(m_zoom * kZoomStep, cellRect(m_current).center());
    case Qt::Key_Minus:
      return zoomAbout(m_zoom / kZoomStep, cellRect(m_current).center());
    case Qt::Key_F:
      return setZoom(1);
    default:
      return QAbstractScrollArea::keyPressEvent(event);
  }
  moveTo(to);
}

void ConfusionMatrix::focusInEvent(QFocusEvent* event) {
  m_showsFocus = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
  QAbstractScrollArea::focusInEvent(event);
  viewport()->update();
}

void ConfusionMatrix::focusOutEvent(QFocusEvent* event) {
  m_showsFocus = false;
  QAbstractScrollArea::focusOutEvent(event);
  viewport()->update();
}

void ConfusionMatrix::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) {
    retranslate();
    viewport()->update();
  }
  QAbstractScrollArea::changeEvent(event);
}

}  // namespace gps::ui
