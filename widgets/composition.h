#pragma once
// What a viewer shows of a picture, at source resolution and away from any window: the viewer's own composer for files. Overlays are drawn
// by core/drawing, which the command line draws by, too. Values.
#include <QImage>
#include <memory>

#include "core/values/image.h"
#include "core/values/overlaystyle.h"
#include "widgets/pyramids.h"

namespace gps::ui {

struct Composition {
  enum class What { Bare, Shown, Before, Wipe, Change, Errors };
  std::shared_ptr<const PicturePyramid> picture;
  std::shared_ptr<const MapPyramid> shown, before;  // null, or of another size than the picture: not drawn
  std::shared_ptr<const MaskPyramid> truth;
  OverlayStyle style;
  double brightness = 0, contrast = 1;  // as of ImageViewer
  What what = What::Shown;
  double divider = 0.5;  // of the picture's width, 0…1; Wipe: `before` stands left of it

  bool needsBefore() const { return what == What::Before || what == What::Wipe || what == What::Change; }
  // Empty, or null, without a picture. Any thread; 4K takes some tenths of a second.
  RgbImage pixels() const;
  QImage composed() const;  // the same, Format_RGB32
};

RgbImage toRgb(const QImage& image);
QImage toImage(const RgbImage& image);  // Format_RGB32

}  // namespace gps::ui
