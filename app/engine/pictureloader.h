#pragma once
// Reads pictures, masks and thumbnails on one thread of its own, so that neither the window nor a running job waits for the disk.
// Answers come on the GUI thread; those of an older data set are dropped.
#include <QHash>
#include <QImage>
#include <QObject>
#include <QSet>
#include <QThreadPool>
#include <atomic>
#include <memory>

#include "core/control/imagesource.h"
#include "core/values/dataset.h"
#include "core/values/image.h"

namespace gps::app {

struct LoadedCase {
  QString id;
  std::shared_ptr<const RgbImage> image;  // null: could not be read
  std::shared_ptr<const MaskImage> truth;
};

class PictureLoader : public QObject {
  Q_OBJECT
 public:
  explicit PictureLoader(QObject* parent = nullptr);
  ~PictureLoader() override;
  void setData(std::shared_ptr<const DataSummary> summary, std::shared_ptr<const ImageSource> images);
  void requestThumbnails(const QStringList& ids, int pixelEdge);
  void requestCase(const QString& id);  // ahead of waiting thumbnails

 Q_SIGNALS:
  // A null image: the file could not be read. `id` as in DataItem.
  void thumbnailReady(const QString& id, const QImage& image, int pixelEdge);  // pixelEdge: as asked for
  void caseReady(const gps::app::LoadedCase& loaded);

 private:
  QThreadPool m_pool;
  std::shared_ptr<const DataSummary> m_summary;
  std::shared_ptr<const ImageSource> m_images;
  QHash<QString, DataItem> m_items;
  std::shared_ptr<std::atomic<quint64>> m_generation = std::make_shared<std::atomic<quint64>>(0);
};

QImage toQImage(const RgbImage& image);  // a copy

}  // namespace gps::app
