#pragma once
// Private to ImageViewer: the layers of a picture, made once and drawn at any zoom. Picture coordinates throughout.
#include <QImage>
#include <QList>
#include <QPixmap>
#include <QPolygonF>
#include <array>
#include <memory>

#include "core/values/image.h"
#include "core/values/overlaystyle.h"
#include "widgets/imageviewer.h"

class QPainter;

namespace gps::ui {

struct ImageViewer::Layers {
  enum Side { After, Before, Bare, Errors, SideCount };

  std::shared_ptr<const RgbImage> image;
  std::shared_ptr<const ProbabilityMap> maps[2];  // After, Before
  std::shared_ptr<const MaskImage> truth;
  OverlayStyle style;
  double brightness = 0, contrast = 1;  // −1…1, 0.25…4

  void pictureChanged() { m_levels.clear(), overlaysChanged(), truthChanged(), viewChanged(); }
  void overlaysChanged();
  void truthChanged();
  void viewChanged();  // zoom, pan, size: the composed pixmaps are void

  // The side as it stands in a widget of the given size, composed once until something changes.
  const QPixmap& composed(Side side, const QSize& widget, double ratio, const QPointF& pan, double zoom, double cornerRadius);
  // Draws picture and overlay; `scale` widget pixels per picture pixel from `pan`.
  void draw(QPainter& painter, Side side, const QPointF& pan, double scale, double deviceScale);
  bool fits(const std::shared_ptr<const ProbabilityMap>& map) const;
  bool truthFits() const;

 private:
  void drawPicture(QPainter& painter, const QPointF& pan, double scale, double deviceScale);
  void drawOverlay(QPainter& painter, Side side, const QPointF& pan, double scale);
  const QImage& level(double deviceScale);
  const QImage& fill(Side side);
  const QList<QPolygonF>& outline(Side side);
  void drawOutline(QPainter& painter, const QList<QPolygonF>& outline, const QPointF& pan, double scale) const;
  void drawTruth(QPainter& painter, const QPointF& pan, double scale);

  QList<QImage> m_levels;  // the picture, then halved again and again
  std::array<QImage, SideCount> m_fills;
  std::array<QList<QPolygonF>, 2> m_outlines;
  std::array<bool, 2> m_outlined{};
  QList<QPolygonF> m_truth;
  bool m_truthTraced = false;
  std::array<QPixmap, SideCount> m_pixmaps;
};

}  // namespace gps::ui
