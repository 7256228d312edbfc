#pragma once
// Rows of a model with a picture, a name, a small line and a value at the right. Asks for the thumbnails that are in sight; A / D step.
#include <QListView>
#include <QSet>
#include <QTimer>

namespace gps::ui {

// What a model gives for a row, beside Qt's own roles.
struct RowRole {
  enum {
    Id = Qt::UserRole + 101,  // QString, unique
    Thumbnail,                // QImage; invalid: not there yet, null: unreadable
    Small,                    // the line under the name, which is Title
    Title,
    Value,       // text at the right
    ValueColor,  // QColor; invalid: plain
    Icon,        // name of an icon before the value, in the same colour
    Outline      // QList<QPolygonF> of a prediction, in shares of the picture's sides
  };
};

class ThumbnailRows : public QListView {
  Q_OBJECT
 public:
  explicit ThumbnailRows(QWidget* parent = nullptr);
  QString currentId() const;
  int currentPosition() const;  // 1-based; 0: none
  QStringList ids() const;      // in order
  // False: it is not among the rows. Emits nothing but the selection model's own signals.
  bool setCurrentId(const QString& id);
  void step(int by);
  void requestSoon();     // after the rows have changed
  void forgetRequests();  // other pictures under the same names

 Q_SIGNALS:
  void thumbnailsRequested(const QStringList& ids, int pixelEdge);  // in sight and not yet given; asked once each

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;

 private:
  void requestVisible();
  QTimer m_timer;
  QSet<QString> m_asked;
};

}  // namespace gps::ui
