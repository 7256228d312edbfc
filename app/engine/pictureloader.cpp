#include "app/engine/pictureloader.h"

#include <QThread>
#include <atomic>
#include <cstring>
#include <exception>

#include "core/data/dataset.h"
#include "core/io/thumbnails.h"

namespace gps::app {

namespace {

constexpr int kCaseCacheKiB = 320 * 1024;
constexpr int kCasePriority = 1 << 30, kPrefetchPriority = kCasePriority - 1;  // thumbnails stand far below

// Source, copies and halved copies.
int costOf(const LoadedCase& loaded) {
  const auto pixels = loaded.image ? qint64(loaded.image->width) * loaded.image->height : 0;
  return int(pixels * (3 + 4 + 2 + (loaded.truth ? 2 : 0)) / 1024 + 1);
}

}  // namespace

QImage toQImage(const RgbImage& image) {
  if (image.empty()) return {};
  QImage copy(image.width, image.height, QImage::Format_RGB888);
  const std::size_t row = std::size_t(image.width) * 3;
  for (int y = 0; y < image.height; ++y) std::memcpy(copy.scanLine(y), image.pixels.data() + std::size_t(y) * row, row);
  return copy;
}

PictureLoader::PictureLoader(QObject* parent) : QObject(parent), m_cases(kCaseCacheKiB) {
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
    m_cases.clear();
    m_prefetching.clear();
  }
  m_summary = std::move(summary);
  m_images = std::move(images);
  m_items.clear();
  if (!m_summary) return;
  for (const DataItem& item : m_summary->items) m_items.insert(QString::fromStdString(item.id), item);
}

void PictureLoader::requestThumbnails(const QStringList& ids, int pixelEdge) {
  // What was scrolled to last is in sight; what was scrolled past can wait.
  const int priority = ++m_thumbnailBatch;
  for (const QString& id : ids) {
    const auto it = m_items.constFind(id);
    if (it == m_items.cend()) continue;
    const bool isFile = hasPictureFiles(*m_summary);
    m_pool.start(
        [this, id, item = *it, images = m_images, pixelEdge, isFile, generation = m_generation, mine = m_generation->load()] {
          if (generation->load() != mine) return;
          QImage picture;
          try {
            picture =
                toQImage(isFile ? loadThumbnail(item.imagePath, pixelEdge) : makeThumbnail(images->loadImage(item.imagePath), pixelEdge));
          } catch (const std::exception&) {
            picture = {};
          }
          QMetaObject::invokeMethod(
              this,
              [this, id, picture, pixelEdge, generation, mine] {
                if (generation->load() == mine) Q_EMIT thumbnailReady(id, picture, pixelEdge);
              },
              Qt::QueuedConnection);
        },
        priority);
  }
}

void PictureLoader::requestCase(const QString& id) {
  ++*m_wanted;
  if (const LoadedCase* known = m_cases.object(id)) {
    const LoadedCase copy = *known;
    return Q_EMIT caseReady(copy);
  }
  readCase(id, true);
}

void PictureLoader::prefetchCase(const QString& id) {
  if (m_cases.contains(id) || m_prefetching.contains(id)) return;
  m_prefetching.insert(id);
  readCase(id, false);
}

void PictureLoader::readCase(const QString& id, bool isWanted) {
  const auto it = m_items.constFind(id);
  if (it == m_items.cend()) return;
  m_pool.start(
      [this, id, isWanted, item = *it, images = m_images, generation = m_generation, mine = m_generation->load(), wanted = m_wanted,
       number = m_wanted->load()] {
        const bool isOvertaken = isWanted && wanted->load() != number;
        if (generation->load() != mine) return;
        LoadedCase loaded{id, nullptr, nullptr, nullptr, nullptr};
        try {
          if (!isOvertaken) loaded.image = std::make_shared<const RgbImage>(images->loadImage(item.imagePath));
          if (!isOvertaken && !item.maskPath.empty()) loaded.truth = std::make_shared<const MaskImage>(images->loadMask(item.maskPath));
          loaded.picture = ui::PicturePyramid::of(loaded.image);
          loaded.mask = ui::MaskPyramid::of(loaded.truth);
        } catch (const std::exception&) {
          loaded.truth.reset();
        }
        QMetaObject::invokeMethod(
            this,
            [this, loaded, isWanted, isOvertaken, generation, mine] {
              if (generation->load() != mine) return;
              m_prefetching.remove(loaded.id);
              if (isOvertaken) return;
              if (loaded.image) m_cases.insert(loaded.id, new LoadedCase(loaded), costOf(loaded));
              if (isWanted) Q_EMIT caseReady(loaded);
            },
            Qt::QueuedConnection);
      },
      isWanted ? kCasePriority : kPrefetchPriority);
}

}  // namespace gps::app
