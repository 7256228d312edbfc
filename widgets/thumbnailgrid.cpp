#include "widgets/thumbnailgrid.h"

#include <QScrollBar>

#include "widgets/thumbnaildelegate.h"

namespace gps::ui {

namespace {
constexpr int kAskDelayMs = 30;  // scrolling fast past pictures does not ask for them
}  // namespace

ThumbnailGrid::ThumbnailGrid(QWidget* parent) : QListView(parent), m_model(new ThumbnailModel(this)) {
  setModel(m_model);
  setItemDelegate(new ThumbnailDelegate(this));
  setViewMode(IconMode);
  setMovement(Static);
  setResizeMode(Adjust);
  setUniformItemSizes(true);
  setSelectionMode(SingleSelection);
  setVerticalScrollMode(ScrollPerPixel);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  // An always present bar keeps the number of columns from flipping.
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
  setFrameShape(NoFrame);
  setMouseTracking(true);
  viewport()->setAttribute(Qt::WA_Hover);
  setSpacing(0);
  m_timer.setSingleShot(true);
  m_timer.setInterval(kAskDelayMs);
  connect(&m_timer, &QTimer::timeout, this, &ThumbnailGrid::requestVisible);
  connect(this, &QListView::activated, this, [this](const QModelIndex& index) { Q_EMIT itemActivated(m_model->idAt(index.row())); });
  connect(&Theme::instance(), &Theme::changed, this, [this] {
    layoutCells();
    viewport()->update();
  });
}

void ThumbnailGrid::setItems(const QList<ThumbnailItem>& items) {
  const QString current = currentId();
  m_quiet = true;
  m_model->setItems(items);
  if (const int row = m_model->rowOf(current); row >= 0) setCurrentIndex(m_model->index(row));
  m_quiet = false;
  layoutCells();
  m_timer.start();
}

int ThumbnailGrid::itemCount() const { return m_model->rowCount(); }

void ThumbnailGrid::setThumbnail(const QString& id, const QImage& image) { m_model->setThumbnail(id, image); }

void ThumbnailGrid::setEdge(double units) {
  m_edge = std::max(6.0, units);
  layoutCells();
}

void ThumbnailGrid::setCaptionLines(int lines) {
  m_captionLines = std::max(1, lines);
  layoutCells();
}

int ThumbnailGrid::pixelEdge() const { return int(gridSize().width() * devicePixelRatioF()); }

void ThumbnailGrid::setCurrentId(const QString& id) {
  const int row = m_model->rowOf(id);
  if (row < 0 || id == currentId()) return;
  m_quiet = true;
  setCurrentIndex(m_model->index(row));
  scrollTo(m_model->index(row));
  m_quiet = false;
}

QString ThumbnailGrid::currentId() const { return m_model->idAt(currentIndex().row()); }

void ThumbnailGrid::layoutCells() {
  const Theme& theme = Theme::instance();
  const int room = std::max(1, viewport()->width() - 1);
  const int columns = std::max(1, room / theme.px(m_edge));
  const int width = room / columns;
  const int caption = int(QFontMetricsF(theme.font(TextRole::Caption)).height() * m_captionLines) + theme.px(0.5);
  const QSize cell(width, width + caption);
  if (cell != gridSize()) setGridSize(cell);
}

void ThumbnailGrid::resizeEvent(QResizeEvent* event) {
  layoutCells();
  QListView::resizeEvent(event);
  m_timer.start();
}

void ThumbnailGrid::showEvent(QShowEvent* event) {
  QListView::showEvent(event);
  m_timer.start();
}

void ThumbnailGrid::scrollContentsBy(int dx, int dy) {
  QListView::scrollContentsBy(dx, dy);
  m_timer.start();
}

void ThumbnailGrid::requestVisible() {
  if (!isVisible() || m_model->rowCount() == 0 || gridSize().height() <= 0) return;
  const int columns = std::max(1, viewport()->width() / gridSize().width());
  const int top = verticalScrollBar()->value();
  // A row ahead on either side, so that slow scrolling finds its pictures ready.
  const int first = std::max(0, (top / gridSize().height() - 1) * columns);
  const int last = std::min(m_model->rowCount() - 1, ((top + viewport()->height()) / gridSize().height() + 2) * columns - 1);
  QStringList ids;
  for (int row = first; row <= last; ++row)
    if (m_model->claim(row)) ids << m_model->idAt(row);
  if (!ids.isEmpty()) Q_EMIT thumbnailsRequested(ids, pixelEdge());
}

void ThumbnailGrid::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  QListView::currentChanged(current, previous);
  if (!m_quiet && current.isValid()) Q_EMIT currentIdChanged(m_model->idAt(current.row()));
}

}  // namespace gps::ui
