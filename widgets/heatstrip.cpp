#include "widgets/heatstrip.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "widgets/drawnexport.h"
#include "widgets/format.h"
#include "widgets/heatstripframe.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr double kCellPixels = 3;      // of a cell that stands for several connections
constexpr double kClosestPixels = 28;  // of a connection, at the closest
constexpr double kStep = 1.3, kDoubleClick = 4;

bool covers(const LayerTile& tile, double row, double column) {
  const TileWindow& w = tile.window;
  return !tile.score.empty() && row >= double(w.firstRow) && row < double(w.firstRow + w.rows) && column >= double(w.firstColumn) &&
         column < double(w.firstColumn + w.columns);
}

// The cell of an entry counted from the window's first.
int cellOf(std::int64_t entry, std::int64_t entries, int cells) {
  int cell = int(entry * cells / std::max<std::int64_t>(1, entries));
  while (cell > 0 && std::int64_t(cell) * entries / cells > entry) --cell;
  while (cell + 1 < cells && std::int64_t(cell + 1) * entries / cells <= entry) ++cell;
  return cell;
}

QString rangeText(qint64 from, qint64 end) {
  return end - from == 1 ? groupedCount(from) : groupedCount(from) % u'–' % groupedCount(end - 1);
}

}  // namespace

HeatStrip::HeatStrip(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize HeatStrip::sizeHint() const { return {Theme::instance().px(44), Theme::instance().px(28)}; }
QSize HeatStrip::minimumSizeHint() const { return {Theme::instance().px(24), Theme::instance().px(18)}; }

void HeatStrip::setMatrix(const QString& name, qint64 rows, qint64 columns) {
  if (name == m_name && rows == m_rows && columns == m_columns) return;
  m_name = name;
  m_rows = rows;
  m_columns = columns;
  m_overview = m_tile = {};
  m_picks.clear();
  m_mostPicks = 0;
  m_range = {};
  m_at.reset();
  m_isCursor = false;
  m_view = {0, 0, double(rows), double(columns)};
  m_told = {};
  setAccessibleName(name.isEmpty() ? QString() : tr("Scores of %1").arg(name));
  tell();
  update();
}

void HeatStrip::setRange(const ScoreRange& range) {
  m_range = range;
  for (Shown* shown : {&m_overview, &m_tile}) shown->image = imageOf(shown->tile);
  update();
}

void HeatStrip::setScoreName(const QString& name) {
  m_scoreName = name;
  update();
}

void HeatStrip::setOverview(const LayerTile& tile) {
  m_overview = {tile, imageOf(tile)};
  update();
}

void HeatStrip::setTile(const LayerTile& tile) {
  m_tile = {tile, imageOf(tile)};
  update();
}

void HeatStrip::setPicks(const std::vector<std::int64_t>& picks) {
  m_picks = picks;
  m_mostPicks = picks.empty() ? 0 : *std::max_element(picks.begin(), picks.end());
  update();
}

void HeatStrip::setPlaceholder(const QString& text) {
  m_placeholder = text;
  update();
}

QImage HeatStrip::imageOf(const LayerTile& tile) const {
  const TileWindow& w = tile.window;
  if (tile.score.empty() || w.width <= 0 || w.height <= 0) return {};
  QImage image(w.width, w.height, QImage::Format_RGB32);
  const double low = m_range.low > 0 ? m_range.low : m_range.high, span = m_range.high > low ? std::log(m_range.high / low) : 1;
  QRgb colors[256];
  for (int i = 0; i < 256; ++i) colors[i] = Theme::viridis(i / 255.0).rgb();
  for (int y = 0; y < w.height; ++y) {
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
    for (int x = 0; x < w.width; ++x) {
      const double score = tile.score[std::size_t(y) * std::size_t(w.width) + std::size_t(x)];
      const double t = score > low ? std::log(score / low) / span : 0;
      line[x] = colors[std::clamp(int(t * 255 + 0.5), 0, 255)];
    }
  }
  return image;
}

// ---- what is in view

TileWindow HeatStrip::window() const {
  TileWindow w;
  if (m_rows <= 0 || m_columns <= 0) return w;
  const Frame frame = frameFor(size());
  w.firstRow = qint64(std::floor(m_view.row));
  w.firstColumn = qint64(std::floor(m_view.column));
  w.rows = std::min(m_rows, qint64(std::ceil(m_view.row + m_view.rows - 1e-9))) - w.firstRow;
  w.columns = std::min(m_columns, qint64(std::ceil(m_view.column + m_view.columns - 1e-9))) - w.firstColumn;
  const double cell = kCellPixels * Theme::instance().unit() / 8;
  w.height = int(std::min<double>(double(w.rows), std::max(1.0, std::floor(frame.map.height() / cell))));
  w.width = int(std::min<double>(double(w.columns), std::max(1.0, std::floor(frame.map.width() / cell))));
  return w;
}

void HeatStrip::tell() {
  const TileWindow now = window();
  if (now == m_told) return;
  m_told = now;
  if (m_rows > 0) Q_EMIT windowChanged(now);
}

void HeatStrip::moveTo(View view) {
  const Frame frame = frameFor(size());
  const double closest = kClosestPixels * Theme::instance().unit() / 8;
  const double fewestRows = std::min(double(m_rows), std::max(1.0, frame.map.height() / closest));
  const double fewestColumns = std::min(double(m_columns), std::max(1.0, frame.map.width() / closest));
  view.rows = std::clamp(view.rows, fewestRows, double(m_rows));
  view.columns = std::clamp(view.columns, fewestColumns, double(m_columns));
  view.row = std::clamp(view.row, 0.0, double(m_rows) - view.rows);
  view.column = std::clamp(view.column, 0.0, double(m_columns) - view.columns);
  m_view = view;
  tell();
  update();
}

void HeatStrip::showAll() { moveTo({0, 0, double(m_rows), double(m_columns)}); }

void HeatStrip::zoom(double factor, const QPointF& about) {
  if (m_rows <= 0) return;
  const QRectF map = frameFor(size()).map;
  const double x = std::clamp((about.x() - map.left()) / map.width(), 0.0, 1.0);
  const double y = std::clamp((about.y() - map.top()) / map.height(), 0.0, 1.0);
  View view = m_view;
  // What lies under the pointer stays there.
  const double row = m_view.row + y * m_view.rows, column = m_view.column + x * m_view.columns;
  const double closest = kClosestPixels * Theme::instance().unit() / 8;
  view.rows = std::clamp(m_view.rows / factor, std::min(double(m_rows), map.height() / closest), double(m_rows));
  view.columns = std::clamp(m_view.columns / factor, std::min(double(m_columns), map.width() / closest), double(m_columns));
  view.row = row - y * view.rows;
  view.column = column - x * view.columns;
  moveTo(view);
}

const HeatStrip::Shown* HeatStrip::shownFor(double row, double column) const {
  if (covers(m_tile.tile, row, column)) return &m_tile;
  return covers(m_overview.tile, row, column) ? &m_overview : nullptr;
}

std::optional<HeatStrip::Cell> HeatStrip::cellAt(double row, double column) const {
  const Shown* shown = shownFor(row, column);
  if (!shown) return std::nullopt;
  const LayerTile& tile = shown->tile;
  const TileWindow& w = tile.window;
  const int y = cellOf(qint64(row) - w.firstRow, w.rows, w.height), x = cellOf(qint64(column) - w.firstColumn, w.columns, w.width);
  const auto at = std::size_t(y) * std::size_t(w.width) + std::size_t(x);
  return Cell{w.firstRow + tile.rowEdge(y),           w.firstRow + tile.rowEdge(y + 1), w.firstColumn + tile.columnEdge(x),
              w.firstColumn + tile.columnEdge(x + 1), double(tile.score[at]),           qint64(tile.picks[at])};
}

QStringList HeatStrip::linesOf(const Cell& cell) const {
  const QString score = significant(cell.score, 4);
  if (cell.isOne()) {
    QStringList lines{tr("Neuron %1, input %2").arg(groupedCount(cell.row0), groupedCount(cell.column0)), m_scoreName % u'\t' % score,
                      tr("selected") % u'\t' % (cell.picks > 0 ? tr("yes") : tr("no"))};
    if (const auto column = std::size_t(cell.column0); column < m_picks.size() && m_rows > 0)
      lines << tr("input kept by") % u'\t' % tr("%1 of neurons").arg(sharePercent(double(m_picks[column]) / double(m_rows)));
    return lines;
  }
  const qint64 all = (cell.row1 - cell.row0) * (cell.column1 - cell.column0);
  return {tr("Neurons %1, inputs %2").arg(rangeText(cell.row0, cell.row1), rangeText(cell.column0, cell.column1)),
          tr("largest %1").arg(m_scoreName) % u'\t' % score,
          tr("selected") % u'\t' % tr("%1 of %2").arg(groupedCount(cell.picks), groupedCount(all))};
}

QStringList HeatStrip::linesAt(const QPointF& pos) const {
  const QRectF map = frameFor(size()).map;
  if (m_rows <= 0 || !map.contains(pos)) return {};
  const auto cell = cellAt(m_view.row + (pos.y() - map.top()) / map.height() * m_view.rows,
                           m_view.column + (pos.x() - map.left()) / map.width() * m_view.columns);
  return cell ? linesOf(*cell) : QStringList();
}

QPointF HeatStrip::pointOf(qint64 row, qint64 column) const {
  return rectOf(frameFor(size()), double(row), double(row + 1), double(column), double(column + 1)).center();
}

// ---- hands

void HeatStrip::resizeEvent(QResizeEvent* event) {
  if (m_rows > 0) moveTo(m_view);
  QWidget::resizeEvent(event);
}

void HeatStrip::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || m_rows <= 0) return QWidget::mousePressEvent(event);
  m_grabbed = event->position();
  m_grabbedView = m_view;
}

void HeatStrip::mouseMoveEvent(QMouseEvent* event) {
  const QRectF map = frameFor(size()).map;
  if (m_grabbed && (event->buttons() & Qt::LeftButton)) {
    const QPointF by = event->position() - *m_grabbed;
    View view = m_grabbedView;
    view.row -= by.y() / map.height() * view.rows;
    view.column -= by.x() / map.width() * view.columns;
    setCursor(Qt::ClosedHandCursor);
    moveTo(view);
  }
  m_isCursor = false;
  m_at.reset();
  if (m_rows > 0 && map.contains(event->position()))
    m_at = QPointF(m_view.column + (event->position().x() - map.left()) / map.width() * m_view.columns,
                   m_view.row + (event->position().y() - map.top()) / map.height() * m_view.rows);
  update();
}

void HeatStrip::mouseReleaseEvent(QMouseEvent* event) {
  m_grabbed.reset();
  unsetCursor();
  QWidget::mouseReleaseEvent(event);
}

void HeatStrip::mouseDoubleClickEvent(QMouseEvent* event) { zoom(kDoubleClick, event->position()); }

void HeatStrip::leaveEvent(QEvent*) {
  if (m_isCursor) return;
  m_at.reset();
  update();
}

void HeatStrip::wheelEvent(QWheelEvent* event) {
  if (!hasFocus() || m_rows <= 0) return event->ignore();
  zoom(std::pow(kStep, event->angleDelta().y() / 120.0), event->position());
  event->accept();
}

void HeatStrip::focusOutEvent(QFocusEvent* event) {
  if (m_isCursor) {
    m_isCursor = false;
    m_at.reset();
  }
  update();
  QWidget::focusOutEvent(event);
}

// By cells of the picture as it is, so that the cursor crosses a wide matrix in as many steps as are seen.
void HeatStrip::moveCursor(int rows, int columns) {
  if (m_rows <= 0) return;
  const double row = m_at ? m_at->y() : m_view.row + m_view.rows / 2, column = m_at ? m_at->x() : m_view.column + m_view.columns / 2;
  const auto cell = cellAt(row, column);
  if (!cell) return;
  const auto next = [](qint64 from, qint64 end, int by, qint64 all) {
    const qint64 to = by > 0 ? end : by < 0 ? from - 1 : from;
    return std::clamp<qint64>(to, 0, all - 1);
  };
  const qint64 toRow = m_at ? next(cell->row0, cell->row1, rows, m_rows) : cell->row0;
  const qint64 toColumn = m_at ? next(cell->column0, cell->column1, columns, m_columns) : cell->column0;
  m_at = QPointF(double(toColumn) + 0.5, double(toRow) + 0.5);
  m_isCursor = true;
  View view = m_view;
  view.row = std::clamp(view.row, double(toRow + 1) - view.rows, double(toRow));
  view.column = std::clamp(view.column, double(toColumn + 1) - view.columns, double(toColumn));
  moveTo(view);
  if (const auto now = cellAt(m_at->y(), m_at->x())) setAccessibleDescription(linesOf(*now).join(u'\n'));
}

void HeatStrip::keyPressEvent(QKeyEvent* event) {
  const QRectF map = frameFor(size()).map;
  const QPointF about = m_at && m_rows > 0 ? pointOf(qint64(m_at->y()), qint64(m_at->x())) : map.center();
  const bool pans = event->modifiers() & Qt::ShiftModifier;
  const auto arrow = [&](int rows, int columns) {
    if (!pans) return moveCursor(rows, columns);
    View view = m_view;
    view.row += rows * view.rows / 4;
    view.column += columns * view.columns / 4;
    moveTo(view);
  };
  switch (event->key()) {
    case Qt::Key_Left:
      return arrow(0, -1);
    case Qt::Key_Right:
      return arrow(0, 1);
    case Qt::Key_Up:
      return arrow(-1, 0);
    case Qt::Key_Down:
      return arrow(1, 0);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoom(2, about);
    case Qt::Key_Minus:
      return zoom(0.5, about);
    case Qt::Key_F:
    case Qt::Key_Home:
      return showAll();
    case Qt::Key_Escape:
      if (!m_at) break;
      m_at.reset();
      m_isCursor = false;
      return update();
    default:
      break;
  }
  QWidget::keyPressEvent(event);
}

// The picture, and round it the margin and the line of the title.
static QSizeF exportInner() { return {double(Theme::instance().px(72)), double(Theme::instance().px(48))}; }

QSize HeatStrip::exportSize(const QString&) const {
  const double margin = Theme::instance().unit() * 2, head = Theme::instance().unit() * 3;
  return {int(exportInner().width() + 2 * margin), int(exportInner().height() + head + 2 * margin)};
}

bool HeatStrip::drawExport(QPaintDevice& device, const QString& title) const {
  return drawTitled(device, *this, title.isEmpty() ? m_name : title % u" – "_s % m_name, title,
                    [this](QPainter& painter) { paint(painter, exportInner(), true); });
}

TextTable HeatStrip::exportTable() const {
  const LayerTile& tile = m_tile.tile.score.empty() ? m_overview.tile : m_tile.tile;
  QList<QStringList> rows;
  for (int y = 0; y < tile.window.height; ++y)
    for (int x = 0; x < tile.window.width; ++x) {
      const auto at = std::size_t(y) * std::size_t(tile.window.width) + std::size_t(x);
      const qint64 row = tile.window.firstRow, column = tile.window.firstColumn;
      rows.append({QString::number(row + tile.rowEdge(y)), QString::number(row + tile.rowEdge(y + 1) - 1),
                   QString::number(column + tile.columnEdge(x)), QString::number(column + tile.columnEdge(x + 1) - 1),
                   QString::number(double(tile.score[at]), 'g', 9), QString::number(tile.picks[at])});
    }
  return textTable({u"first_neuron"_s, u"last_neuron"_s, u"first_input"_s, u"last_input"_s, u"largest_score"_s, u"selected"_s}, rows);
}

}  // namespace gps::ui
