#include "widgets/thumbnailgrid.h"

#include "widgets/thumbnaildelegate.h"

namespace gps::ui {

ThumbnailGrid::ThumbnailGrid(QWidget* parent) : ThumbnailView(parent), m_model(new ThumbnailModel(this)) {
  setModel(m_model);
  setItemDelegate(new ThumbnailDelegate(this));
  connect(this, &QListView::activated, this, [this](const QModelIndex& index) { Q_EMIT itemActivated(m_model->idAt(index.row())); });
}

void ThumbnailGrid::setItems(const QList<ThumbnailItem>& items) {
  const QString current = currentId();
  m_quiet = true;
  m_model->setItems(items);
  if (const int row = m_model->rowOf(current); row >= 0) setCurrentIndex(m_model->index(row));
  m_quiet = false;
  layoutCells();
  requestSoon();
}

int ThumbnailGrid::itemCount() const { return m_model->rowCount(); }

void ThumbnailGrid::setThumbnail(const QString& id, const QImage& image) { m_model->setThumbnail(id, image); }

void ThumbnailGrid::setEdge(double units) {
  m_edge = std::max(6.0, units);
  layoutCells();
  updateGeometry();
}

void ThumbnailGrid::setCaptionLines(int lines) {
  m_captionLines = std::max(1, lines);
  layoutCells();
  updateGeometry();
}

void ThumbnailGrid::setCurrentId(const QString& id) {
  const int row = m_model->rowOf(id);
  if (row < 0 || id == currentId()) return;
  m_quiet = true;
  setCurrentIndex(m_model->index(row));
  scrollTo(m_model->index(row));
  m_quiet = false;
}

QString ThumbnailGrid::currentId() const { return m_model->idAt(currentIndex().row()); }

// Cells share the width: three of them or more are a quarter wider than asked at most.
QSize ThumbnailGrid::minimumSizeHint() const {
  const int edge = Theme::instance().px(m_edge);
  return {edge, edge * 5 / 4 + footHeight()};
}

int ThumbnailGrid::footHeight() const {
  const Theme& theme = Theme::instance();
  return int(QFontMetricsF(theme.font(TextRole::Caption)).height() * m_captionLines) + theme.px(0.5);
}

// The model knows what it holds and forgets.
QStringList ThumbnailGrid::claim(int first, int last, int) {
  QStringList ids;
  for (int row = first; row <= last; ++row)
    if (m_model->claim(row)) ids << m_model->idAt(row);
  return ids;
}

void ThumbnailGrid::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  ThumbnailView::currentChanged(current, previous);
  if (!m_quiet && current.isValid()) Q_EMIT currentIdChanged(m_model->idAt(current.row()));
}

}  // namespace gps::ui
