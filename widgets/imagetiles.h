#pragma once
// Private to ImageViewer: a view cut into squares that are composed once. A pan reuses them, a threshold makes anew only those where the
// prediction changes, and when a zoom voids more of them than a moment allows, a coarse view stands in until they are there.
#include <QHash>
#include <QRegion>

#include "widgets/imagelayers.h"

namespace gps::ui {

class ImageViewer::Tiles {
 public:
  explicit Tiles(Layers& layers) : m_layers(layers) {}
  // Device pixels: scale per picture pixel, pen per pixel of a pen's width; view: what the widget shows, from the picture's corner.
  void setView(double scale, double pen, const QRect& view);
  const QRect& view() const { return m_view; }
  void pictureChanged();                                                   // also its levels
  void overlayChanged();                                                   // maps, truth, or anything of the style but the threshold
  QRegion thresholdChanged(double former, double now, Layers::Side side);  // device pixels of the view that look otherwise now
  // Composes what is missing in `area`, or a coarse view where that is too much; draws with a painter whose units are device pixels and
  // whose origin is the picture's corner.
  void draw(QPainter& painter, Layers::Side side, const QRect& area);
  bool isCoarse() const { return m_isCoarse; }
  // Some more tiles of what was drawn last; false once all are there.
  bool refine();
  int composedTiles() const { return m_composed; }  // since the beginning; for tests

 private:
  struct Part {
    QImage image;
    quint64 stamp = 0;
    double threshold = -1;
  };
  struct Tile {
    QImage bare;
    std::array<Part, Layers::SideCount> parts;
  };
  using Key = std::pair<int, int>;
  QRect tileRect(const Key& key) const;
  QRect pictureRect() const;
  QRect reached(const QRect& rect) const;
  bool isReady(const Tile& tile, Layers::Side side, const QRect& rect) const;
  // A tile to be composed; the tile stays where it is while no other is added.
  struct Job {
    Tile* tile = nullptr;
    QRect rect;
  };
  QList<Job> unready(Layers::Side side, const QRect& area);
  void compose(const QList<Job>& jobs, Layers::Side side);
  void compose(Tile& tile, Layers::Side side, const QRect& rect) const;  // on any thread, once the lines of this side are prepared
  bool isClear(Layers::Side side, const QRect& rect) const;
  qint64 missing(Layers::Side side) const;
  void makeCoarse(Layers::Side side);
  const QImage& standIn(const QRect& rect);  // of the coarse view; until the next call
  void trim();
  template <typename Visit>
  void forTiles(const QRect& area, Visit visit) const;
  Layers& m_layers;
  QHash<Key, Tile> m_tiles;
  QRect m_view;
  QImage m_coarse, m_standIn;
  QRect m_coarseRect;
  int m_coarseFactor = 1;
  Layers::Side m_coarseSide = Layers::After, m_lastSide = Layers::After;
  quint64 m_coarseStamp = 0, m_stamp = 1;
  double m_coarseThreshold = -1;
  double m_scale = 0, m_pen = 1;
  bool m_isCoarse = false;
  int m_composed = 0;
};

}  // namespace gps::ui
