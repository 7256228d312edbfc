#pragma once
// What the pages of the gallery share.
#include <QImage>
#include <memory>

#include "core/values/image.h"
#include "tests/widgets/gallerypages.h"

namespace gps::test {

struct Words {
  bool chinese;
  QString operator()(const char* english, const char* chineseText) const { return QString::fromUtf8(chinese ? chineseText : english); }
};

// The file of the options, or drawn tissue.
QImage picture(const GalleryOptions& options);
std::shared_ptr<const RgbImage> toRgb(const QImage& from);

}  // namespace gps::test
