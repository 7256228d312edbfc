#include "widgets/composition.h"

#include <QPainter>

#include "widgets/imagelayers.h"
#include "widgets/overlaycolours.h"
#include "widgets/theme.h"

namespace gps::ui {

namespace {
constexpr int kDividerWidth = 2;  // pixels
}

QImage Composition::composed() const {
  using Layers = ImageViewer::Layers;
  if (!picture) return {};
  Layers layers;
  layers.image = picture;
  layers.maps[Layers::After] = shown;
  layers.maps[Layers::Before] = before;
  layers.truth = truth;
  layers.style = style;
  layers.brightness = brightness;
  layers.contrast = contrast;
  const QRect all(0, 0, picture->width(), picture->height());
  const auto drawn = [&](Layers::Side side) {
    QImage out = layers.picture(all, 1);
    if (side != Layers::Bare) layers.drawOverlay(out, side, all, 1, 1);
    return out;
  };
  switch (what) {
    case What::Bare:
      return drawn(Layers::Bare);
    case What::Before:
      return drawn(Layers::Before);
    case What::Change:
      return drawn(Layers::Change);
    case What::Errors:
      return drawn(Layers::Errors);
    case What::Wipe: {
      QImage out = drawn(Layers::After);
      const int x = qRound(std::clamp(divider, 0.0, 1.0) * all.width());
      QPainter painter(&out);
      painter.drawImage(QPoint(0, 0), drawn(Layers::Before), QRect(0, 0, x, all.height()));
      painter.fillRect(x - kDividerWidth / 2, 0, kDividerWidth, all.height(), Theme::overlayColor(OverlayPart::Truth));
      return out;
    }
    case What::Shown:
      break;
  }
  return drawn(Layers::After);
}

}  // namespace gps::ui
