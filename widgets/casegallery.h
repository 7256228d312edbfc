#pragma once
// Large thumbnails of the rows of a model (RowRole), each with the prediction's outline, its name and its value. Asks for those in sight.
#include <QListView>
#include <QSet>
#include <QTimer>

namespace gps::ui {

class CaseGallery : public QListView {
  Q_OBJECT
 public:
  explicit CaseGallery(QWidget* parent = nullptr);
  void requestSoon();  // after the rows have changed

 Q_SIGNALS:
  void thumbnailsRequested(const QStringList& ids, int pixelEdge);  // in sight and not yet given in this size; asked once each

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;
  void dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles) override;

 private:
  void layoutCells();
  void requestVisible();
  QTimer m_timer;
  QSet<QString> m_asked;
};

}  // namespace gps::ui
