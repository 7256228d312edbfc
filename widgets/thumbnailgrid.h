#pragma once
// Many pictures, few in memory: asks for the thumbnails that are in sight and keeps the most recent ones.
#include <QHash>
#include <QImage>
#include <QListView>
#include <QTimer>

#include "widgets/theme.h"

namespace gps::ui {

struct ThumbnailItem {
  QString id;       // unique
  QString caption;  // under the picture; lines are separated by \n
  QString note;     // a word on the picture ("no mask"); empty: none
  Tone tone = Tone::Neutral;
  bool operator==(const ThumbnailItem&) const = default;
};

class ThumbnailModel;

class ThumbnailGrid : public QListView {
  Q_OBJECT
 public:
  explicit ThumbnailGrid(QWidget* parent = nullptr);
  void setItems(const QList<ThumbnailItem>& items);
  int itemCount() const;
  // A null image marks the item as unreadable.
  void setThumbnail(const QString& id, const QImage& image);
  void setEdge(double units);       // width of a cell; 16 by default
  void setCaptionLines(int lines);  // 1 by default
  int captionLines() const { return m_captionLines; }
  int pixelEdge() const;                 // device pixels a thumbnail should have along its longer side
  void setCurrentId(const QString& id);  // scrolls to it; does not emit
  QString currentId() const;

 Q_SIGNALS:
  void thumbnailsRequested(const QStringList& ids, int pixelEdge);  // in sight and not yet given; asked once each
  void currentIdChanged(const QString& id);                         // by the user
  void itemActivated(const QString& id);                            // double click or Enter

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

 private:
  void layoutCells();
  void requestVisible();
  ThumbnailModel* m_model;
  QTimer m_timer;
  double m_edge = 16;
  int m_captionLines = 1;
  bool m_quiet = false;
};

}  // namespace gps::ui
