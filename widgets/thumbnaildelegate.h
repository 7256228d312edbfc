#pragma once
// How a cell of ThumbnailGrid is drawn, and its model. Private to the grid.
#include <QAbstractListModel>
#include <QCache>
#include <QPolygonF>
#include <QSet>
#include <QStyledItemDelegate>

#include "widgets/thumbnailgrid.h"

namespace gps::ui {

class ThumbnailModel : public QAbstractListModel {
  Q_OBJECT
 public:
  enum Role { IdRole = Qt::UserRole + 1, ImageRole, NoteRole, ToneRole, FailedRole };
  explicit ThumbnailModel(QObject* parent);
  void setItems(const QList<ThumbnailItem>& items);
  void setThumbnail(const QString& id, const QImage& image);
  int rowOf(const QString& id) const { return m_index.value(id, -1); }
  QString idAt(int row) const { return row >= 0 && row < m_items.size() ? m_items[row].id : QString(); }
  // True once per picture until it is given; again after it has fallen out of the cache.
  bool claim(int row);
  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

 private:
  QList<ThumbnailItem> m_items;
  QHash<QString, int> m_index;
  mutable QCache<QString, QImage> m_images;  // cost in KiB
  QSet<QString> m_asked, m_failed;
};

class ThumbnailDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

// A picture with round corners that fills the square, cut at its longer side. Shared with the lists of cases. outlines: of a prediction, in
// shares of the picture's sides.
void drawThumbnail(QPainter& painter, const QRectF& square, const QImage& image, bool failed, const QList<QPolygonF>& outlines = {});

}  // namespace gps::ui
