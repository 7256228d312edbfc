#include "widgets/composition.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/drawing/overlay.h"
#include "widgets/imagelayers.h"
#include "widgets/theme.h"

namespace gps::ui {

namespace {
constexpr int kDividerWidth = 2;  // pixels
}

RgbImage toRgb(const QImage& image) {
  const QImage rgb = image.convertToFormat(QImage::Format_RGB888);
  RgbImage out{rgb.width(), rgb.height(), {}};
  const auto width = qsizetype(rgb.width()) * 3;
  out.pixels.resize(size_t(width) * size_t(rgb.height()));
  for (int y = 0; y < rgb.height(); ++y) std::memcpy(out.pixels.data() + size_t(y) * size_t(width), rgb.constScanLine(y), size_t(width));
  return out;
}

QImage toImage(const RgbImage& image) {
  if (image.empty()) return {};
  return QImage(image.pixels.data(), image.width, image.height, qsizetype(image.width) * 3, QImage::Format_RGB888)
      .convertToFormat(QImage::Format_RGB32);
}

RgbImage Composition::pixels() const {
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
  const bool isAsRead = brightness == 0 && contrast == 1;
  const auto bare = [&] { return isAsRead ? *picture->source() : toRgb(layers.picture(all, 1)); };
  const auto over = [&](Layers::Side side) {
    return gps::drawOverlay(bare(), layers.fits(side) ? layers.maps[side]->source().get() : nullptr,
                            layers.truthFits() ? truth->source().get() : nullptr, style);
  };
  // Maps of the window alone.
  const auto mapped = [&](Layers::Side side) {
    QImage out = layers.picture(all, 1);
    layers.drawOverlay(out, side, all, 1, 1);
    return toRgb(out);
  };
  switch (what) {
    case What::Bare:
      return bare();
    case What::Before:
      return over(Layers::Before);
    case What::Change:
      return mapped(Layers::Change);
    case What::Errors:
      return mapped(Layers::Errors);
    case What::Wipe: {
      RgbImage out = over(Layers::After);
      const RgbImage left = over(Layers::Before);
      const int x = int(std::lround(std::clamp(divider, 0.0, 1.0) * all.width()));
      const QRgb line = Theme::overlayColor(OverlayPart::Truth).rgb();
      for (int y = 0; y < out.height; ++y) {
        std::uint8_t* row = out.pixels.data() + size_t(y) * size_t(out.width) * 3;
        std::memcpy(row, left.pixels.data() + size_t(y) * size_t(out.width) * 3, size_t(x) * 3);
        for (int at = std::max(0, x - kDividerWidth / 2); at < std::min(out.width, x + kDividerWidth / 2); ++at)
          row[3 * at] = std::uint8_t(qRed(line)), row[3 * at + 1] = std::uint8_t(qGreen(line)), row[3 * at + 2] = std::uint8_t(qBlue(line));
      }
      return out;
    }
    case What::Shown:
      break;
  }
  return over(Layers::After);
}

QImage Composition::composed() const { return toImage(pixels()); }

}  // namespace gps::ui
