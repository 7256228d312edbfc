#include "widgets/thumbnailview.h"

#include <QScrollBar>
#include <algorithm>

#include "widgets/theme.h"

namespace gps::ui {

namespace {
constexpr int kAskDelayMs = 30;  // scrolling fast past pictures does not ask for them
}  // namespace

ThumbnailView::ThumbnailView(QWidget* parent) : QListView(parent) {
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
  m_timer.setSingleShot(true);
  m_timer.setInterval(kAskDelayMs);
  connect(&m_timer, &QTimer::timeout, this, &ThumbnailView::requestVisible);
  connect(&Theme::instance(), &Theme::changed, this, [this] {
    layoutCells();
    viewport()->update();
  });
}

int ThumbnailView::pixelEdge() const { return int(gridSize().width() * devicePixelRatioF()); }

void ThumbnailView::requestSoon() { m_timer.start(); }

void ThumbnailView::layoutCells() {
  const int room = std::max(1, viewport()->width() - 1);
  const int columns = std::max(1, room / Theme::instance().px(cellUnits()));
  const int width = room / columns;
  const QSize cell(width, width + footHeight());
  if (cell != gridSize()) setGridSize(cell);
}

void ThumbnailView::requestVisible() {
  if (!isVisible() || !model() || model()->rowCount() == 0 || gridSize().height() <= 0) return;
  const int columns = std::max(1, viewport()->width() / gridSize().width());
  const int top = verticalScrollBar()->value();
  // A row ahead on either side, so that slow scrolling finds its pictures ready.
  const int first = std::max(0, (top / gridSize().height() - 1) * columns);
  const int last = std::min(model()->rowCount() - 1, ((top + viewport()->height()) / gridSize().height() + 2) * columns - 1);
  const int edge = pixelEdge();
  if (const QStringList ids = claim(first, last, edge); !ids.isEmpty()) Q_EMIT thumbnailsRequested(ids, edge);
}

void ThumbnailView::resizeEvent(QResizeEvent* event) {
  layoutCells();
  QListView::resizeEvent(event);
  requestSoon();
}

void ThumbnailView::showEvent(QShowEvent* event) {
  QListView::showEvent(event);
  requestSoon();
}

void ThumbnailView::scrollContentsBy(int dx, int dy) {
  QListView::scrollContentsBy(dx, dy);
  requestSoon();
}

}  // namespace gps::ui
