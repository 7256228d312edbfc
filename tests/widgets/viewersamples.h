#pragma once
// A viewer with a grey picture and a ring as its prediction.
#include <QColor>
#include <cstdlib>
#include <memory>

#include "tests/widgets/samples.h"
#include "widgets/imageviewer.h"

namespace gps::test {

constexpr int kViewedWidth = 200, kViewedHeight = 160;

inline std::shared_ptr<const RgbImage> greyPicture(int width = kViewedWidth, int height = kViewedHeight) {
  auto image = std::make_shared<RgbImage>();
  image->width = width, image->height = height;
  image->pixels.assign(size_t(width) * size_t(height) * 3, 100);
  return image;
}

inline void prepare(ui::ImageViewer& viewer) {
  viewer.setImage(greyPicture());
  viewer.setPrediction(ellipse(kViewedWidth, kViewedHeight, 0.5, 0.5, 0.3, 0.3, 0.4), QStringLiteral("after"));
  viewer.resize(400, 320);
  viewer.show();
}

inline bool near(QColor a, QColor b, int tolerance = 6) {
  return std::abs(a.red() - b.red()) <= tolerance && std::abs(a.green() - b.green()) <= tolerance &&
         std::abs(a.blue() - b.blue()) <= tolerance;
}

// 30 % of cyan over grey 100.
inline const QColor kWash(70, 139, 144);

}  // namespace gps::test
