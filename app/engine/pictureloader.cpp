#include "app/engine/pictureloader.h"

#include <QThread>
#include <atomic>
#include <cstring>
#include <exception>

#include "core/data/dataset.h"
#include "core/io/thumbnails.h"

namespace gps::app {

QImage toQImage(const RgbImage& image) {
  if (image.empty()) return {};
  QImage copy(image.width, image.height, QImage::Format_RGB888);
  const std::size_t row = std::size_t(image.width) * 3;
  for (int y = 0; y < image.height; ++y) std::memcpy(copy.scanLine(y), image.pixels.data() + std::size_t(y) * row, row);
  return copy;
}

PictureLoader::PictureLoader(QObject* parent) : QObject(parent) {
  m_pool.setMaxThreadCount(1);
  m_pool.setThreadPriority(QThread::LowPriority);
}

PictureLoader::~PictureLoader() {
  ++*m_generation;
  m_pool.clear();
  m_pool.waitForDone();
}

void PictureLoader::setData(std::shared_ptr<const DataSummary> summary, std::shared_ptr<const ImageSource> images) {
  const bool isSame = m_summary && summary && m_summary->folder == summary->folder;
  if (!isSame) {
    ++*m_generation;
    m_pool.clear();
  }
  m_summary = std::move(summary);
  m_images = std::move(images);
  m_items.clear();
  if (!m_summary) return;
  for (const DataItem& item : m_summary->items) m_items.insert(QString::fromStdString(item.id), item);
}

void PictureLoader::requestThumbnails(const QStringList& ids, int pixelEdge) {
  for (const QString& id : ids) {
    const auto it = m_items.constFind(id);
    if (it == m_items.cend()) continue;
    const bool isFile = hasPictureFiles(*m_summary);
    m_pool.start([this, id, item = *it, images = m_images, pixelEdge, isFile, generation = m_generation, mine = m_generation->load()] {
      if (generation->load() != mine) return;
      QImage picture;
      try {
        picture = toQImage(isFile ? loadThumbnail(item.imagePath, pixelEdge) : makeThumbnail(images->loadImage(item.imagePath), pixelEdge));
      } catch (const std::exception&) {
        picture = {};
      }
      QMetaObject::invokeMethod(
          this,
          [this, id, picture, pixelEdge, generation, mine] {
            if (generation->load() == mine) Q_EMIT thumbnailReady(id, picture, pixelEdge);
          },
          Qt::QueuedConnection);
    });
  }
}

void PictureLoader::requestCase(const QString& id) {
  const auto it = m_items.constFind(id);
  if (it == m_items.cend()) return;
  m_pool.start(
      [this, id, item = *it, images = m_images, generation = m_generation, mine = m_generation->load()] {
        if (generation->load() != mine) return;
        LoadedCase loaded{id, nullptr, nullptr};
        try {
          loaded.image = std::make_shared<const RgbImage>(images->loadImage(item.imagePath));
          if (!item.maskPath.empty()) loaded.truth = std::make_shared<const MaskImage>(images->loadMask(item.maskPath));
        } catch (const std::exception&) {
          loaded.truth.reset();
        }
        QMetaObject::invokeMethod(
            this,
            [this, loaded, generation, mine] {
              if (generation->load() == mine) Q_EMIT caseReady(loaded);
            },
            Qt::QueuedConnection);
      },
      1);
}

}  // namespace gps::app
