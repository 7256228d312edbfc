#pragma once
// A grid of square pictures, as many in a row as fit, that asks for those in sight a moment after scrolling.
#include <QListView>
#include <QTimer>

namespace gps::ui {

class ThumbnailView : public QListView {
  Q_OBJECT
 public:
  explicit ThumbnailView(QWidget* parent = nullptr);
  int pixelEdge() const;  // device pixels a thumbnail should have along its longer side
  void requestSoon();     // after the rows have changed

 Q_SIGNALS:
  void thumbnailsRequested(const QStringList& ids, int pixelEdge);  // in sight and not yet given in this size; asked once each

 protected:
  virtual double cellUnits() const = 0;  // least width of a cell
  virtual int footHeight() const = 0;    // pixels under the picture
  // Ids of the rows first … last that lack a thumbnail of this size and were not asked for; from now on they were.
  virtual QStringList claim(int first, int last, int pixelEdge) = 0;
  void layoutCells();
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;

 private:
  void requestVisible();
  QTimer m_timer;
};

}  // namespace gps::ui
