#pragma once
// Reads pictures, masks and thumbnails on one thread of its own, so that neither the window nor a running job waits for the disk.
// Answers come on the GUI thread; those of an older data set are dropped.
#include <QCache>
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
#include "widgets/pyramids.h"

namespace gps::app {

struct LoadedCase {
  QString id;
  std::shared_ptr<const RgbImage> image;  // null: could not be read
  std::shared_ptr<const MaskImage> truth;
  // The same with halved copies, for the viewer.
  std::shared_ptr<const ui::PicturePyramid> picture;
  std::shared_ptr<const ui::MaskPyramid> mask;
};

class PictureLoader : public QObject {
  Q_OBJECT
 public:
  explicit PictureLoader(QObject* parent = nullptr);
  ~PictureLoader() override;
  void setData(std::shared_ptr<const DataSummary> summary, std::shared_ptr<const ImageSource> images);
  void requestThumbnails(const QStringList& ids, int pixelEdge);
  // Ahead of waiting thumbnails. A newer request takes the place of one that waits; the last ones are kept and answered at once.
  void requestCase(const QString& id);
  void prefetchCase(const QString& id);  // into the memory of the last ones

 Q_SIGNALS:
  // A null image: the file could not be read. `id` as in DataItem.
  void thumbnailReady(const QString& id, const QImage& image, int pixelEdge);  // pixelEdge: as asked for
  void caseReady(const gps::app::LoadedCase& loaded);

 private:
  QThreadPool m_pool;
  std::shared_ptr<const DataSummary> m_summary;
  std::shared_ptr<const ImageSource> m_images;
  QHash<QString, DataItem> m_items;
  void readCase(const QString& id, bool isWanted);
  QCache<QString, LoadedCase> m_cases;  // cost in KiB
  QSet<QString> m_prefetching;
  int m_thumbnailBatch = 0;
  std::shared_ptr<std::atomic<quint64>> m_wanted = std::make_shared<std::atomic<quint64>>(0);  // number of the newest request of a case
  std::shared_ptr<std::atomic<quint64>> m_generation = std::make_shared<std::atomic<quint64>>(0);
};

QImage toQImage(const RgbImage& image);  // a copy

}  // namespace gps::app
