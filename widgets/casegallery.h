#pragma once
// Large thumbnails of the rows of a model (RowRole), each with the prediction's outline, its name and its value. Asks for those in sight.
#include <QSet>

#include "widgets/thumbnailview.h"

namespace gps::ui {

class CaseGallery : public ThumbnailView {
  Q_OBJECT
 public:
  explicit CaseGallery(QWidget* parent = nullptr);

 protected:
  double cellUnits() const override;
  int footHeight() const override;
  QStringList claim(int first, int last, int pixelEdge) override;
  void dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles) override;

 private:
  QSet<QString> m_asked;
};

}  // namespace gps::ui
