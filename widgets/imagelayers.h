#pragma once
// Private to ImageViewer: picture, maps and truth, composed for a part of a view at its own scale.
// A view has its origin at the picture's upper left corner; `scale` is view pixels per picture pixel, `pen` view pixels per pixel of a
// pen's width.
#include <QImage>
#include <QList>
#include <QPolygonF>
#include <array>
#include <memory>
#include <optional>

#include "core/values/overlaystyle.h"
#include "widgets/imageviewer.h"
#include "widgets/overlaylines.h"
#include "widgets/pyramids.h"

class QPainter;

namespace gps::ui {

struct ImageViewer::Layers {
  enum Side { After, Before, Bare, Errors, Change, SideCount };
  // How much of a part of a view the prediction marks.
  enum class Cover { None, All, Mixed };

  std::shared_ptr<const PicturePyramid> image;
  std::shared_ptr<const MapPyramid> maps[2];  // After, Before
  std::shared_ptr<const MaskPyramid> truth;
  OverlayStyle style;
  double brightness = 0, contrast = 1;  // −1 … 1, 0.25 … 4

  bool fits(Side side) const;
  bool truthFits() const;
  void truthChanged() { m_truth = {}; }
  void mapChanged(Side side) { m_outlines[side] = {}; }

  // Format_RGB32; scale >= kCrispFrom shows pixels as squares.
  QImage picture(const QRect& rect, double scale) const;
  // Lines of a side in a view: made once here, after which parts of that view can be drawn on several threads at a time.
  void prepareLines(Side side, double scale, double pen);
  // Over what picture() gave for the same rect.
  void drawOverlay(QImage& part, Side side, const QRect& rect, double scale, double pen);
  // False with None: drawOverlay leaves the part as it is.
  Cover coverOf(Side side, const QRect& rect, double scale, double threshold) const;
  bool hasLines(Side side, const QRect& rect, double scale, double pen);

 private:
  struct Outline {
    double threshold = -1, scale = 0, dash = 0;
    std::array<std::optional<QList<QPolygonF>>, kMostPyramidLevels> polygons;  // by level, once needed
    OverlayLines lines, dashes;
  };
  Cover truthCover(const QRect& rect, double scale) const;
  bool hasOutline(Side side) const { return style.contour && (side == After || side == Before) && fits(side); }
  bool hasTruthLine(Side side) const { return truthFits() && (side == Errors || (side != Bare && style.truth)); }
  const Outline& outline(Side side, double scale, double pen);
  const Outline& truthOutline(double scale, double pen);
  void fill(QImage& part, Side side, const QRect& rect, double scale) const;
  void fillErrors(QImage& part, const QRect& rect, double scale, double pen);
  void fillChange(QImage& part, const QRect& rect, double scale) const;
  std::array<Outline, 2> m_outlines;
  Outline m_truth;
};

}  // namespace gps::ui
