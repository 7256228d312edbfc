#include "widgets/imagetiles.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <cstring>

#include "widgets/parallelfor.h"

namespace gps::ui {

namespace {
constexpr int kSide = 256;
constexpr int kMostAtOnce = 800000;    // pixels that a thread composes before a view is shown
constexpr int kMostThreads = 4;        // counted on; there may be more
constexpr int kCoarsePixels = 540000;  // of the view that stands in
constexpr int kRefineTiles = 8;        // a turn of the event loop
}  // namespace

QRect ImageViewer::Tiles::pictureRect() const {
  const auto& image = m_layers.image;
  return image ? QRect(0, 0, std::max(1, qRound(image->width() * m_scale)), std::max(1, qRound(image->height() * m_scale))) : QRect();
}

QRect ImageViewer::Tiles::tileRect(const Key& key) const {
  return QRect(key.first * kSide, key.second * kSide, kSide, kSide).intersected(pictureRect());
}

// A line near the edge of a tile reaches into the next one.
QRect ImageViewer::Tiles::reached(const QRect& rect) const {
  const int reach = int(std::ceil(m_layers.style.haloWidth * m_pen));
  return rect.adjusted(-reach, -reach, reach, reach);
}

template <typename Visit>
void ImageViewer::Tiles::forTiles(const QRect& area, Visit visit) const {
  const QRect inside = area.intersected(pictureRect());
  if (inside.isEmpty()) return;
  for (int y = inside.top() / kSide; y <= inside.bottom() / kSide; ++y)
    for (int x = inside.left() / kSide; x <= inside.right() / kSide; ++x) visit(Key(x, y));
}

void ImageViewer::Tiles::setView(double scale, double pen, const QRect& view) {
  if (scale != m_scale || pen != m_pen) {
    m_scale = scale, m_pen = pen;
    m_tiles.clear();
    m_coarse = {};
    m_isCoarse = false;
  }
  m_view = view;
}

void ImageViewer::Tiles::pictureChanged() {
  m_tiles.clear();
  m_coarse = {};
  m_isCoarse = false;
  overlayChanged();
}

void ImageViewer::Tiles::overlayChanged() { ++m_stamp; }

bool ImageViewer::Tiles::isReady(const Tile& tile, Layers::Side side, const QRect& rect) const {
  if (tile.bare.isNull()) return false;
  if (side == Layers::Bare) return true;
  const Part& part = tile.parts[side];
  if (part.stamp != m_stamp) return false;
  const double now = m_layers.style.threshold;
  if (part.threshold == now || side == Layers::Change) return true;
  const QRect wide = reached(rect);
  const auto former = m_layers.coverOf(side, wide, m_scale, part.threshold);
  return former != Layers::Cover::Mixed && former == m_layers.coverOf(side, wide, m_scale, now);
}

QRegion ImageViewer::Tiles::thresholdChanged(double former, double now, Layers::Side side) {
  QRegion changed;
  forTiles(m_view, [&](const Key& key) {
    const QRect rect = tileRect(key), wide = reached(rect);
    const auto before = m_layers.coverOf(side, wide, m_scale, former), after = m_layers.coverOf(side, wide, m_scale, now);
    if (before != after || before == Layers::Cover::Mixed) changed += rect;
  });
  return changed;
}

// Nothing but lines may lie over the picture here.
bool ImageViewer::Tiles::isClear(Layers::Side side, const QRect& rect) const {
  return side != Layers::Change && m_layers.coverOf(side, rect, m_scale, m_layers.style.threshold) == Layers::Cover::None;
}

QList<ImageViewer::Tiles::Job> ImageViewer::Tiles::unready(Layers::Side side, const QRect& area) {
  forTiles(area, [&](const Key& key) { m_tiles[key]; });  // all of them before one is pointed at
  QList<Job> jobs;
  forTiles(area, [&](const Key& key) {
    Tile& tile = *m_tiles.find(key);
    if (const QRect rect = tileRect(key); !isReady(tile, side, rect)) jobs.append({&tile, rect});
  });
  return jobs;
}

void ImageViewer::Tiles::compose(const QList<Job>& jobs, Layers::Side side) {
  if (jobs.isEmpty()) return;
  m_layers.prepareLines(side, m_scale, m_pen);
  parallelFor(int(jobs.size()), [&](int i) { compose(*jobs[i].tile, side, jobs[i].rect); });
  if (side != Layers::Bare) m_composed += int(jobs.size());
}

void ImageViewer::Tiles::compose(Tile& tile, Layers::Side side, const QRect& rect) const {
  if (tile.bare.isNull()) tile.bare = m_layers.picture(rect, m_scale);
  if (side == Layers::Bare) return;
  Part& part = tile.parts[side];
  if (isClear(side, rect) && !m_layers.hasLines(side, rect, m_scale, m_pen)) {
    part.image = tile.bare;  // the same picture
  } else if (part.image.size() != rect.size() || part.image.cacheKey() == tile.bare.cacheKey()) {
    part.image = tile.bare.copy();
  } else {
    // Into the memory in hand: asking the system for it anew costs more than the copy.
    std::memcpy(part.image.bits(), tile.bare.constBits(), size_t(tile.bare.sizeInBytes()));
  }
  if (part.image.cacheKey() != tile.bare.cacheKey()) m_layers.drawOverlay(part.image, side, rect, m_scale, m_pen);
  part.stamp = m_stamp;
  part.threshold = m_layers.style.threshold;
}

void ImageViewer::Tiles::makeCoarse(Layers::Side side) {
  const QRect area = m_view.intersected(pictureRect());
  if (!m_coarse.isNull() && m_coarseSide == side && m_coarseStamp == m_stamp && m_coarseThreshold == m_layers.style.threshold &&
      m_coarseRect.contains(area))
    return;
  const int factor = std::max(2, int(std::ceil(std::sqrt(double(area.width()) * area.height() / kCoarsePixels))));
  const double scale = m_scale / factor;
  const QRect small(QPoint(area.left() / factor, area.top() / factor), QPoint(area.right() / factor, area.bottom() / factor));
  m_coarse = m_layers.picture(small, scale);
  m_layers.drawOverlay(m_coarse, side, small, scale, m_pen / factor);
  m_coarseRect = QRect(small.topLeft() * factor, small.size() * factor);
  m_coarseFactor = factor;
  m_coarseSide = side, m_coarseStamp = m_stamp, m_coarseThreshold = m_layers.style.threshold;
}

// Every pixel of the coarse view as a square: several times as fast as a painter that scales.
const QImage& ImageViewer::Tiles::standIn(const QRect& rect) {
  if (m_standIn.size() != rect.size()) m_standIn = QImage(rect.size(), QImage::Format_RGB32);
  const QRect& from = m_coarseRect;
  const auto nearest = [factor = m_coarseFactor](int at, int begin, int count) { return std::clamp((at - begin) / factor, 0, count - 1); };
  int last = -1;
  for (int y = 0; y < rect.height(); ++y) {
    auto* to = reinterpret_cast<QRgb*>(m_standIn.scanLine(y));
    const int row = nearest(rect.top() + y, from.top(), m_coarse.height());
    if (row == last) {
      std::memcpy(to, m_standIn.constScanLine(y - 1), size_t(rect.width()) * sizeof(QRgb));
      continue;
    }
    last = row;
    const auto* line = reinterpret_cast<const QRgb*>(m_coarse.constScanLine(row));
    int column = nearest(rect.left(), from.left(), m_coarse.width());
    int end = from.left() + (column + 1) * m_coarseFactor - rect.left();
    for (int x = 0; x < rect.width(); end += m_coarseFactor) {
      const QRgb colour = line[column];
      for (const int stop = std::min(end, rect.width()); x < stop; ++x) to[x] = colour;
      column = std::min(column + 1, m_coarse.width() - 1);
    }
  }
  return m_standIn;
}

// What has to be composed before the view can be shown as it is, in pixels; half of one where only the overlay is made anew, and
// nothing where there is none.
qint64 ImageViewer::Tiles::missing(Layers::Side side) const {
  qint64 pixels = 0;
  forTiles(m_view, [&](const Key& key) {
    const QRect rect = tileRect(key);
    const auto it = m_tiles.constFind(key);
    if (it != m_tiles.cend() && isReady(*it, side, rect)) return;
    const bool hasBare = it != m_tiles.cend() && !it->bare.isNull();
    if (hasBare && isClear(side, rect)) return;
    const QRect inSight = rect.intersected(m_view);
    pixels += qint64(inSight.width()) * inSight.height() / (hasBare ? 2 : 1);
  });
  return pixels;
}

void ImageViewer::Tiles::trim() {
  // A few screens of tiles around the view are kept.
  const QRect near = m_view.adjusted(-m_view.width() / 2, -m_view.height() / 2, m_view.width() / 2, m_view.height() / 2);
  const qsizetype most = 2 * (qsizetype(m_view.width() / kSide) + 2) * (m_view.height() / kSide + 2);
  if (m_tiles.size() <= most) return;
  for (auto it = m_tiles.begin(); it != m_tiles.end();) it = tileRect(it.key()).intersects(near) ? std::next(it) : m_tiles.erase(it);
}

void ImageViewer::Tiles::draw(QPainter& painter, Layers::Side side, const QRect& area) {
  if (!m_layers.image) return;
  m_lastSide = side;
  m_isCoarse = missing(side) > qint64(kMostAtOnce) * std::min(parallelThreads(), kMostThreads);
  if (m_isCoarse) {
    makeCoarse(side);
  } else {
    compose(unready(side, area), side);
  }
  forTiles(area, [&](const Key& key) {
    const QRect rect = tileRect(key);
    if (m_isCoarse) {
      const auto it = m_tiles.constFind(key);
      if (it == m_tiles.cend() || !isReady(*it, side, rect)) {
        painter.drawImage(rect.topLeft(), standIn(rect));
        return;
      }
    }
    const Tile& tile = *m_tiles.constFind(key);
    painter.drawImage(rect.topLeft(), side == Layers::Bare ? tile.bare : tile.parts[side].image);
  });
  trim();
}

bool ImageViewer::Tiles::refine() {
  if (!m_isCoarse) return false;
  QList<Job> jobs = unready(m_lastSide, m_view);
  const bool isComplete = jobs.size() <= kRefineTiles;
  if (!isComplete) jobs.resize(kRefineTiles);
  compose(jobs, m_lastSide);
  if (isComplete) m_isCoarse = false;
  return !isComplete;
}

}  // namespace gps::ui
