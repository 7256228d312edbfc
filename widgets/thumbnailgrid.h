#pragma once
// Many pictures, few in memory: asks for the thumbnails that are in sight and keeps the most recent ones.
#include <QHash>
#include <QImage>

#include "widgets/theme.h"
#include "widgets/thumbnailview.h"

namespace gps::ui {

struct ThumbnailItem {
  QString id;       // unique
  QString caption;  // under the picture; lines are separated by \n
  QString note;     // a word on the picture ("no mask"); empty: none
  Tone tone = Tone::Neutral;
  bool operator==(const ThumbnailItem&) const = default;
};

class ThumbnailModel;

class ThumbnailGrid : public ThumbnailView {
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
  void setCurrentId(const QString& id);  // scrolls to it; does not emit
  QString currentId() const;
  QSize minimumSizeHint() const override;  // a whole cell

 Q_SIGNALS:
  void currentIdChanged(const QString& id);  // by the user
  void itemActivated(const QString& id);     // double click or Enter

 protected:
  double cellUnits() const override { return m_edge; }
  int footHeight() const override;
  QStringList claim(int first, int last, int pixelEdge) override;
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

 private:
  ThumbnailModel* m_model;
  double m_edge = 16;
  int m_captionLines = 1;
  bool m_quiet = false;
};

}  // namespace gps::ui
